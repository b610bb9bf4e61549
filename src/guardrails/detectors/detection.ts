/** What every detector says: where something is, and what kind of thing. Offsets are UTF-16, the end is exclusive. */
export type Detection = { readonly start: number; readonly end: number; readonly kind: string }

/**
 * Pure functions over text; the same text gives the same detections, in the order of the text.
 *
 * Invariant, on which streams rest: after `settle(text, from)` no text that follows changes what was found, and
 * `find(text + more, open)` finds all the rest of `find(text + more, from)`.
 */
export type Detector = {
  readonly name: string
  /** Looks from a place on; what stands before it is seen as context alone. */
  readonly find: (text: string, from?: number) => Detection[]
  /** What is found for good, and from where on more text could still make or change a finding. */
  readonly settle: (text: string, from: number) => Settled
}
export type Settled = { readonly found: readonly Detection[]; readonly open: number }

/**
 * Settles by one expression. `openFrom` is where a finding may still begin or grow, the text's length where none can;
 * a finding that begins before it is whole.
 */
export const settling =
  (find: Detector['find'], openFrom: (text: string, from: number) => number): Detector['settle'] =>
  (text, from) => {
    const open = openFrom(text, from)
    const found = find(text, from).filter(({ start }) => start < open)
    return { found, open: Math.max(open, found.at(-1)?.end ?? 0) }
  }

/** How far a detector looks back from where it begins to look. */
export const MOST_LOOKED_BACK = 64

/** Matches of a pattern (with the flags `dg`): the group `found` where there is one, else the whole match. */
export function* matches(
  text: string,
  pattern: RegExp,
  from = 0,
): Generator<{ value: string; start: number; end: number }> {
  for (const match of matchesFrom(text, pattern, from)) {
    const [start, end] = foundIn(match)
    yield { value: text.slice(start, end), start, end }
  }
}

/** Where the group `found` of a match stands, or the whole match. */
export const foundIn = ({ indices, index }: RegExpExecArray): [number, number] =>
  indices?.groups?.found ?? indices?.[0] ?? [index, index]

/** A place where one of several expressions fits; with the secret in it, where there is one. */
export type Span = { readonly begin: number; readonly end: number; readonly secret: Detection | undefined }

export const spanOf = ({ 0: whole, index }: RegExpExecArray, secret: Detection | undefined): Span => ({
  begin: index,
  end: index + whole.length,
  secret,
})

/** `matchAll` from a place on: what stands before it can be looked back at and is no match. */
export function matchesFrom(text: string, pattern: RegExp, from: number): RegExpStringIterator<RegExpExecArray> {
  pattern.lastIndex = from
  // The iterator works on a copy that begins there too.
  const found = text.matchAll(pattern)
  pattern.lastIndex = 0
  return found
}

/** A place that parts no pair of surrogates. */
export const wholeTo = (text: string, at: number): number => (/^[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at)

/** Where the run of such characters begins that the text ends with at `end`; not before `from`. */
export function startOfRun(text: string, { from, end }: { from: number; end: number }, part: RegExp): number {
  let at = end
  while (at > from && part.test(text.charAt(at - 1))) at -= 1
  return at
}

/** In the order of the text, without those that lie inside or across one that begins before them. */
export function withoutOverlaps(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const one of detections.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one)
  return kept
}

/** A piece of text that shows what it is and not what it says: `ma…om (17 characters)`. */
export function redacted(text: string, { start, end }: Pick<Detection, 'start' | 'end'>): string {
  const found = text.slice(start, end)
  const shown = found.length < 8 ? '' : `${found.slice(0, 2)}…${found.slice(-2)} `
  return `${shown}(${found.length} characters)`
}
