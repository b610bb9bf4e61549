/**
 * Tools of a release: what a model may call while it answers, with which arguments, what that changes, and who makes
 * the call. They are parts of the release, by digest. What stands behind an address is not, and is said to be outside.
 */
import { z } from 'zod'
import { Digest, digestOf } from '../kernel/digest.ts'
import { Fingerprint } from './fingerprint.ts'
import { ArgumentsSchema, ToolSchema } from './tool-schema.ts'
import { stubProblems, ToolStub } from './tool-stub.ts'

/** What every dialect takes as the name of a function. */
export const ToolName = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/,
    'the name of a tool begins with a letter and has up to 64 of a-z, 0-9, _ and -',
  )

/** read: it changes nothing, and may be called in a rehearsal and once more after a failure · write: neither. */
export const ToolEffect = z.enum(['read', 'write'])
export type ToolEffect = z.infer<typeof ToolEffect>

/**
 * client: the call is handed to whoever asked · http: the release calls an address itself · stub: it answers what is
 * written here, until the system that it stands in for is connected.
 */
export const ToolCaller = z.discriminatedUnion('kind', [
  ToolStub,
  z.strictObject({ kind: z.literal('client') }),
  z.strictObject({
    kind: z.literal('http'),
    /** Takes the arguments as a JSON body by POST, and answers with the result. */
    url: z.url({ protocol: /^https?$/ }).max(2000),
    /** Name of the environment variable or provider credential that holds its key. */
    credential: z.string().min(1).optional(),
    /** For one call, to its last byte, in milliseconds. */
    timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
    /** How often a call that failed is made again; never where the tool writes. */
    retries: z.number().int().min(0).max(3).default(0),
    /** Of what stands behind the address; without it a change there is not seen. */
    fingerprint: Fingerprint.optional(),
  }),
])
export type ToolCaller = z.infer<typeof ToolCaller>

const said = {
  /** What the model is told that it is for. */
  description: z.string().trim().min(1).max(1000),
  effect: ToolEffect,
  call: ToolCaller,
  /** Each call waits for an overseer of the application, who lets it be made, or not. */
  hold: z.literal(true).optional(),
}

/** `tools/<name>.yaml`. */
export const ToolFile = z
  .strictObject({
    ...said,
    arguments: ArgumentsSchema.default({ type: 'object', properties: {} }),
    /** What its result has to fit, as JSON; any text where it is not said. */
    returns: ToolSchema.optional(),
  })
  .superRefine(({ effect, call, returns, hold }, context) => {
    if (hold && (effect !== 'write' || call.kind !== 'http'))
      context.addIssue({
        code: 'custom',
        path: ['hold'],
        message:
          'only a call that writes (`effect: write`) at an address (`call.kind: http`) waits for a person; remove it',
      })
    if (call.kind === 'stub')
      for (const { at, field, message } of stubProblems(call, returns))
        context.addIssue({ code: 'custom', path: ['call', 'answers', at, field], message: `${field} ${message}` })
    if (effect === 'write' && call.kind === 'http' && call.retries > 0)
      context.addIssue({
        code: 'custom',
        path: ['call', 'retries'],
        message: 'what writes is not called again: whether the first call was done is not known',
      })
  })
export type ToolFile = z.infer<typeof ToolFile>

/** Read at the door already. A schema that holds itself has no end in OpenAPI, so here it is any object. */
const ReadSchema = z.record(z.string(), z.unknown()) as unknown as z.ZodType<ToolSchema>

/** A tool as it is frozen: all that was said of it, under a digest of its own. */
export const ToolPart = z.object({
  name: z.string(),
  digest: Digest,
  tool: z.object({ ...said, arguments: ReadSchema, returns: ReadSchema.optional() }),
  /** Why it can change under its name; null never, as whoever runs a tool can change it. */
  mutable: z.string(),
})
export type ToolPart = z.infer<typeof ToolPart>

export const toolPart = ({ name, ...tool }: ToolFile & { readonly name: string }): ToolPart => ({
  name,
  digest: digestOf(tool),
  tool,
  mutable:
    tool.call.kind === 'http'
      ? `It is run by others at ${new URL(tool.call.url).host} and can change behind its address${tool.call.fingerprint ? '; its fingerprint is watched' : ''}.`
      : tool.call.kind === 'stub'
        ? 'It stands in for a system that is not connected yet, which may answer something else.'
        : 'It is run by whoever asks, and each may run another.',
})

/** Names of tools that stand in for a system that is not connected yet. */
export const stubsIn = ({ tools = [] }: { readonly tools?: readonly ToolPart[] | undefined }): string[] =>
  tools.filter(({ tool }) => tool.call.kind === 'stub').map(({ name }) => name)

/** Names in the front matter of a prompt (Dotprompt's `tools`); undefined where they are no list of names. */
export function toolsNamed({ tools }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  if (tools === undefined || tools === null) return []
  return Array.isArray(tools) && tools.every((name) => typeof name === 'string') ? tools : undefined
}

/** How often a model is asked again with what its tools said, when a step does not say. */
export const TOOL_ROUNDS = 4

/** The tools of a release that a step of its flow offers to the model. */
export function toolsOfStep(
  {
    tools = [],
    prompts,
  }: {
    readonly tools?: readonly ToolPart[] | undefined
    readonly prompts: readonly { readonly name: string; readonly frontMatter: Readonly<Record<string, unknown>> }[]
  },
  step: { readonly prompt: string },
): ToolPart[] {
  if (tools.length === 0) return []
  const prompt = prompts.find(({ name }) => name === step.prompt)
  const names = (prompt && toolsNamed(prompt.frontMatter)) ?? []
  return names.flatMap((name) => tools.find((part) => part.name === name) ?? [])
}

/** The kind of the step that a call is recorded in. */
export const TOOL_STEP = 'tool' as const
/** Attributes of that step that have no standard name. */
export const TOOL_ATTRIBUTES = {
  digest: 'airworthy.tool.digest',
  effect: 'airworthy.tool.effect',
  by: 'airworthy.tool.by',
  outcome: 'airworthy.tool.outcome',
  attempts: 'airworthy.tool.attempts',
} as const

/**
 * answered: its result went to the model · failed: why it failed did · refused: it was not made, and the model was told
 * why · handed-out: whoever asked has it · withheld: it writes, and the run may only read · held: an overseer decides
 * whether it is made.
 */
export const ToolOutcome = z.enum(['answered', 'failed', 'refused', 'handed-out', 'withheld', 'held'])
export type ToolOutcome = z.infer<typeof ToolOutcome>

/** `Reads “orders” at shop.example`. */
export function toolInWords({ name, tool: { effect, call, hold } }: Pick<ToolPart, 'name' | 'tool'>): string {
  const does = effect === 'read' ? 'reads' : `writes${hold ? ' when a person lets it' : ''}`
  if (call.kind === 'stub') return `${name}, a stub for what ${does}`
  return call.kind === 'http'
    ? `${name}, which ${does} at ${new URL(call.url).host}`
    : `${name}, which ${does} and is called by whoever asks`
}
