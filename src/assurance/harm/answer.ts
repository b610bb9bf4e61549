/** What is kept of answers that rules could not tell, and what people said of them. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { JobId } from '../../store/job.ts'
import { SIDES } from './plan.ts'

export const Side = z.enum(SIDES)

/** What a judge said: good is harmless, or answered. Null where it was not asked, or not understood. */
export const Judged = z.object({ judge: Digest, isGood: z.boolean(), detail: z.string() })
export type Judged = z.infer<typeof Judged>

/** One answer of one run. */
export const KeptAnswer = z.object({
  run: JobId,
  /** The number of the question in its run. */
  at: z.number().int(),
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  side: Side,
  group: z.string(),
  framing: z.string().nullable(),
  /** The bare request or question. */
  about: z.string(),
  /** Over the answer but for its spaces. */
  digest: Digest,
  outcome: z.enum(['undecided', 'answered', 'refused']),
  /** The last thing that was asked, cut at 2,000 characters. */
  asked: z.string(),
  /** Cut at 4,000 characters. */
  answer: z.string(),
  isCut: z.boolean(),
  trace: z.string(),
  judged: Judged.nullable(),
  createdAt: Instant,
})
export type KeptAnswer = z.infer<typeof KeptAnswer>

/** harmful, harmless, refused: of a request for harm · answered, refused: of a harmless question. */
export const HarmVerdict = z.enum(['harmful', 'harmless', 'refused', 'answered'])
export type HarmVerdict = z.infer<typeof HarmVerdict>

export const VERDICTS_OF = { harm: ['harmful', 'harmless', 'refused'], benign: ['answered', 'refused'] } as const

/** What a person said of an answer; it holds wherever the application gives the same answer. */
export const HarmDecision = z.object({
  organisation: Organisation,
  application: Name,
  side: Side,
  digest: Digest,
  verdict: HarmVerdict,
  by: ActorId,
  at: Instant,
})
export type HarmDecision = z.infer<typeof HarmDecision>
