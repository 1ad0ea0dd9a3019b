export const photos = {
  title: 'Photos',
  add: 'Take or choose photos',
  more: 'Add photos',
  busy: 'Saving photos…',
  one: (n: number) => `Photo ${n}`,
  coming: (n: number) => `Photo ${n}, on its way`,
  away: 'The photo is not on this device; it can be seen with a network',
  remove: (n: number) => `Leave out photo ${n}`,
  tooMany: (most: number) => `At most ${most} at a time; the rest was left out`,
  unreadable: 'A file is no picture and was left out',
  notKept: 'The photos could not be saved on this device; please check its storage',
}
