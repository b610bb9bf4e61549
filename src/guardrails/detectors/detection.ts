/** What every detector says: where something is, and what kind of thing. Offsets are UTF-16, the end is exclusive. */
export type Detection = { readonly start: number; readonly end: number; readonly kind: string }

/** A pure function over text; the same text gives the same detections, in the order of the text. */
export type Detector = { readonly name: string; readonly find: (text: string) => Detection[] }

/** Matches of a pattern (with the flags `dg`): the group `found` where there is one, else the whole match. */
export function* matches(text: string, pattern: RegExp): Generator<{ value: string; start: number; end: number }> {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.found ?? match.indices?.[0] ?? [match.index, match.index]
    yield { value: text.slice(start, end), start, end }
  }
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
