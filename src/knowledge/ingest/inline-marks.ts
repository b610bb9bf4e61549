/**
 * The words of a line of Markdown without their marks: links and pictures become their text.
 *
 * Each mark looks for its end once, from where the search before it stopped, so a line of nothing but brackets takes as
 * long as one of words. Expressions took 2.5 s for 300 KB of brackets, bounded as they were.
 */

/** Marks that are further apart than anybody writes them stay. */
const MOST_APART = 400

export const withoutMarks = (line: string): string =>
  [withoutLinks, withoutReferences, withoutAddresses, withoutBold, withoutStars, withoutBars]
    .reduce((text, without) => without(text), line.replace(/^>\s?/, ''))
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1')

/** `[text](target)`, where the target may hold one pair of brackets. */
const withoutLinks = (text: string): string =>
  withoutBrackets(text, { opens: '](', endOf: (from) => endOfTarget(text, from), least: 0 })

/** `[text][reference]` */
function withoutReferences(text: string): string {
  const next = searcher((from) => text.indexOf(']', from))
  return withoutBrackets(text, {
    opens: '][',
    endOf: (from) => within(from, next(from)),
    least: 1,
  })
}

const withoutAddresses = (text: string): string => text.replace(/<(https?:[^<>\s]+)>/g, '$1')

const withoutBold = (text: string): string =>
  withoutPairs(text, {
    marks: ['**', '__'],
    opens: (at) => isInk(text[at + 2]),
    closes: (at) => isInk(text[at - 1]),
  })

const withoutStars = (text: string): string => withoutSingle(text, '*', /[\w*]/)
const withoutBars = (text: string): string => withoutSingle(text, '_', /\w/)

/** @param besides what may not stand on the outer side of either mark */
const withoutSingle = (text: string, mark: string, besides: RegExp): string =>
  withoutPairs(text, {
    marks: [mark],
    opens: (at) => isInk(text[at + 1]) && !besides.test(text[at - 1] ?? ''),
    closes: (at) => isInk(text[at - 1]) && !besides.test(text[at + 1] ?? ''),
  })

function withoutBrackets(
  text: string,
  { opens, endOf, least }: { opens: string; endOf: (from: number) => number; least: number },
): string {
  const next = searcher((from) => text.indexOf(']', from))
  return replaced(text, ['['], (at) => {
    const close = within(at + 1, next(at + 1))
    if (close < at + 1 + least || !text.startsWith(opens, close)) return undefined
    const end = endOf(close + opens.length)
    return end < 0 ? undefined : { begin: text[at - 1] === '!' ? at - 1 : at, inner: [at + 1, close], end: end + 1 }
  })
}

/** One pair of brackets may stand in a target; a second one inside of it ends the search, so none is long. */
function endOfTarget(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth < 0) return at
    if (depth > 1) return -1
  }
  return -1
}

function withoutPairs(
  text: string,
  {
    marks,
    opens,
    closes,
  }: { marks: readonly string[]; opens: (at: number) => boolean; closes: (at: number) => boolean },
): string {
  const next = marks.map((mark) =>
    searcher((from) => {
      let at = text.indexOf(mark, from)
      while (at >= 0 && !closes(at)) at = text.indexOf(mark, at + 1)
      return at
    }),
  )
  return replaced(text, marks, (at, which) => {
    const { length } = marks[which] ?? ''
    const begin = at + length
    // At least one character stands between.
    const end = opens(at) ? within(begin, next[which]?.(begin + 1) ?? -1) : -1
    return end < 0 ? undefined : { begin: at, inner: [begin, end], end: end + length }
  })
}

type Found = { readonly begin: number; readonly inner: readonly [number, number]; readonly end: number }

/** Leaves of each place that `find` knows, from the first to the last, only what is within it. */
function replaced(
  text: string,
  marks: readonly string[],
  find: (at: number, which: number) => Found | undefined,
): string {
  const next = marks.map((mark) => searcher((from) => text.indexOf(mark, from)))
  let [kept, from] = ['', 0]
  for (let place = 0; ; ) {
    const places = next.map((search) => search(place))
    const at = Math.min(...places.filter((one) => one >= 0))
    if (at === Number.POSITIVE_INFINITY) return from === 0 ? text : kept + text.slice(from)
    const found = find(at, places.indexOf(at))
    if (found) {
      kept += text.slice(from, found.begin) + text.slice(...found.inner)
      from = found.end
    }
    place = found ? found.end : at + 1
  }
}

/** Asks for places that only ever lie further on, and so searches each stretch once. */
function searcher(search: (from: number) => number): (from: number) => number {
  let known = -2
  return (from) => {
    if (known === -1 || known >= from) return known
    known = search(from)
    return known
  }
}

const within = (from: number, end: number): number => (end >= from && end - from <= MOST_APART ? end : -1)

const isInk = (character: string | undefined): boolean => character !== undefined && /\S/.test(character)
