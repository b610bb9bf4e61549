/** A `.prompt` file (Dotprompt): front matter between `---` lines, then the template. */
import { normaliseText } from '../../kernel/digest.ts'
import type { Problem } from '../../kernel/failure.ts'
import type { ParsedPrompt } from './blueprint.ts'
import { readYaml } from './yaml-file.ts'

/** The prompt in a list, or nothing after adding what is wrong. A file without front matter is all template. */
export function parsePromptFile({
  path,
  text,
  problems,
}: {
  path: string
  text: string
  problems: Problem[]
}): ParsedPrompt[] {
  const source = normaliseText(text)
  const name = path.replace(/^.*\//, '').replace(/\.prompt$/, '')
  const fenced = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/.exec(source)
  if (!fenced && source.startsWith('---\n')) {
    problems.push({
      file: path,
      line: 1,
      field: name,
      message: 'the front matter has no end',
      remedy: 'Close it with a line of three hyphens.',
    })
    return []
  }
  const frontMatter = fenced ? readYaml({ path, text: fenced[1] ?? '', schema: undefined, problems, firstLine: 2 }) : {}
  // As Dotprompt has it: below front matter the template is trimmed, without one it is the file as it is.
  const body = fenced ? (fenced[2] ?? '').trim() : source
  if (!frontMatter) return []
  if (body.trim() === '') {
    problems.push({
      file: path,
      // The last one, below which the template belongs.
      line: source.trimEnd().split('\n').length,
      field: name,
      message: 'the prompt is empty',
      remedy: 'Write the template below the front matter.',
    })
    return []
  }
  return [{ name, frontMatter, body }]
}

/** Names of the placeholders in a template, helpers and block parameters left out. */
export function placeholdersOf(body: string): string[] {
  const names = new Set<string>()
  const local = new Set<string>()
  // Nothing optional beside what repeats, else a few thousand spaces after `{{` would take minutes.
  for (const [, found = ''] of body.matchAll(/(?<!\\)\{\{([^{}]+)\}\}/g)) {
    const inner = found.trim()
    if (inner === '') continue
    const [first = '', ...rest] = inner
      .replace(/^[#/^~]+/, '')
      .trim()
      .split(/\s+/)
    if (/^[#^]/.test(inner) && first === 'each') local.add('this')
    const words = HELPERS.has(first) || /^[#^/>!]/.test(inner) ? rest : [first]
    if (inner.startsWith('/') || inner.startsWith('!') || inner.startsWith('>') || first === 'else') continue
    for (const word of words) {
      const root = word.split(/[.[/]/)[0] ?? ''
      if (/^[a-zA-Z_]\w*$/.test(root) && !KEYWORDS.has(root) && !word.includes('=')) names.add(root)
    }
  }
  return [...names].filter((name) => !local.has(name))
}

const HELPERS = new Set([
  'role',
  'history',
  'media',
  'section',
  'json',
  'ifEquals',
  'unlessEquals',
  'each',
  'if',
  'unless',
  'with',
  'lookup',
  'log',
])
const KEYWORDS = new Set(['this', 'true', 'false', 'null', 'undefined', 'as', 'else', ...HELPERS])
