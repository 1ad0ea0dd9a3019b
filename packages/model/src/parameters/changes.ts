/** What a community changed, as short texts for the audit log; no word of a person is among them. */
import type { CommunityParameters } from './parameters.ts'

/** `ticketTimes/safety.fire/respond 30 minutes`, `workdays/2026-12-12 work`; `default` where what was set is gone. Sorted. */
export function parameterChanges(before: CommunityParameters, after: CommunityParameters): readonly string[] {
  const [old, now] = [leaves(before), leaves(after)]
  const paths = [...new Set([...old.keys(), ...now.keys()])].toSorted()
  return paths.flatMap((path) => (old.get(path) === now.get(path) ? [] : [`${path} ${now.get(path) ?? 'default'}`]))
}

function leaves({ ticketTimes = {}, workdays = {}, lists = {} }: CommunityParameters): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(ticketTimes).flatMap(([kind, times]) =>
      Object.entries(times).map(
        ([term, { count, unit }]) => [`ticketTimes/${kind}/${term}`, `${count} ${unit}`] as const,
      ),
    ),
    ...Object.entries(lists).flatMap(([list, codes]) =>
      codes.map(
        ({ code, zh, en, retired }) =>
          [`lists/${list}/${code}`, [zh, en, retired && '(retired)'].filter(Boolean).join(' ')] as const,
      ),
    ),
    ...Object.entries(workdays).map(([day, kind]) => [`workdays/${day}`, kind] as const),
  ])
}
