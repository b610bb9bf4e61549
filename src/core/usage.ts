/**
 * What an answer used, as it is priced and kept. One shape for whoever asks a model and for the record of it.
 *
 * Parts lie inside the whole: cached, audio and picture tokens inside `inputTokens`, those of reasoning, audio and
 * pictures inside `outputTokens`. `raw` is what the provider said, so that an old request can be read anew.
 */
import { z } from 'zod'
import { Instant } from '../kernel/time.ts'

const count = z.number().int().nonnegative()

export const Usage = z.object({
  inputTokens: count,
  outputTokens: count,
  /** True when we counted the tokens ourselves because the provider did not say, or the answer is a recording. */
  estimated: z.boolean(),
  cacheReadTokens: count.optional(),
  /** Into the cache, of both ages. */
  cacheWriteTokens: count.optional(),
  /** Of `cacheWriteTokens`, those that are kept for an hour; the others are kept for minutes. */
  cacheWriteHourTokens: count.optional(),
  /** Inside `outputTokens`. */
  reasoningTokens: count.optional(),
  inputAudioTokens: count.optional(),
  /** Inside both `cacheReadTokens` and `inputAudioTokens`. */
  cacheReadAudioTokens: count.optional(),
  outputAudioTokens: count.optional(),
  inputImageTokens: count.optional(),
  outputImageTokens: count.optional(),
  /** Pictures made, where a provider bills them by piece. */
  pictures: count.optional(),
  /** Calls of the provider's own tools by name, for example `web_search`. */
  toolCalls: z.record(z.string(), count).optional(),
  /** The provider's word for how it was served, for example `flex`, `priority` or `batch`; absent for the usual way. */
  tier: z.string().max(40).optional(),
  /** The numbers of the provider's `usage` as it sent them, by dotted path. */
  raw: z.record(z.string(), z.number()).optional(),
})
export type Usage = z.infer<typeof Usage>

/** One answer of a model as it was priced: under the same book it comes to the same amount for ever. */
export const Charge = z.object({
  /** Whose price it is, `provider/model`; for a recording the model that was recorded. */
  model: z.string(),
  at: Instant,
  usage: Usage,
})
export type Charge = z.infer<typeof Charge>
