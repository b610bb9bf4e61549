/**
 * Markdown by its headings. Front matter and HTML comments are left out, marks such as `**` and link
 * targets too, because passages are read by people and searched by words; code keeps its lines.
 */
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
  const hashed = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
  if (hashed?.[2]) return { level: hashed[1]?.length ?? 1, text: plain(hashed[2]), isUnderlined: false }
  const underline = /^ {0,3}(=+|-{2,})\s*$/.exec(line)?.[1]
  const [above] = block
  if (!underline || block.length !== 1 || !above || /^\s*([-*+>|]|\d+[.)])/.test(above)) return undefined
  return { level: underline.startsWith('=') ? 1 : 2, text: plain(above.trim()), isUnderlined: true }
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
    if (/^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(line)) continue
    const startsAnew = joined.length === 0 || /^\s*([-*+]\s|\d+[.)]\s|\||>)/.test(line)
    if (startsAnew) joined.push(line.trim())
    else joined.push(`${joined.pop()} ${line.trim()}`)
  }
  return joined.map(plain).join('\n').trim()
}

/**
 * The words without their marks: links and pictures become their text. Marks that are further apart than anybody
 * writes them stay; without a bound a line of brackets as long as a book would be searched once for each of them.
 */
const plain = (text: string): string =>
  text
    .replace(/^>\s?/, '')
    .replace(/!?\[([^\]]{0,400})\]\((?:[^()]|\([^()]{0,400}\)){0,2000}\)/g, '$1')
    .replace(/!?\[([^\]]{1,400})\]\[[^\]]{0,400}\]/g, '$1')
    .replace(/<(https?:[^<>\s]+)>/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)(.{1,400}?)(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<!\w)_(?=\S)(.{1,400}?)(?<=\S)_(?!\w)/g, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1')
