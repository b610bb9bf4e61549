/** Markdown as far as the checks need it: links, headings' anchors and fenced blocks, each with its line. */

/** A link or image and the line that it stands on. */
export type Link = { line: number; target: string }

/** A fenced block, by its language. */
export type Fence = { line: number; language: string; lines: readonly string[] }

/** One document, read. */
export type Page = {
  links: readonly Link[]
  anchors: ReadonlySet<string>
  fences: readonly Fence[]
  prose: readonly string[]
}

/** Reads a document. Code, fenced or inline, holds no links. */
export function readPage(text: string): Page {
  const { prose, fences } = splitFences(text.split('\n'))
  return {
    links: prose.flatMap((line, at) => linksOf(line).map((target) => ({ line: at + 1, target }))),
    anchors: new Set([...headingAnchors(prose), ...namedAnchors(prose)]),
    fences,
    prose,
  }
}

/** Prose keeps its line numbers: fenced lines are blank in it. */
function splitFences(lines: readonly string[]): { prose: string[]; fences: Fence[] } {
  const prose: string[] = []
  const fences: Fence[] = []
  let open: { mark: string; line: number; language: string; lines: string[] } | undefined
  for (const [at, line] of lines.entries()) {
    const [, mark, language] = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? []
    if (open) {
      if (mark?.startsWith(open.mark) && language === '') {
        fences.push(open)
        open = undefined
      } else open.lines.push(line)
    } else if (mark !== undefined) open = { mark, line: at + 1, language: language ?? '', lines: [] }
    prose.push(open || mark !== undefined ? '' : line)
  }
  if (open) fences.push(open)
  return { prose, fences }
}

function linksOf(line: string): string[] {
  const plain = line.replace(/(`+).*?\1/g, '')
  const inline = [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)]
  const definitions = [...plain.matchAll(/^\s*\[[^\]^]+\]:\s*<?([^\s>]+)>?/g)]
  const html = [...plain.matchAll(/<(?:a|img)\b[^>]*\b(?:href|src)="([^"]+)"/g)]
  return [...inline, ...definitions, ...html].flatMap((match) => match[1] ?? [])
}

/** Anchors as code hosts make them: lower case, no punctuation, hyphens for spaces, a number for the second of a name. */
function headingAnchors(prose: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return prose.flatMap((line) => {
    const [, title] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? []
    if (title === undefined) return []
    const anchor = slug(title)
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return [before === 0 ? anchor : `${anchor}-${before}`]
  })
}

const slug = (title: string): string =>
  title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const namedAnchors = (prose: readonly string[]): string[] =>
  prose.flatMap((line) => [...line.matchAll(/\b(?:id|name)="([^"]+)"/g)].flatMap((match) => match[1] ?? []))
