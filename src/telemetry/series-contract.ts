/** How an application did over time, by release and arm. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Arm, RolloutId } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { route } from '../wire/route.ts'

export const SeriesPoint = z.object({
  /** Where the stretch begins; it lasts for `stepMs`. Stretches in which nobody asked are left out. */
  at: Instant,
  requests: z.number().int(),
  users: z.number().int(),
  errors: z.number().int(),
  refused: z.number().int(),
  /** Answers in which a guardrail of the release, or the filter of the provider, found something. */
  guardHits: z.number().int(),
  abstained: z.number().int(),
  /** Of complete requests; null when there were none. */
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  /** Of streams. */
  firstTokenP50Ms: z.number().nullable(),
  /** Of those whose cost is known. */
  costMicroUsd: MicroUsd,
  priced: z.number().int(),
})
export type SeriesPoint = z.infer<typeof SeriesPoint>

export const Series = z.object({
  since: Instant,
  until: Instant,
  stepMs: z.number().int(),
  /** One line of each release and arm that answered. */
  items: z.array(z.object({ release: ReleaseId, arm: Arm.nullable(), points: z.array(SeriesPoint) })),
})
export type Series = z.infer<typeof Series>

export const getSeries = route({
  name: 'getSeries',
  method: 'GET',
  path: '/api/v1/applications/:name/series',
  summary: 'Requests, users, errors, latency and cost over time, by release and arm',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({
    stage: Stage.optional(),
    rollout: RolloutId.optional(),
    /** The last day when left out; at most 90 days are read. */
    since: Instant.optional(),
    /** Before this instant; now when left out. */
    until: Instant.optional(),
    /** Into how many stretches the time is cut. */
    points: z.coerce.number().int().min(1).max(300).default(60),
  }),
  returns: { 200: Series },
})
