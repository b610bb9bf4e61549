/** Shapes that every run of probes has: what it takes, how it ended, a rate with its limit. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'

export const ProbeQuote = z.object({
  calls: z.number().int(),
  /** Null when a price is not known; unknown is never 0. */
  costMicroUsd: MicroUsd.nullable(),
  /** At two seconds an answer, and no faster than a cap on requests allows. */
  minutes: z.number(),
})
export type ProbeQuote = z.infer<typeof ProbeQuote>

/** cost: the budget was used up · cap: a cap of ours refused · errors: hardly anything was answered. */
export const StoppedBy = z.enum(['cost', 'cap', 'errors'])
export type StoppedBy = z.infer<typeof StoppedBy>

/** What was not answered, by code, with the words of the last. */
export const ProbeError = z.object({ what: z.string(), message: z.string(), count: z.number().int() })
export type ProbeError = z.infer<typeof ProbeError>

export const Rate = z.object({ value: z.number(), n: z.number().int(), interval: Interval })
export type Rate = z.infer<typeof Rate>

/** What is known of a run beside its plan and its result. */
export const probeRunFields = {
  /** The job; `/api/v1/jobs/:id/cancel` ends it. */
  id: z.string(),
  application: Name,
  release: ReleaseId,
  state: z.string(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable(), message: z.string() }),
  error: z.string().nullable(),
  quote: ProbeQuote,
  createdAt: Instant,
}

/** What every start may say. */
export const startFields = {
  /** Makes the probes of an earlier run again; others each time when left out. */
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  /** So many probes at the same time. */
  concurrency: z.number().int().min(1).max(16).default(4),
  maxCostMicroUsd: MicroUsd.optional(),
  dryRun: z.boolean().default(false),
}
