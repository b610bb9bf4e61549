/**
 * Can a release take over from another, and give back again, without what was kept meanwhile being unreadable? Pure.
 *
 * An index is frozen into its release, so it always fits. What does not fit is what lives outside of both: inputs that
 * callers send, the shape of answers that callers read, and the application behind a target.
 */
import { z } from 'zod'
import { fallbacksInWords } from '../core/fallbacks.ts'
import type { Manifest } from '../core/manifest.ts'
import { routesInWords } from '../core/routed-models.ts'
import type { ToolPart } from '../core/tool.ts'
import { canonicalJson } from '../kernel/digest.ts'

export const Compatibility = z.object({
  what: z.enum(['index', 'memory', 'prompt-inputs', 'answer-shape', 'tools', 'target', 'routes', 'fallbacks']),
  fits: z.boolean(),
  words: z.string(),
})
export type Compatibility = z.infer<typeof Compatibility>

/** What happens to each kind of state when `to` takes over from `from`. */
export function compatibilityOf(from: Manifest, to: Manifest): Compatibility[] {
  return [
    indexOf(to),
    memory,
    promptInputs(from, to),
    answerShape(from, to),
    toolsOf(from, to),
    target(from, to),
    routes(to),
    fallbacks(to),
  ]
}

export const incompatibleParts = (from: Manifest, to: Manifest): Compatibility[] =>
  compatibilityOf(from, to).filter(({ fits }) => !fits)

const indexOf = ({ index }: Manifest): Compatibility => ({
  what: 'index',
  fits: true,
  words: index
    ? `Its index of ${index.passages} passages is frozen into the release and comes back with it.`
    : 'It searches no index.',
})
const memory: Compatibility = {
  what: 'memory',
  fits: true,
  words: 'No release keeps memory of its own; conversations are sent whole by the client.',
}
/**
 * What stands behind a tool is shared by both releases: callers that make the calls, or an address. Each knows the
 * arguments of now. Tools of a target are its own, and it may change them with or without a release.
 */
function toolsOf(from: Manifest, to: Manifest): Compatibility {
  const [before, after] = [from.tools ?? [], to.tools ?? []]
  const wrong = [
    ...before.flatMap((tool) => whatIsLost(tool, after)),
    ...after
      .filter(({ name, tool }) => tool.call.kind === 'client' && !before.some((one) => one.name === name))
      .map(({ name }) => `callers do not know ${name}, which they have to call`),
  ]
  if (wrong.length > 0) return { what: 'tools', fits: false, words: `Its tools do not fit: ${wrong.join('; ')}.` }
  if (after.length === 0)
    return {
      what: 'tools',
      fits: true,
      words: to.target
        ? 'Its flow calls no tools; those of its target are not known here.'
        : 'Its flow calls no tools.',
    }
  return { what: 'tools', fits: true, words: `Its tools ${after.map(({ name }) => name).join(', ')} are asked as now.` }
}

/** An address that is called no more misses nothing; a caller waits for a call that it has been handed. */
function whatIsLost({ name, tool }: ToolPart, after: readonly ToolPart[]): string[] {
  const other = after.find((one) => one.name === name)
  if (!other)
    return tool.call.kind === 'client'
      ? [`${name} is gone, and a conversation that waits for its result cannot go on`]
      : []
  const required = other.tool.arguments.required ?? []
  const lost = (tool.arguments.required ?? []).filter((argument) => !required.includes(argument))
  return lost.length === 0 ? [] : [`${name} may be called without ${lost.join(', ')}, which is always sent now`]
}

/** The same holds of the targets of a route as of fallbacks. */
function routes(to: Manifest): Compatibility {
  const said = [...routesInWords(to)].map(([step, words]) => `The route of ${step} asks ${words}.`)
  const words =
    said.length === 0 ? 'Its steps have no routes.' : `${said.join(' ')} Each gets the same prompt and conversation.`
  return { what: 'routes', fits: true, words }
}

/** A fallback gets the same prompt and the same conversation, so whatever fits the model that is meant fits it. */
function fallbacks(to: Manifest): Compatibility {
  const said = fallbacksInWords(to)
  const words =
    said.length === 0 ? 'It falls back to nobody.' : `${said.join(' ')} Each gets the same prompt and conversation.`
  return { what: 'fallbacks', fits: true, words }
}

function promptInputs(from: Manifest, to: Manifest): Compatibility {
  const known = inputsOf(from)
  const missing = [...inputsOf(to)].filter((name) => !known.has(name))
  return missing.length === 0
    ? { what: 'prompt-inputs', fits: true, words: 'Its prompts ask for nothing that callers do not send now.' }
    : {
        what: 'prompt-inputs',
        fits: false,
        words: `Its prompts demand ${missing.join(', ')}, which callers do not send to the other release.`,
      }
}

/** Names that the front matter of a prompt declares under `input.schema`, without those that may be left out. */
function inputsOf({ prompts }: Manifest): Set<string> {
  return new Set(
    prompts.flatMap(({ frontMatter: { input } }) => {
      const schema = isRecord(input) ? input.schema : undefined
      return isRecord(schema) ? Object.keys(schema).filter((name) => !name.endsWith('?')) : []
    }),
  )
}

function answerShape(from: Manifest, to: Manifest): Compatibility {
  const [before, after] = [shapeOf(from), shapeOf(to)]
  return before === after
    ? { what: 'answer-shape', fits: true, words: 'Answers have the same shape.' }
    : {
        what: 'answer-shape',
        fits: false,
        words: 'Answers have another shape (`output` of a prompt), and callers read the one of now.',
      }
}

const shapeOf = ({ prompts }: Manifest): string =>
  canonicalJson(prompts.map(({ name, frontMatter }) => [name, frontMatter.output ?? null]))

function target(from: Manifest, to: Manifest): Compatibility {
  if (from.target?.url === to.target?.url)
    return { what: 'target', fits: true, words: to.target ? 'It asks the same target.' : 'It asks no target.' }
  return {
    what: 'target',
    fits: false,
    words: `It asks ${to.target?.url ?? 'no target'} instead of ${from.target?.url ?? 'none'}, whose state is kept elsewhere and is not given back.`,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
