/**
 * Partials: pieces of a template that several prompts share. `prompts/_tone.prompt` is the partial `tone`, and a
 * template names it as `{{> tone}}`. Each prompt carries those that it names, so that its digest covers them.
 */
import type { Problem } from '../../kernel/failure.ts'
import type { ParsedPrompt } from './blueprint.ts'
import { placeholdersOf } from './prompt-file.ts'

/** Names after `{{>`, also of a block `{{#> layout}}`. */
export const partialsNamed = (body: string): string[] => [
  ...new Set([...body.matchAll(/\{\{~?#?>\s*([A-Za-z0-9_./-]+)/g)].map(([, name = '']) => name)),
]

/** The prompts alone, each with its partials; adds a problem for one that is not there or names itself. */
export function joinPartials(files: readonly ParsedPrompt[], problems: Problem[]): ParsedPrompt[] {
  const partials = new Map(files.filter(isPartial).map((file) => [file.name.slice(1), file] as const))
  for (const [name, { body }] of partials)
    if (reachable(body, partials).has(name))
      problems.push({
        file: `prompts/_${name}.prompt`,
        field: name,
        message: `the partial ${name} names itself, directly or through another`,
        remedy: 'Take the circle out.',
      })
  return files
    .filter((file) => !isPartial(file))
    .map((prompt) => {
      const names = [...reachable(prompt.body, partials)]
      for (const name of names)
        if (!partials.has(name)) problems.push(unknownPartial(prompt.name, name, [...partials.keys()]))
      const own = names.flatMap((name) => {
        const body = partials.get(name)?.body
        return body === undefined ? [] : [[name, body] as const]
      })
      return own.length === 0 ? prompt : { ...prompt, partials: Object.fromEntries(own.sort()) }
    })
}

/**
 * The placeholders of a prompt and its partials: what a partial is given by name (`{{> card name=user}}`) it does not
 * ask for, and one that is given a value of its own to stand on (`{{> card user}}`) asks for nothing of the prompt's.
 */
export function placeholdersWith({
  body,
  partials = {},
}: {
  readonly body: string
  readonly partials?: Readonly<Record<string, string>> | undefined
}): string[] {
  const texts = [body, ...Object.values(partials)]
  const calls = texts.flatMap((text) => [...text.matchAll(/\{\{~?#?>\s*([A-Za-z0-9_./-]+)([^{}]*)\}\}/g)])
  const given = new Set<string>()
  const standing = new Set<string>()
  const used = placeholdersOf(body)
  for (const [, name = '', rest = ''] of calls)
    for (const word of rest.trim().split(/\s+/).filter(Boolean)) {
      const [key = '', value] = word.split('=')
      if (value === undefined) standing.add(name)
      else given.add(key)
      used.push(...placeholdersOf(`{{${value ?? key}}}`))
    }
  for (const [name, text] of Object.entries(partials)) if (!standing.has(name)) used.push(...placeholdersOf(text))
  return [...new Set(used)].filter((name) => !given.has(name) || placeholdersOf(body).includes(name))
}

const isPartial = ({ name }: ParsedPrompt): boolean => name.startsWith('_')

/** Every partial that a template leads to, and not one that an inline block of the template defines. */
function reachable(body: string, partials: ReadonlyMap<string, ParsedPrompt>): Set<string> {
  const found = new Set<string>()
  const walk = (text: string) => {
    const inline = [...text.matchAll(/\{\{#\*inline\s+["']([^"']+)["']/g)].map(([, name]) => name)
    for (const name of partialsNamed(text)) {
      if (found.has(name) || inline.includes(name) || name === '@partial-block') continue
      found.add(name)
      walk(partials.get(name)?.body ?? '')
    }
  }
  walk(body)
  return found
}

const unknownPartial = (prompt: string, name: string, have: readonly string[]): Problem => ({
  file: `prompts/${prompt}.prompt`,
  field: name,
  message: `there is no partial ${name}`,
  remedy: `Add it as prompts/_${name}.prompt${have.length > 0 ? `, or choose one of ${have.join(', ')}` : ''}.`,
})
