/**
 * Sections become passages: paragraphs are packed up to the longest passage in words, never across a
 * heading, and a paragraph that is too long alone is cut between sentences.
 *
 * An id is the source, the trail of headings and an ordinal, so that a change in one section leaves
 * the ids of all others alone.
 */
import type { IngestSettings, LocatedPassage } from './reading.ts'

/** What stands under one heading: the trail of headings that leads there, and its paragraphs. */
export type Section = {
  readonly trail: readonly string[]
  /** What its id says instead of the trail: a page, a row. */
  readonly anchor?: readonly string[]
  readonly line: number
  readonly paragraphs: readonly string[]
}

export function passagesOfSections(
  sections: readonly Section[],
  source: string,
  { passageWords }: IngestSettings,
): LocatedPassage[] {
  const ordinals = new Map<string, number>()
  return sections.flatMap(({ trail, anchor, line, paragraphs }) =>
    pack(paragraphs, passageWords).map((text) => {
      const base = idOf(source, anchor ?? trail)
      const ordinal = (ordinals.get(base) ?? 0) + 1
      ordinals.set(base, ordinal)
      const id = ordinal === 1 ? base : `${base}~${ordinal}`
      return { passage: { id, title: trail.join(' › '), text, source }, line }
    }),
  )
}

const idOf = (source: string, trail: readonly string[]): string =>
  [source, trail.map(slug).filter(Boolean).join('/')].filter(Boolean).join('#')

const slug = (heading: string): string =>
  heading
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** Joins paragraphs while they fit; the result keeps their order and loses no word. */
export function pack(paragraphs: readonly string[], most: number): string[] {
  const packed: string[] = []
  let held: string[] = []
  let words = 0
  const flush = () => {
    if (held.length > 0) packed.push(held.join('\n\n'))
    held = []
    words = 0
  }
  for (const paragraph of paragraphs.flatMap((one) => cut(one, most))) {
    const size = countWords(paragraph)
    if (words + size > most) flush()
    held.push(paragraph)
    words += size
  }
  flush()
  return packed
}

/** A paragraph in pieces of at most `most` words: between sentences where it can be, else between words. */
function cut(paragraph: string, most: number): string[] {
  if (countWords(paragraph) <= most) return [paragraph]
  const sentences = paragraph.split(/(?<=[.!?…。])\s+|\n/u).flatMap((sentence) => cutWords(sentence, most))
  const pieces: string[] = []
  let held = ''
  for (const sentence of sentences) {
    const longer = held ? `${held} ${sentence}` : sentence
    if (held && countWords(longer) > most) {
      pieces.push(held)
      held = sentence
    } else held = longer
  }
  return held ? [...pieces, held] : pieces
}

function cutWords(sentence: string, most: number): string[] {
  const words = sentence.split(/\s+/).filter(Boolean)
  const pieces: string[] = []
  for (let at = 0; at < words.length; at += most) pieces.push(words.slice(at, at + most).join(' '))
  return pieces
}

const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length
