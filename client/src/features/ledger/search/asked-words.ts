/** The words that stand beside the digits of what was typed: `锦华里` in `锦华里2号楼`, and none in `3号楼2单元501`. */

/** What a number of a door is counted in. */
const counted = /\d+\s*(?:号楼|单元|号院|号|楼|栋|幢|座|层|室|户|门|弄)?/g
const between = /[\s\-‐–—_,，、.。/#]+/

export function wordsBeside(typed: string): readonly string[] {
  return typed.replaceAll(counted, ' ').split(between).filter(Boolean)
}
