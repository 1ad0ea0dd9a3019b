/** Checks of single values. */
export { checkField, type CheckContext } from './check-field.ts'
export { idCheckCharacter, parseIdNo, upgradeIdNo, type IdentityNumber } from './id-no.ts'
export { maskIdNo, maskName, maskPhone } from './mask.ts'
export { normaliseField, normaliseValue } from './normalise-field.ts'
export { parseDay } from './parse-day.ts'
export { parsePhone } from './phone.ts'
export { plainText } from './text.ts'
export { parseUscc, usccCheckCharacter } from './uscc.ts'
