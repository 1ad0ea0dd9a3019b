/** Finds what was typed inside a text: as it stands at once, by pinyin as soon as the table of readings has loaded. */
import { createSignal, onMount, type Accessor } from 'solid-js'

/** Where `typed` was found in `text`, first and one past the last character. */
export type Found = readonly [start: number, end: number]
export type Spell = (text: string, typed: string) => Found | undefined

const [spell, setSpell] = createSignal<Spell>(plainly)
let asked = false

/** Reactive: gives a better answer once pinyin is there. */
export function createSpeller(): Accessor<Spell> {
  onMount(() => void loadPinyin())
  return spell
}

export function plainly(text: string, typed: string): Found | undefined {
  // Most names: Chinese knows no capitals, and to look for them in every name costs more than to look for the text.
  const start = isHan.test(text) ? text.indexOf(typed) : text.toLowerCase().indexOf(typed.toLowerCase())
  return start < 0 ? undefined : [start, start + typed.length]
}

const isHan = /^[\u4e00-\u9fff]+$/

/** `match` gives the first and the last character found, or false. */
export function spellWith(match: (text: string, typed: string) => readonly [number, number] | false): Spell {
  const startersByLetter = new Map<string, Map<string, boolean>>()
  /** Where the first character stands of which a reading starts with the letter; -1 for none. Names share a few hundred characters, so `match` is asked once for many. */
  const firstStarter = (text: string, letter: string): number => {
    const starters = startersByLetter.get(letter) ?? new Map<string, boolean>()
    startersByLetter.set(letter, starters)
    let at = 0
    for (const character of text) {
      let starts = starters.get(character)
      if (starts === undefined) starters.set(character, (starts = match(character, letter) !== false))
      if (starts) return at
      at += character.length
    }
    return -1
  }
  return (text, typed) => {
    const plain = plainly(text, typed)
    // A word of Chinese has no pinyin to look for, and the table would only cost time.
    if (plain !== undefined || !/[a-z]/i.test(typed)) return plain
    const letter = /^[a-z]/i.exec(typed)?.[0].toLowerCase()
    const first = letter === undefined ? 0 : firstStarter(text, letter)
    if (first < 0) return undefined
    if (typed.length === 1) return [first, first + 1]
    const found = match(text, typed)
    return found === false ? undefined : [found[0], found[1] + 1]
  }
}

/** Begins loading the readings; safe to call again. */
export async function loadPinyin(): Promise<void> {
  if (asked) return
  asked = true
  try {
    const { default: pinyin } = await import('pinyin-match')
    setSpell(() => spellWith(pinyin.match))
  } catch {
    // Offline before the first full load: names are found as written, and the next search asks again.
    asked = false
  }
}
