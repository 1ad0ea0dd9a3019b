/** Whom a column tells about: many sheets keep a household in one row, with 户主身份证号 and 配偶身份证号 side by side. */

const another =
  /^(配偶|爱人|妻子|丈夫|子女|孩子|儿子|女儿|[长次三]子|[长次三]女|父亲|母亲|父母|监护人|家属|网格员|网格长|楼长|楼栋长|单元长)/
const head = /^户主/
const inBrackets = /[（(【[]\s*(.*?)[）)】\]]/

/** Undefined where the name says nobody: it is then the person of the row. */
export function whoseColumn(text: string): 'head' | 'another' | undefined {
  const plain = text.replace(/[\s*＊]+/g, '').replace(/^[0-9①-⑩]+[.、．]?/, '')
  const said = [plain, inBrackets.exec(plain)?.[1] ?? '']
  if (said.some((part) => another.test(part))) return 'another'
  return said.some((part) => head.test(part)) ? 'head' : undefined
}
