/**
 * Every text of a page by its key, in the language of whoever looks.
 *
 * Invariant: English is whole, and a key that it lacks does not compile; what another language lacks is said in English.
 */
import english from '../../../packs/words/en.json' with { type: 'json' }

export type Words = { readonly language: string; readonly texts: Readonly<Partial<Record<string, string>>> }
export type Key = keyof typeof english.texts
/** What a text has in braces; nothing is said for what is not there. */
export type Said = Readonly<Record<string, string | number | boolean | null | undefined>>

let spoken: Words = english
let plurals = new Intl.PluralRules('en')

/** From here on texts are of this language. Said before a page is loaded, because pages keep what was said. */
export function speak(words: Words): void {
  spoken = words
  plurals = new Intl.PluralRules(words.language)
}

/** A text with `{name}` in it takes what is said of it; one with ` | ` has a form for one thing and one for more, by `n`. */
export function say(key: Key, said: Said = {}): string {
  const text = spoken.texts[key] ?? english.texts[key]
  return formOf(text, said.n).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = said[name]
    return value === null || value === undefined || typeof value === 'boolean' ? '' : String(value)
  })
}

function formOf(text: string, n: Said[string]): string {
  const forms = text.split(' | ')
  if (forms.length === 1 || typeof n !== 'number') return text
  return (plurals.select(n) === 'one' ? forms[0] : forms.at(-1)) ?? text
}
