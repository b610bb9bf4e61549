/** Response times of an application, as a whole and by the parts of its flow. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Spread } from '../../core/spread.ts'
import { Stage } from '../../core/stage.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const PartTime = z.object({
  /** The id of the step; `ours` for what the gateway itself took. */
  part: z.string(),
  /** `retrieve`, `generate`, `tool`, `guardrail`, …; `ours` for what the gateway itself took. */
  kind: z.string(),
  /** Milliseconds a request, over those in which it ran; a step that ran twice counts with both. */
  ms: Spread,
  /** Of the time of all requests together, from 0 to 1; parts that run side by side may come to more than 1. */
  share: z.number(),
})
export type PartTime = z.infer<typeof PartTime>

export const ResponseTimes = z.object({
  since: Instant,
  until: Instant,
  /** Complete answers that were read: the newest 5,000 at most. */
  n: z.number().int(),
  /** There were more; the oldest of them are left out. */
  isCut: z.boolean(),
  /** From the request to its last byte, in milliseconds; null where nothing was answered. */
  latencyMs: Spread.nullable(),
  /** To the first piece, of streams. */
  firstTokenMs: Spread.nullable(),
  /** Tokens a second of streams, from their first piece to their last byte; of those that took a millisecond for it. */
  tokensPerSecond: Spread.nullable(),
  /** What takes most of the time first. */
  parts: z.array(PartTime),
})
export type ResponseTimes = z.infer<typeof ResponseTimes>

export const getResponseTimes = route({
  name: 'getResponseTimes',
  method: 'GET',
  path: '/api/v1/applications/:name/response-times',
  summary:
    'Response times by percentile, with n and intervals: as a whole, to the first token, and by part of the flow',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({
    stage: Stage.optional(),
    release: ReleaseId.optional(),
    /** The requests of a load run alone; without it probes are left out. */
    run: z.string().max(100).optional(),
    /** The last seven days when left out. */
    since: Instant.optional(),
    /** Before this instant; now when left out. */
    until: Instant.optional(),
  }),
  returns: { 200: ResponseTimes },
})
