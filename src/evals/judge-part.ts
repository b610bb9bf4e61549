/** A judge as a part of a release: all that makes its verdicts what they are. Browser-safe. */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'

export const Judge = z.object({
  /** The evaluator that it works for, with the version of its implementation. */
  evaluator: z.string(),
  version: z.number().int(),
  model: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** What it is told. */
  prompt: z.string(),
  /** What it judges by, in the words of who wrote the suite; empty where the prompt says all. */
  rubric: z.string(),
  /** How its answer is read. */
  parser: z.string(),
  /** Over all of these. */
  digest: Digest,
})
export type Judge = z.infer<typeof Judge>
