/** Routes of the cache by meaning: what is known of its false hits, and measuring them. */
import { z } from 'zod'
import { EvidenceId, Interval } from '../../core/evidence.ts'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

const Rate = z.object({
  /** Null where there is no such pair. */
  value: z.number().nullable(),
  n: z.number().int(),
  interval: Interval.optional(),
})

export const MeaningMeasured = z.object({
  evidence: EvidenceId,
  at: Instant,
  /** Of pairs of different questions, the share that is taken for the same. */
  falseHits: Rate,
  /** Of pairs of the same question in other words, the share that is found. */
  hits: Rate,
  /** The least threshold that keeps the limit on the pairs of the split `build`; null where none does, or there are none. */
  chosenThreshold: z.number().nullable(),
  /** Parts of a vector. */
  dimensions: z.number().int(),
})

export const MeaningStanding = z.object({
  release: ReleaseId,
  /** none: the release compares no meanings · missing: nobody measured · stale: measured with something else · above: too many false hits · held: in force beyond the sandbox · off: switched off. */
  state: z.enum(['none', 'missing', 'stale', 'above', 'held', 'off']),
  words: z.string(),
  model: z.string().nullable(),
  threshold: z.number().nullable(),
  mostFalseHits: z.number().nullable(),
  /** The newest that holds; null where none does. */
  measured: MeaningMeasured.nullable(),
})
export type MeaningStanding = z.infer<typeof MeaningStanding>

const params = z.object({ id: ReleaseId })

export const getMeaningStanding = route({
  name: 'getMeaningStanding',
  method: 'GET',
  path: '/api/v1/releases/:id/cache-by-meaning',
  summary: 'Whether a release may give answers again to questions in other words, and what its false hits are',
  permission: 'view',
  mcp: true,
  params,
  returns: { 200: MeaningStanding },
})

export const measureMeaning = route({
  name: 'measureMeaning',
  method: 'POST',
  path: '/api/v1/releases/:id/cache-by-meaning',
  summary: 'Measure on labelled pairs how often a release takes different questions for the same, as evidence',
  permission: 'build',
  mcp: true,
  params,
  returns: { 200: MeaningStanding.extend({ costMicroUsd: MicroUsd.nullable() }) },
})
