export const grid = {
  title: 'My grid',
  facts: 'The grid',
  levels: { first: 'Level 1 (street)', second: 'Level 2 (community)', third: 'Level 3 (grid)' },
  noLeader: 'No grid leader yet',
  team: 'Team',
  nobody: 'Nobody else yet',
  helpers: 'Building leaders and volunteers',
  from: (role: string, affiliation: string) => `${role} (${affiliation})`,
  people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  absent: 'Nothing is known of this grid yet',
  absentText: 'It comes with the first sync.',
} as const
