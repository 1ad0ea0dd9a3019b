/** The taxonomy as the pages group it; knows no pictures. */

export function groupOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf('.')))
}

export function isEmergency(code: string): boolean {
  return groupOf(code) === 'emergency'
}

export const emergencyCodes = ['emergency.fire', 'emergency.person', 'emergency.lift'] as const

/** What a grid reports most, by the sources and a year of a grid's tickets. */
export const commonCodes = [
  'facility.repair',
  'safety.fire',
  'environment.waste',
  'environment.sanitation',
  'dispute.noise',
  'property.parking',
  'service.help',
] as const
