/** Plain text: paragraphs are what empty lines separate; the title is the file's name. */
import type { Section } from './sections.ts'

export function sectionsOfPlainText(text: string, source: string): Section[] {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
  return paragraphs.length === 0 ? [] : [{ trail: [nameOf(source)], line: 1, paragraphs }]
}

/** `guides/first-steps.md` → `first steps`. */
export const nameOf = (source: string): string =>
  (source.split('/').at(-1) ?? source).replace(/(\.[^.]+)+$/, '').replace(/[-_]+/g, ' ')
