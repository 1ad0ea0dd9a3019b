/** Words that offices write into a cell, of whatever column, to say that nobody lives at a door. */

const whole =
  /^(空|空置|空置中|长期空置|空房|空房子|空置房|空户|空关|空关房|无人|无人住|无人居住|没人|没人住|闲置|未入住)$/
/** 敲门无人 says that nobody was in, 非空置 the opposite. */
const within = /(?<![非不未无])(空置|空房|空户|空关|闲置|(无人|没人|无人员|没有人)(居住|住|入住))/

export function isVacancy(text: string): boolean {
  return whole.test(text)
}

/** For remarks, which say other things beside it. */
export function tellsVacancy(text: string): boolean {
  return whole.test(text) || within.test(text)
}
