/** A flow: the declared steps that turn a conversation into an answer. A plain prompt is a flow of one step. */
import { z } from 'zod'
import { StepRoute } from './step-route.ts'

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a step id has lower-case letters, digits and hyphens')

export const Step = z.discriminatedUnion('use', [
  z.object({
    id,
    /** Finds passages for the question in the release's index. */
    use: z.literal('retrieve'),
    query: z.enum(['last-user-turn', 'all-user-turns']).default('last-user-turn'),
    /** How many passages the following steps get. */
    k: z.number().int().min(1).max(100).default(4),
    /** How deep the ranking is kept for evaluators of retrieval; k when not said. */
    depth: z.number().int().min(1).max(1000).optional(),
  }),
  z.object({
    id,
    /** Ends with `answer` when the best passage scores below the threshold, or there is none. */
    use: z.literal('abstain'),
    bestScoreBelow: z.number().min(0),
    answer: z.string().min(1),
  }),
  z.object({
    id,
    /** Renders a prompt with the conversation and the passages and asks a model of the release. */
    use: z.literal('generate'),
    prompt: z.string().min(1),
    model: z.string().min(1),
    /** Other models of the release that answer in its place, by what is asked or how they stand. */
    route: StepRoute.optional(),
    /** Models of the release that are asked in this order, when the one before fails before its first word. */
    fallbacks: z.array(z.string().min(1)).min(1).max(4).optional(),
    /** How long a model may be silent before the next is asked, in milliseconds; the last one may take its time. */
    firstWordMs: z.number().int().min(100).max(600_000).optional(),
    /**
     * How often a model is asked again when one failed before its first word: another one, or the same after a pause. As
     * often as there are others where it is not said; a model that is alone is asked once.
     */
    retries: z.number().int().min(1).max(10).optional(),
    /** How often the model is asked again with what its tools said; 4 where it is not said. Then the answer fails. */
    toolRounds: z.number().int().min(1).max(20).optional(),
  }),
  z.object({
    id,
    /** Asks the existing application that `target` in airworthy.yaml names. */
    use: z.literal('call-target'),
  }),
])
export type Step = z.infer<typeof Step>

export const Flow = z.object({ steps: z.array(Step).min(1) })
export type Flow = z.infer<typeof Flow>

/** An existing application that is brought along the path as it is. */
export const Target = z.object({
  kind: z.enum(['openai', 'http']),
  /** For `openai` the base URL that ends in /v1; for `http` the address that takes `{messages}` and answers `{answer}`. */
  url: z.url({ protocol: /^https?$/ }).max(2000),
  model: z.string().default('default'),
  /** Name of the environment variable or provider credential that holds its key. */
  credential: z.string().optional(),
  timeoutMs: z.number().int().positive().default(30_000),
})
export type Target = z.infer<typeof Target>
