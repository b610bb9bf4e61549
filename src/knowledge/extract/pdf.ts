/**
 * PDF to sections, one a page: lines are joined to paragraphs where the distance between them says so. Text beyond
 * the edges of a page or too small to see is dropped; nothing is run, drawn or loaded.
 */
import { getDocumentProxy } from 'unpdf'
import { nameOf } from '../ingest/plain-text.ts'
import type { Section } from '../ingest/sections.ts'
import { type Extraction, type ExtractionRequest, refused } from './extraction.ts'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>
type Page = Awaited<ReturnType<Pdf['getPage']>>
type Line = { text: string; readonly y: number; readonly size: number }

/** In points: the smallest letters that a person could read on paper are about three times as large. */
const SMALLEST_POINTS = 1
/** A distance of lines, in sizes of letters, that begins a new paragraph. */
const PARAGRAPH_GAP = 1.75
/** The dots of a table of contents, which would fill passages. */
const LEADERS = /(?:\s?\.){5,}/g

export async function extractPdf({ bytes, source }: Omit<ExtractionRequest, 'format'>): Promise<Extraction> {
  let pdf: Pdf
  try {
    pdf = await getDocumentProxy(bytes, { verbosity: 0, stopAtErrors: false, enableXfa: false })
  } catch (thrown) {
    if ((thrown as Error).name === 'PasswordException')
      return refused('It is protected by a password.', 'Save it without a password.')
    throw thrown
  }
  const sections: Section[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const paragraphs = paragraphsOf(await linesOf(page))
    page.cleanup()
    const name = `page ${number}`
    if (paragraphs.length > 0) sections.push({ trail: [nameOf(source), name], anchor: [name], line: 1, paragraphs })
  }
  if (sections.length > 0) return { kind: 'read', sections }
  return refused(
    `None of its ${pdf.numPages} pages has text; they may be pictures of pages.`,
    'Run text recognition (OCR) over it and save the result, or take it out of knowledge/.',
  )
}

async function linesOf(page: Page): Promise<Line[]> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view
  const lines: Line[] = []
  let open: Line | undefined
  for (const item of (await page.getTextContent()).items) {
    if (!('str' in item)) continue
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[]
    const size = Math.hypot(c, d)
    const isSeen = x >= left && x <= right && y >= bottom && y <= top && size >= SMALLEST_POINTS
    if (isSeen || item.str.trim() === '') {
      if (open) open.text += item.str
      else if (item.str.trim() !== '') open = { text: item.str, y, size }
    }
    if (item.hasEOL && open) {
      lines.push(open)
      open = undefined
    }
  }
  return open ? [...lines, open] : lines
}

function paragraphsOf(lines: readonly Line[]): string[] {
  const paragraphs: string[] = []
  let before: Line | undefined
  for (const line of lines) {
    const text = line.text.normalize('NFKC').replace(LEADERS, ' … ').replace(/\s+/g, ' ').trim()
    if (text === '') continue
    const last = paragraphs.at(-1)
    const gap = before ? Math.abs(before.y - line.y) : 0
    const isSame = before !== undefined && gap <= PARAGRAPH_GAP * Math.max(before.size, line.size)
    if (last === undefined || !isSame) paragraphs.push(text)
    else paragraphs[paragraphs.length - 1] = joined(last, text)
    before = line
  }
  return paragraphs
}

/** A word that was broken at the end of a line is one word again. */
const joined = (above: string, below: string): string =>
  /\p{Ll}-$/u.test(above) && /^\p{Ll}/u.test(below) ? `${above.slice(0, -1)}${below}` : `${above} ${below}`
