/**
 * What a variant that a model made must keep of its question: numbers, dates, quoted text, placeholders, addresses and
 * codes, and about its length. Invariant: it says which of these failed, and never mends anything.
 *
 * It reads figures, not sense: a paraphrase that asks something else with the same numbers passes. Names of months and
 * days are looked for where the question has them in English.
 */
import { z } from 'zod'
import { bagOf, monthsIn, numbersIn, numericMonths, saysDays, saysMonths } from './figures-kept.ts'

export const Flaw = z.enum([
  'missing',
  'unasked',
  'empty',
  'refusal',
  'same',
  'length',
  'number',
  'date',
  'quotation',
  'literal',
  'language',
])
export type Flaw = z.infer<typeof Flaw>

export const FLAWS: Readonly<Record<Flaw, string>> = {
  missing: 'The model gave none.',
  unasked: 'It was not asked for.',
  empty: 'It is empty.',
  refusal: 'It refuses, and asks nothing.',
  same: 'It says the same as the question or as another variant of it.',
  length: 'It is more than three times as long as the question, or less than a third.',
  number: 'A number of the question is missing in it, or another one is there.',
  date: 'A month or a day of the week is missing in it.',
  quotation: 'What the question quotes does not stand in it as it was.',
  literal: 'A placeholder, an address or a code of the question does not stand in it as it was.',
  language: 'It is in another language than was asked for.',
}

export type CheckDeps = {
  /** Whether a text refuses, by how it begins. */
  readonly isRefusal: (text: string) => boolean
  /** ISO 639-1; undefined when it is too short or too mixed to tell. */
  readonly languageOf: (text: string) => string | undefined
  /** Those that `languageOf` can tell. */
  readonly languages: readonly string[]
}

/** @param tag the language that it was asked for in; undefined for a paraphrase, which stays in that of the question */
export function flawOf(
  {
    question,
    text,
    tag,
    before,
  }: { question: string; text: string; tag: string | undefined; before: readonly string[] },
  { isRefusal, languageOf, languages }: CheckDeps,
): Flaw | undefined {
  if (text.trim() === '') return 'empty'
  if (isRefusal(text) && !isRefusal(question)) return 'refusal'
  if ([question, ...before].some((one) => plain(one) === plain(text))) return 'same'
  if (!isAboutAsLong(question, text)) return 'length'
  const wanted = tag === undefined ? languageOf(question) : tag.split('-')[0]
  const months = monthsIn(question)
  const numbers = bagOf(numbersIn(text))
  // 4 May may become 4.5. or 5月4日; then its month is a number, and no name.
  const isSpelt = numbers === bagOf(numbersIn(question))
  const isNumbered = months.length > 0 && numbers === bagOf([...numbersIn(question), ...months.map(String)])
  if (!isSpelt && !isNumbered) return 'number'
  if (isSpelt && !numericMonths(tag) && !saysMonths(text, months, tag)) return 'date'
  if (!saysDays(text, question, tag)) return 'date'
  if (!quotedIn(question).every((words) => text.includes(words))) return 'quotation'
  if (!literalsIn(question).every((words) => text.includes(words))) return 'literal'
  const told = languageOf(text)
  const isOther = told !== undefined && wanted !== undefined && languages.includes(wanted) && told !== wanted
  return isOther ? 'language' : undefined
}

/** Words alone; where there are none, as in “?!”, the text as it is. */
function plain(text: string): string {
  const small = text.normalize('NFKC').toLowerCase()
  return small.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || small.trim()
}

/** A sign of a script that writes words with one or two stands for so many letters. */
const LETTERS_A_SIGN = 2.5
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

function isAboutAsLong(question: string, text: string): boolean {
  const [asked, made] = [question, text].map((one) =>
    [...one.trim()].reduce((sum, sign) => sum + (DENSE.test(sign) ? LETTERS_A_SIGN : 1), 0),
  ) as [number, number]
  // Of a question of two words either bound alone would say little.
  return made >= asked / 3 - 5 && made <= asked * 3 + 40
}

/** Between marks of quotation; a single one may be an apostrophe. */
const QUOTED = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|`([^`]+)`/g
const quotedIn = (text: string): string[] =>
  [...text.matchAll(QUOTED)].map(([, ...groups]) => groups.find((one) => one !== undefined)?.trim() ?? '')

/** Placeholders, addresses of the web and of people, and codes such as A-4711. */
const LITERAL =
  /\{\{[^}]*\}\}|\{\w+\}|<[^<>\s]+>|\$\{?\w*[A-Za-z_]\w*\}?|%[sd]|https?:\/\/[^\s"'<>)]*[^\s"'<>).,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[A-Z][\w-]*\d[\w-]*/g
const literalsIn = (text: string): string[] => text.match(LITERAL) ?? []
