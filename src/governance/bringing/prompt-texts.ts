/** A prompt that somebody kept as a text, as a `.prompt` file with one question to fill in. */

const HEAD = '---\ninput:\n  schema:\n    question: string\n---\n'

/** Plain text; `{name}` of Python's templates counts as a placeholder, as `{{name}}` does. */
export const textPrompt = (text: string): string => {
  const doubled = /\{\{/.test(text) ? text : text.replace(/\{([A-Za-z_]\w*)\}/g, '{{$1}}')
  const asks = /\{\{\s*\w+\s*\}\}/.test(doubled)
  return `${HEAD}{{role "${asks ? 'user' : 'system'}"}}\n${doubled.trim()}\n${asks ? '' : '{{role "user"}}\n{{question}}\n'}`
}

/**
 * Where a text has one placeholder, it is the question. Of more, those besides the question are `others`: they get a
 * text that shows what is missing, so that the file can be kept as it is.
 */
export function variableOf(text: string): { text: string; others: string[] } {
  const names = [...new Set([...text.matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g)].map(([, name]) => name ?? ''))]
  const others = names.filter((name) => !FILLED.includes(name))
  if (others.length === 0) return { text, others }
  if (names.length > 1) return { text: withDefaults(text, others), others }
  const filled = text.replace(/\{\{\s*[A-Za-z_]\w*\s*\}\}/g, '{{question}}')
  return { text: filled.replace(`    ${others[0]}: string\n`, '    question: string\n'), others: [] }
}

/** What a flow fills in by itself. */
const FILLED = ['question', 'history', 'passages', 'conversation']

/** A file that has defaults of its own is left as it is. */
const withDefaults = (text: string, names: readonly string[]): string =>
  /^ {2}default:/m.test(text)
    ? text
    : text.replace(/^input:\n/m, `input:\n  default:\n${names.map((name) => `    ${name}: "[${name}]"\n`).join('')}`)

/** A name for the registry of prompts: letters, digits and hyphens; a second of the same name is numbered. */
export function promptName(path: string, taken: Readonly<Record<string, string>>): string {
  const base =
    (path.split('/').at(-1) ?? '')
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'prompt'
  for (let number = 1; ; number += 1) {
    const name = `prompts/${number === 1 ? base : `${base}-${number}`}.prompt`
    if (taken[name] === undefined) return name
  }
}
