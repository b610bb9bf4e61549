/** Whether an application gives whole answers again to who asks exactly the same, and to whom. */
import { z } from 'zod'

export const AnswerCaching = z.strictObject({
  /** How long an answer is given again; a day at most, because what people asked is in it. */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
  /** user: the same user of the same key · key: whoever asks with it · everybody: whoever may ask the application. */
  sharedBy: z.enum(['user', 'key', 'everybody']).default('user'),
})
export type AnswerCaching = z.infer<typeof AnswerCaching>
