/** A prompt that somebody kept as a text, as a `.prompt` file with one question to fill in. */

const HEAD = '---\ninput:\n  schema:\n    question: string\n---\n'

/** Plain text; `{name}` of Python's templates counts as a placeholder, as `{{name}}` does. */
export const textPrompt = (text: string): string => {
  const doubled = /\{\{/.test(text) ? text : text.replace(/\{([A-Za-z_]\w*)\}/g, '{{$1}}')
  const asks = /\{\{\s*\w+\s*\}\}/.test(doubled)
  return `${HEAD}{{role "${asks ? 'user' : 'system'}"}}\n${doubled.trim()}\n${asks ? '' : '{{role "user"}}\n{{question}}\n'}`
}

/** Where a text has one placeholder, it is the question; `others` are those that it has when they are more. */
export function variableOf(text: string): { text: string; others: string[] } {
  const names = [...new Set([...text.matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g)].map(([, name]) => name ?? ''))]
  if (names.length !== 1 || names[0] === 'question')
    return { text, others: names.length > 1 ? names.filter((name) => name !== 'question') : [] }
  const filled = text.replace(/\{\{\s*[A-Za-z_]\w*\s*\}\}/g, '{{question}}')
  return { text: filled.replace(`    ${names[0]}: string\n`, '    question: string\n'), others: [] }
}

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
