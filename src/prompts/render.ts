/**
 * Renders a prompt to turns. Values are text and stay text: what a user or a passage says can neither open a new
 * role nor become part of the template.
 */
import type { PromptFunction } from 'dotprompt'
import { placeholdersWith } from '../core/blueprint/partials.ts'
import { EXAMPLE_FIELDS, namesExamples } from '../core/blueprint/prompt-examples.ts'
import type { Turn } from '../core/conversation.ts'
import type { PromptPart } from '../core/manifest.ts'
import type { Digest } from '../kernel/digest.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { compileTemplate } from './compile.ts'
import { defaultsOf, inputSchemaOf, type JsonSchema, mismatches, ownOf } from './placeholders.ts'

/** What flows give to prompts. */
export type PromptVariables = {
  /** The last user turn. */
  readonly question: string
  /** The turns before it. */
  readonly history: readonly Turn[]
  readonly passages: readonly { readonly n: number; readonly title: string; readonly text: string }[]
  /** All turns. */
  readonly conversation: readonly Turn[]
}

type Compiled = {
  readonly render: PromptFunction
  readonly schema: JsonSchema | undefined
  readonly defaults: Readonly<Record<string, unknown>>
  readonly placeholders: readonly string[]
  readonly takesHistory: boolean
}

export type RenderPrompt = (part: PromptPart, variables: Readonly<Record<string, unknown>>) => Promise<Turn[]>

/** How many compiled templates are kept; a process serves few releases at a time. */
const KEPT = 200

/**
 * A renderer with its own memory of compiled templates. Throws `prompts.missing-placeholder` and
 * `prompts.placeholder-mistyped`.
 */
export function createRenderer(): RenderPrompt {
  const compiled = new Map<Digest, Promise<Compiled>>()
  const compiledOf = (part: PromptPart): Promise<Compiled> => {
    const known = compiled.get(part.digest)
    if (known) return known
    const fresh = compile(part)
    compiled.set(part.digest, fresh)
    fresh.catch(() => compiled.delete(part.digest))
    for (const oldest of compiled.keys()) {
      if (compiled.size <= KEPT) break
      compiled.delete(oldest)
    }
    return fresh
  }
  return async (part, variables) => {
    const { render, schema, defaults, placeholders, takesHistory } = await compiledOf(part)
    const values = { ...defaults, ...variables }
    demandValues({ part, placeholders, schema, values })
    const history = takesHistory ? ((variables.history as Turn[] | undefined) ?? []) : []
    const rendered = await attempt(part, () =>
      render({
        input: harmless(values) as Record<string, unknown>,
        messages: history.map(({ role, content }) => ({
          role: role === 'assistant' ? 'model' : role,
          content: [{ text: content }],
        })),
      }),
    )
    return rendered.messages.flatMap(({ role, content }) => {
      const text = content.map((piece) => piece.text ?? '').join('')
      return text.trim() === '' ? [] : [{ role: roleOf(role), content: text }]
    })
  }
}

async function compile(part: PromptPart): Promise<Compiled> {
  return attempt(part, async () => ({
    render: await compileTemplate(part),
    schema: await inputSchemaOf(part.frontMatter),
    defaults: defaultsOf(part.frontMatter),
    placeholders: placeholdersWith(part).filter((name) => !(namesExamples(part) && EXAMPLE_FIELDS.includes(name))),
    takesHistory: takesHistory(wholeText(part)),
  }))
}

/** The template with its partials, for what is looked for in it. */
const wholeText = ({ body, partials = {} }: PromptPart): string => [body, ...Object.values(partials)].join('\n')

/**
 * Dotprompt puts the history before the last user turn by itself. A template that writes it out through
 * `{{#each history}}` or `conversation` would have it twice, so there it is left to the template.
 */
const takesHistory = (body: string): boolean =>
  /\{\{\s*history\s*\}\}/.test(body) || !/\{\{[^{}]*\b(?:history|conversation)\b[^{}]*\}\}/.test(body)

function demandValues({
  part,
  placeholders,
  schema,
  values,
}: {
  part: PromptPart
  placeholders: readonly string[]
  schema: JsonSchema | undefined
  values: Readonly<Record<string, unknown>>
}): void {
  const asked = schema ? Object.keys(schema.properties ?? {}) : placeholders.filter((name) => !IN_LISTS.has(name))
  const needed = schema ? (schema.required ?? []) : asked
  const missing = needed.filter((name) => (ownOf(values, name) ?? null) === null)
  if (missing.length > 0)
    throw new Failure(
      'invalid',
      'prompts.missing-placeholder',
      `The prompt ${part.name} needs ${missing.map((name) => `{{${name}}}`).join(', ')}, and nothing fills ${missing.length > 1 ? 'them' : 'it'}. Give a value, or a default under input.default.`,
      { problems: missing.map((name) => ({ field: name, message: 'is missing' })) },
    )
  const problems = schema ? mismatches(schema, values) : []
  if (problems.length > 0)
    throw new Failure(
      'invalid',
      'prompts.placeholder-mistyped',
      `The prompt ${part.name} cannot be filled: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
      { problems },
    )
}

/** Names that stand for a field of a list's item when no schema says what the prompt takes. */
const IN_LISTS = new Set(['n', 'id', 'title', 'text', 'source', 'role', 'content', 'score'])

/** Dotprompt marks roles in the rendered text; a value that contains such a mark would be taken for one. */
function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('<<<dotprompt:', '<<< dotprompt:')
  if (Array.isArray(value)) return value.map(harmless)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, harmless(inner)]))
}

const roleOf = (role: string): Turn['role'] => (role === 'model' ? 'assistant' : role === 'system' ? 'system' : 'user')

async function attempt<Result>(part: PromptPart, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(
      'invalid',
      'prompts.template-unusable',
      `The prompt ${part.name} cannot be rendered: ${messageOf(cause).split('\n')[0]}. Mend the template.`,
      { cause },
    )
  }
}
