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
let counts = new Intl.NumberFormat('en')

/** From here on texts are of this language. Said before a page is loaded, because pages keep what was said. */
export function speak(words: Words): void {
  spoken = words
  plurals = new Intl.PluralRules(words.language)
  counts = new Intl.NumberFormat(words.language)
}

/** The language of the texts, by which dates and numbers are written too. */
export const spokenLanguage = (): string => spoken.language

/** A text with `{name}` in it takes what is said of it; one with ` | ` has a form for one thing and one for more, by `n`. */
export function say(key: Key, said: Said = {}): string {
  return piecesOf(key, said.n)
    .map((piece, at) => (at % 2 === 0 ? piece : written(said[piece])))
    .join('')
}

/** A text in the right number: words, and at each second place the name of what is filled in; counts are filled in. */
export function piecesOf(key: Key, n: Said[string]): string[] {
  const form = formOf(spoken.texts[key] ?? english.texts[key], n)
  return (typeof n === 'number' ? form.replaceAll('{n}', counts.format(n)) : form).split(/\{(\w+)\}/)
}

const written = (value: Said[string]): string =>
  value === null || value === undefined || typeof value === 'boolean' ? '' : String(value)

function formOf(text: string, n: Said[string]): string {
  const forms = text.split(' | ')
  if (forms.length === 1 || typeof n !== 'number') return text
  return (plurals.select(n) === 'one' ? forms[0] : forms.at(-1)) ?? text
}
