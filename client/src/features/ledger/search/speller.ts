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
  const start = text.toLowerCase().indexOf(typed.toLowerCase())
  return start < 0 ? undefined : [start, start + typed.length]
}

/** `match` gives the first and the last character found, or false. */
export function spellWith(match: (text: string, typed: string) => readonly [number, number] | false): Spell {
  const startsByPair = new Map<string, boolean>()
  /** Whether a reading of the character starts with the letter. Names share a few hundred characters, so this is asked once for many. */
  const starts = (character: string, letter: string): boolean => {
    const pair = character + letter
    const known = startsByPair.get(pair) ?? match(character, letter) !== false
    startsByPair.set(pair, known)
    return known
  }
  return (text, typed) => {
    const plain = plainly(text, typed)
    // A word of Chinese has no pinyin to look for, and the table would only cost time.
    if (plain !== undefined || !/[a-z]/i.test(typed)) return plain
    const letter = /^[a-z]/i.exec(typed)?.[0].toLowerCase()
    if (letter !== undefined && !Array.from(text).some((character) => starts(character, letter))) return undefined
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
