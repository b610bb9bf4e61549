/** Numbers, months and days of the week in a question and in a variant of it, whatever language writes them how. */

/** Groups of digits without separators of thousands and without zeros before them, in digits of any script. */
export function numbersIn(text: string): string[] {
  const digits = text.normalize('NFKC').replace(/\p{Nd}/gu, digitOf)
  const joined = digits.replace(/(?<=\d)[.,'’\s](?=\d{3}(?!\d))/g, '')
  return (joined.match(/\d+/g) ?? []).map((number) => number.replace(/^0+(?=\d)/, ''))
}

/** The same for the same numbers, however they are ordered. */
export const bagOf = (numbers: readonly string[]): string => numbers.toSorted().join(' ')

/** Digits of a script stand one after the other, the zero first. */
function digitOf(sign: string): string {
  const point = sign.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String(point - zero)
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
/** Beside a number: “May I” is no month. */
const DATED = new RegExp(`\\d(?:st|nd|rd|th)?(?: of)?\\s+${MONTH}\\b|\\b${MONTH}\\.?\\s+\\d`, 'gi')

/** Of dates that are written with an English month, the months by number. */
export const monthsIn = (text: string): number[] =>
  [...text.matchAll(DATED)].map(([, first, second]) => MONTHS.indexOf((first ?? second ?? '').toLowerCase()) + 1)

/** Whether a language has no names of months beside their numbers. */
export const numericMonths = (tag: string | undefined): boolean => /\d/.test(monthName(1, tag))

/** Whether a text names all of these months in the language, in whatever ending. */
export const saysMonths = (text: string, months: readonly number[], tag: string | undefined): boolean =>
  months.every((month) => says(text, monthName(month, tag), tag))

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Whether a text names all days of the week that a question names in English. */
export function saysDays(text: string, question: string, tag: string | undefined): boolean {
  const words = new Set(question.toLowerCase().match(/\p{L}+/gu))
  return DAYS.every((day, at) => !(words.has(day) || words.has(`${day}s`)) || says(text, dayName(at, tag), tag))
}

const ENGLISH = 'en'
/** Names are bent at their end; so much of one stays. English shortens them to three letters. */
function says(text: string, name: string, tag = ENGLISH): boolean {
  const stem = tag.startsWith(ENGLISH) ? 3 : Math.max(3, name.length - 2)
  return text.toLocaleLowerCase(tag).includes(name.slice(0, stem))
}

/** As it stands in a date. */
function monthName(month: number, tag = ENGLISH): string {
  const parts = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone: 'UTC' }).formatToParts(
    Date.UTC(2026, month - 1, 4),
  )
  return (parts.find(({ type }) => type === 'month')?.value ?? '').toLocaleLowerCase(tag)
}

/** 4 January 2026 was a Sunday. */
const dayName = (day: number, tag = ENGLISH): string =>
  new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' })
    .format(Date.UTC(2026, 0, 4 + day))
    .toLocaleLowerCase(tag)
