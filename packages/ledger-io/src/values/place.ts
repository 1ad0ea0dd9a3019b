/** Names of buildings, entrances and doors: taking addresses apart and telling that 三号楼, 3栋 and 03# are one building. */

export interface Place {
  readonly estate?: string
  readonly building?: string
  readonly entrance?: string
  readonly door?: string
}

const han = '零一二三四五六七八九'
const number = String.raw`(?:[A-Za-z]?\d{1,4}[A-Za-z]?|[一二三四五六七八九十百]{1,4}|[A-Za-z甲乙丙丁])`
const dash = '[-—–－_~]'
const withBuilding = new RegExp(`^(.*?)(${number})\\s*(号楼|栋|幢|座|#楼?|楼)\\s*${dash}?(.*)$`)
const withEntrance = new RegExp(`^(${number}|[东西中南北])\\s*(单元|门洞|门|梯)\\s*${dash}?(.*)$`)
const dashed3 = new RegExp(`^(.*?)(\\d{1,4}[A-Za-z]?)${dash}(\\d{1,2})${dash}(\\d{1,5}[A-Za-z]?)(?:室|房|户|号)?$`)
const dashed2 = new RegExp(`^(\\d{1,2})${dash}(\\d{2,5}[A-Za-z]?)(?:室|房|户|号)?$`)
const doorOnly = /^([A-Za-z]?\d{1,5}[A-Za-z]?(?:-\d{1,2})?)\s*(?:室|房|户|号|号房)?$/
const streetNumber = /^(\D{2,}?)(\d{1,4}(?:[-之]\d{1,3})?)号?(?:院|户)?$/

/** Takes apart `3号楼2单元501`, `幸福里3-2-501`, `3栋501室`, `幸福胡同12号`. Undefined when no door can be told. */
export function parseAddress(text: string): Place | undefined {
  const compact = text.replace(/\s+/g, '').replace(/\d{1,2}(?:层|F)(?=\d)/g, '')
  const dashes = dashed3.exec(compact)
  if (dashes) return place(dashes[1], `${dashes[2]}号楼`, dashes[3], dashes[4])
  const building = withBuilding.exec(compact)
  if (building) {
    const rest = parseDoor(building[4] ?? '')
    return rest && place(building[1], `${building[2]}${building[3]}`, rest.entrance, rest.door)
  }
  const street = streetNumber.exec(compact)
  return street ? place(undefined, street[1], undefined, `${street[2]}号`) : undefined
}

/** What a door column may hold: `501`, `501室`, `2-501`, `2单元501`. */
export function parseDoor(text: string): Place | undefined {
  const compact = text.replace(/\s+/g, '')
  const entrance = withEntrance.exec(compact)
  const rest = entrance ? (entrance[3] ?? '') : compact
  const pair = entrance ? undefined : dashed2.exec(compact)
  if (pair) return place(undefined, undefined, pair[1], pair[2])
  const door = doorOnly.exec(rest.replace(/^\d{1,2}[层楼]/, ''))
  return door ? place(undefined, undefined, entrance?.[1], door[1]) : undefined
}

/** The building named in a sheet's name, a title or a section line, and the entrance beside it; undefined when no building or several are named. */
export function buildingIn(text: string): Place | undefined {
  const found = [...text.replace(/\s+/g, '').matchAll(new RegExp(`(${number})(号楼|栋|幢|座|#楼?)`, 'g'))]
  const only = found.length === 1 ? found[0] : undefined
  if (!only) return undefined
  const compact = text.replace(/\s+/g, '')
  const before = compact.slice(0, only.index)
  const after = compact.slice(only.index + only[0].length).replace(new RegExp(`^${dash}`), '')
  const estate = /([\u4e00-\u9fff]{1,11}(?:小区|花园|家园|新村|公寓|苑|园|里|城|府|庭|院))$/.exec(afterOffice(before))
  return place(estate?.[1], `${only[1]}${only[2]}`, entranceIn(after), undefined)
}

/** The entrance named in a sheet's name or a title; undefined when none or several are (1-3单元). */
export function entranceIn(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '')
  const found = [...compact.matchAll(new RegExp(`(${number}|[东西中南北])(?:单元|门洞)`, 'g'))]
  const only = found.length === 1 ? found[0] : undefined
  if (!only || /[-—–~～－_至到、和及,，/\d]$/.test(compact.slice(0, only.index))) return undefined
  return only[1]
}

/** What a line of its own says of the rows below it: a building, or an entrance of the building named before. */
export function sectionIn(text: string, before: Place | undefined): Place | undefined {
  const building = buildingIn(text)
  if (building) return building
  const line = new RegExp(`^第?(${number}|[东西中南北])(?:单元|门洞|门|梯)[:：]?$`).exec(text.replace(/\s+/g, ''))
  return line ? place(before?.estate, before?.building, line[1], undefined) : undefined
}

/** The estate named in a title, such as 示例小区 in 某社区示例小区人口台账. */
export function estateIn(text: string): string | undefined {
  return /([\u4e00-\u9fff]{1,11}?(?:小区|花园|家园|新村|公寓|佳苑|新苑|新城))/.exec(
    afterOffice(text.replace(/\s+/g, '')),
  )?.[1]
}

function afterOffice(text: string): string {
  return text.replace(/^.*(?:街道|社区|镇|乡)(?=.)/, '')
}

/** Equal for two names of one building: `三号楼`, `3栋`, `03#`. */
export function buildingKey(name: string): string {
  const bare = /^(.*?)(号楼|号院|栋|幢|座|#楼?|楼|号)?$/.exec(name.replace(/\s+/g, ''))?.[1] ?? name
  return plainNumber(bare)
}

/** Equal for two names of one entrance: `2单元`, `二`, `02`. */
export function entranceKey(name: string): string {
  return plainNumber(name.replace(/\s+/g, '').replace(/(单元|门洞|门|梯)$/, ''))
}

/** Equal for two names of one door: `0501`, `501室`. */
export function doorKey(name: string): string {
  return plainNumber(name.replace(/\s+/g, '').replace(/(室|房|户|号|号房)$/, ''))
}

/** A bare `3` becomes `3号楼`; any other name stays as written. */
export function buildingName(text: string): string {
  return /^\d{1,4}[A-Za-z]?$/.test(text) ? `${text.replace(/^0+(?=\d)/, '')}号楼` : text
}

function plainNumber(text: string): string {
  if (/^[零一二三四五六七八九十百]+$/.test(text)) return String(hanToNumber(text))
  return text.toUpperCase().replace(/^0+(?=\d)/, '')
}

function hanToNumber(text: string): number {
  let sum = 0
  let digit = 0
  for (const c of text) {
    if (c === '十' || c === '百') {
      sum += (digit || 1) * (c === '十' ? 10 : 100)
      digit = 0
    } else digit = han.indexOf(c)
  }
  return sum + digit
}

function place(
  estate: string | undefined,
  building: string | undefined,
  entrance: string | undefined,
  door: string | undefined,
): Place {
  return {
    ...(estate && { estate }),
    ...(building && { building }),
    ...(entrance && { entrance }),
    ...(door && { door }),
  }
}
