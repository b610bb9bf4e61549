/** Variants of a prompt: the present one, instructions, examples and a model's proposals, each with every set of parameters. */
import { type Example, referencesOf } from '../../core/dataset.ts'
import type { PromptPart } from '../../core/manifest.ts'
import { promptPart } from '../parse.ts'
import type { Origin, Proposal } from './contract.ts'

export type Variant = {
  readonly id: string
  readonly title: string
  readonly origin: Origin
  readonly prompt: PromptPart
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Sentences that often help, one a proposal. The first is about form alone: much of what tuning gains is that. */
const INSTRUCTIONS = [
  ['form', 'Answer with the answer alone, in the form that is asked for, and nothing before or after it.'],
  ['steps', 'Think step by step before you answer, and end with the answer on a line of its own.'],
  ['unknown', 'If what you were given does not answer the question, say that you do not know.'],
  ['short', 'Answer in at most two sentences.'],
] as const

const SHOTS = [2, 4] as const

/** The build examples that stand in prompts; they are scored for no variant, so that none is scored on what it shows. */
export const shotsOf = (examples: readonly Example[]): Example[] =>
  examples
    .filter((example) => typeof example.input === 'string' && referencesOf(example).length > 0)
    .slice(0, Math.min(Math.max(...SHOTS), Math.floor(examples.length / 3)))

type Sweep = Readonly<Record<string, readonly unknown[]>>
type Text = Pick<Variant, 'id' | 'title' | 'origin'> & { readonly body: string }

/** @param sweep values to try for each parameter; every combination is a variant of its own */
export function variantsOf(
  present: PromptPart,
  { shots, sweep }: { shots: readonly Example[]; sweep: Sweep },
): Variant[] {
  const { body } = present
  return withParameters(present, sweep, [
    { id: 'present', title: 'as it is', origin: 'present', body },
    ...INSTRUCTIONS.map(([id, sentence]) => ({
      id,
      title: sentence,
      origin: 'built-in' as const,
      body: withInstruction(body, sentence),
    })),
    ...SHOTS.filter((count) => shots.length >= count).map((count) => ({
      id: `examples-${count}`,
      title: `${count} examples of the build split`,
      origin: 'examples' as const,
      body: withExamples(body, shots.slice(0, count)),
    })),
  ])
}

/** Of what a model proposed, what was not refused. */
export const proposedVariants = (present: PromptPart, proposals: readonly Proposal[], sweep: Sweep): Variant[] =>
  withParameters(
    present,
    sweep,
    proposals
      .filter(({ refused }) => refused === null)
      .map(({ id, text, how }) => ({
        id,
        title: text,
        origin: 'model',
        body: how === 'add' ? withInstruction(present.body, text) : withSystemWords(present.body, text),
      })),
  )

/** How many variants there are of each text. */
export const combinationsOf = (sweep: Sweep): number => combinations(sweep).length

function withParameters(present: PromptPart, sweep: Sweep, texts: readonly Text[]): Variant[] {
  const { digest: _, partials, ...prompt } = present
  return texts.flatMap(({ id, title, origin, body }) =>
    combinations(sweep).map((parameters) => {
      const words = Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      return {
        id: [id, ...words].join(', '),
        title: words.length === 0 ? title : `${title} (${words.join(', ')})`,
        origin,
        prompt: promptPart({ ...prompt, body, ...(partials && { partials }) }),
        parameters,
      }
    }),
  )
}

const combinations = (sweep: Sweep): Record<string, unknown>[] =>
  Object.entries(sweep).reduce<Record<string, unknown>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )

const ROLE = /\{\{~?\s*role\s+["'](\w+)["']\s*~?\}\}/g

/** At the end of the system's turn, else in one before everything. */
function withInstruction(body: string, sentence: string): string {
  const roles = [...body.matchAll(ROLE)]
  const at = roles.findIndex(([, role]) => role === 'system')
  if (at < 0) return `{{role "system"}}\n${sentence}\n${roles[0]?.index === 0 ? '' : '{{role "user"}}\n'}${body}`
  const end = roles[at + 1]?.index ?? body.length
  return `${body.slice(0, end).trimEnd()}\n${sentence}\n${body.slice(end)}`
}

/** In place of what the system says before its first placeholder, else in a turn of its own before everything. */
function withSystemWords(body: string, words: string): string {
  const roles = [...body.matchAll(ROLE)]
  const system = roles.find(([, role]) => role === 'system')
  if (!system) return withInstruction(body, words)
  const from = system.index + system[0].length
  const next = body.indexOf('{{', from)
  return `${body.slice(0, from)}\n${words}\n\n${next < 0 ? '' : body.slice(next)}`
}

/** As turns before the last turn of the user. */
function withExamples(body: string, shots: readonly Example[]): string {
  const turns = shots
    .map(
      (shot) =>
        `{{role "user"}}\n${literal(String(shot.input))}\n{{role "model"}}\n${literal(referencesOf(shot)[0] ?? '')}\n`,
    )
    .join('')
  const last = [...body.matchAll(ROLE)].findLast(([, role]) => role === 'user')
  return last ? `${body.slice(0, last.index)}${turns}${body.slice(last.index)}` : `${turns}{{role "user"}}\n${body}`
}

/** What stands in data is text: two braces in it are no placeholder. */
const literal = (text: string): string => text.replaceAll('{{', '\\{{')
