/** A run that another program made of the same application, as it said it: figures, parameters, tags, data, tests. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { EvidenceId } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const OutsideRunId = idOf('out')
export type OutsideRunId = z.infer<typeof OutsideRunId>

/** What is measured: one prompt, several steps together, or the whole application. */
export const OutsideKind = z.enum(['prompt', 'pipeline', 'application'])

export const OutsideFigure = z.object({
  name: z.string(),
  /** Null for what is no finite number. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Null where the run does not say how many. */
  n: z.number().nullable(),
  step: z.number().int(),
  at: Instant.nullable(),
})
export type OutsideFigure = z.infer<typeof OutsideFigure>

export const OutsideTest = z.object({
  suite: z.string(),
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'broken', 'skipped']),
  seconds: z.number().nullable(),
  /** Why it did not pass, cut after 500 characters. */
  message: z.string(),
})
export type OutsideTest = z.infer<typeof OutsideTest>

const Texts = z.record(z.string(), z.string())

/** What a reader makes of a report. */
export const ReadRun = z.object({
  producer: z.object({ name: z.enum(['mlflow', 'junit']), version: z.string() }),
  /** Its id where it was made; the digest of the report where it has none. */
  run: z.string(),
  name: z.string(),
  state: z.enum(['scheduled', 'running', 'finished', 'failed', 'killed']),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  figures: z.array(OutsideFigure),
  parameters: Texts,
  tags: Texts,
  datasets: z.array(z.object({ name: z.string(), digest: z.string(), source: z.string(), sourceType: z.string() })),
  /** Those that did not pass first, 5,000 at most; `counts` has all. */
  tests: z.array(OutsideTest),
  /** How many tests came out how; null where the report has none. */
  counts: z
    .object({ passed: z.number().int(), failed: z.number().int(), broken: z.number().int(), skipped: z.number().int() })
    .nullable(),
})
export type ReadRun = z.infer<typeof ReadRun>

export const OutsideRun = ReadRun.extend({
  id: OutsideRunId,
  organisation: Organisation,
  application: Name,
  /** The release that it measured, as somebody said or as its git commit says; null where nobody knows. */
  release: ReleaseId.nullable(),
  kind: OutsideKind.nullable(),
  /** Of the run as it was read: the same run that comes in again is not kept twice. */
  digest: Digest,
  /** What was recorded of it for gates. */
  evidence: z.array(EvidenceId),
  by: ActorId,
  at: Instant,
})
export type OutsideRun = z.infer<typeof OutsideRun>
