/** Ways of writing an order or a request, so that a filter of words does not see it while a model may. Pure. */
export const WRAPPINGS = [
  'plain',
  'upper',
  'base64',
  'rot13',
  'reversed',
  'spaced',
  'full-width',
  'look-alike',
] as const
export type WrappingId = (typeof WRAPPINGS)[number]

const WRITTEN: Readonly<Record<WrappingId, (order: string) => string>> = {
  plain: (order) => order,
  upper: (order) => order.toUpperCase(),
  base64: (order) => Buffer.from(order, 'utf8').toString('base64'),
  rot13,
  reversed,
  spaced: (order) => [...order].map((letter) => (letter === ' ' ? '  ' : letter)).join(' '),
  'full-width': (order) => shifted(order, 0xfee0),
  'look-alike': (order) => order.replaceAll(/[aeopc]/g, (letter) => CYRILLIC[letter] ?? letter),
}

export const written = (order: string, how: WrappingId): string => WRITTEN[how](order)

/** Each letter moved by 13 places; twice gives the text again. */
export function rot13(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first)
  })
}

export function reversed(text: string): string {
  return [...text].reverse().join('')
}

const CYRILLIC: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с' }

/** Visible ASCII at its place among the full-width forms (Unicode FF01 to FF5E). */
const shifted = (text: string, by: number): string =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + by))
