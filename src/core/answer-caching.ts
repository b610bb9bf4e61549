/** Whether an application gives whole answers again to who asks the same, and to whom. */
import { z } from 'zod'

/** Also to who asks the same in other words. Beyond the sandbox only while its false hits are measured and few. */
export const CacheByMeaning = z.strictObject({
  /** The model that makes vectors of questions, by its name among the models of the blueprint. */
  model: z.string().min(1),
  /** The least cosine of two questions that are taken for the same. */
  threshold: z.number().gt(0).lte(1),
  /** The dataset of pairs of questions on which it is measured: `metadata.other`, and `metadata.same`. */
  pairs: z.string().min(1),
  /** The most that the share of different questions taken for the same may be, as its upper bound at 95 %. */
  mostFalseHits: z.number().positive().max(0.1).default(0.01),
})
export type CacheByMeaning = z.infer<typeof CacheByMeaning>

export const AnswerCaching = z.strictObject({
  /** How long an answer is given again; a day at most, because what people asked is in it. */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
  /** user: the same user of the same key · key: whoever asks with it · everybody: whoever may ask the application. */
  sharedBy: z.enum(['user', 'key', 'everybody']).default('user'),
  byMeaning: CacheByMeaning.optional(),
})
export type AnswerCaching = z.infer<typeof AnswerCaching>
