/**
 * Markdown by its headings. Front matter and HTML comments are left out, marks such as `**` and link
 * targets too, because passages are read by people and searched by words; code keeps its lines.
 */
import { withoutMarks } from './inline-marks.ts'
import { nameOf } from './plain-text.ts'
import type { Section } from './sections.ts'

type Open = { trail: string[]; line: number; paragraphs: string[] }

/** `opening` is the title of what stands above the first heading. */
export function sectionsOfMarkdown(text: string, source: string, opening = nameOf(source)): Section[] {
  const lines = withoutComments(text).split('\n')
  const headings: { level: number; text: string }[] = []
  const sections: Open[] = [{ trail: [opening], line: 1, paragraphs: [] }]
  let block: string[] = []
  let fence: string | undefined
  const close = () => {
    const paragraph = paragraphOf(block)
    if (paragraph) sections.at(-1)?.paragraphs.push(paragraph)
    block = []
  }
  for (let at = endOfFrontMatter(lines); at < lines.length; at++) {
    const line = lines[at] ?? ''
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined || mark) {
      if (fence === undefined) close()
      block.push(line)
      if (fence === undefined) fence = mark
      else if (mark?.startsWith(fence) && line.trim() === mark) {
        fence = undefined
        close()
      }
      continue
    }
    const heading = headingAt(lines, at, block)
    if (heading) {
      if (heading.isUnderlined) block = []
      close()
      while ((headings.at(-1)?.level ?? 0) >= heading.level) headings.pop()
      headings.push(heading)
      sections.push({
        trail: headings.map((one) => one.text),
        line: heading.isUnderlined ? at : at + 1,
        paragraphs: [],
      })
    } else if (line.trim() === '') close()
    else block.push(line)
  }
  close()
  return sections.filter(({ paragraphs }) => paragraphs.length > 0)
}

/** `# Heading`, or a paragraph of one line that is underlined with `=` or `-`. */
function headingAt(
  lines: readonly string[],
  at: number,
  block: readonly string[],
): { level: number; text: string; isUnderlined: boolean } | undefined {
  const line = lines[at] ?? ''
  const hashed = /^ {0,3}(#{1,6})\s+/.exec(line)
  const title = hashed ? withoutClosing(line.slice(hashed[0].length)) : ''
  if (hashed && title !== '') return { level: hashed[1]?.length ?? 1, text: withoutMarks(title), isUnderlined: false }
  const underline = /^ {0,3}(=+|-{2,})\s*$/.exec(line)?.[1]
  const [above] = block
  if (!underline || block.length !== 1 || !above || /^\s*([-*+>|]|\d+[.)])/.test(above)) return undefined
  return { level: underline.startsWith('=') ? 1 : 2, text: withoutMarks(above.trim()), isUnderlined: true }
}

/** Without the `#` that may close it; looked at from the end, because an expression would try every place. */
function withoutClosing(title: string): string {
  const trimmed = title.trimEnd()
  let end = trimmed.length
  while (trimmed[end - 1] === '#') end -= 1
  return trimmed.slice(0, end).trimEnd()
}

function endOfFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trim() !== '---') return 0
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line))
  return end < 0 ? 0 : end + 1
}

/** Comments become as many empty lines, so that line numbers stay true. */
function withoutComments(text: string): string {
  let kept = ''
  let from = 0
  for (;;) {
    const begin = text.indexOf('<!--', from)
    const end = begin < 0 ? -1 : text.indexOf('-->', begin + '<!--'.length)
    if (end < 0) return kept + text.slice(from)
    kept += text.slice(from, begin) + text.slice(begin, end).replace(/[^\n]/g, '')
    from = end + '-->'.length
  }
}

function paragraphOf(block: readonly string[]): string {
  if (/^ {0,3}(`{3,}|~{3,})/.test(block[0] ?? ''))
    return block
      .filter((line) => !/^ {0,3}(`{3,}|~{3,})/.test(line))
      .join('\n')
      .trim()
  if (block.length === 1 && /^ {0,3}([-*_] *){3,}$/.test(block[0] ?? '')) return ''
  const joined: string[] = []
  for (const line of block) {
    // The rule under the head of a table.
    if (line.lastIndexOf('|') > 0 && /^[\s:|-]+$/.test(line)) continue
    const startsAnew = joined.length === 0 || /^\s*([-*+]\s|\d+[.)]\s|\||>)/.test(line)
    if (startsAnew) joined.push(line.trim())
    else joined.push(`${joined.pop()} ${line.trim()}`)
  }
  return joined.map(withoutMarks).join('\n').trim()
}
