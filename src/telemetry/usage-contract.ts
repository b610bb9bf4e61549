/** What was used and what it cost: of one request, and of all by whatever they have in common. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Charge } from '../core/usage.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Page, route } from '../wire/route.ts'
import { Settled, TraceId } from './settled.ts'

export const Counts = z.object({
  requests: z.number().int(),
  errors: z.number().int(),
  cancelled: z.number().int(),
  abstained: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Of those whose cost is known. */
  costMicroUsd: MicroUsd,
  /** Requests whose cost is known. Where there are none, the cost is not zero but unknown. */
  priced: z.number().int(),
  /** Requests that used something whose price is not known; their cost is in no sum, and is not zero. */
  unpriced: z.number().int(),
  /** What those took, in and out. */
  unpricedTokens: z.number().int(),
  /** Of complete requests; null when there were none, and when they were not asked for. */
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
})

export type Counts = z.infer<typeof Counts>

/** What a request cost then, and what it comes to when it is computed again under its price book of that day. */
export const TraceCost = z.object({
  traceId: TraceId,
  /** `price_unknown` when a part of it has no price; never zero for that. */
  kind: z.enum(['priced', 'price_unknown']),
  costMicroUsd: MicroUsd.nullable(),
  priceBook: Settled.shape.priceBook,
  /** agrees · differs · cannot: no charge or book was kept, as for requests that other programs told us of. */
  again: z.enum(['agrees', 'differs', 'cannot']),
  againMicroUsd: MicroUsd.nullable(),
  charges: z.array(Charge.extend({ costMicroUsd: MicroUsd.nullable() })),
})
export type TraceCost = z.infer<typeof TraceCost>

export const getTraceCost = route({
  name: 'getTraceCost',
  method: 'GET',
  path: '/api/v1/traces/:id/cost',
  summary: "Compute a request's cost again under its price book of that day",
  permission: 'view',
  mcp: true,
  params: z.object({ id: TraceId }),
  returns: { 200: TraceCost },
})

/** A request whose cost could not be computed to the same amount again. */
export const RecomputedTrace = TraceCost.pick({
  traceId: true,
  again: true,
  costMicroUsd: true,
  againMicroUsd: true,
  priceBook: true,
}).extend({ at: Instant, application: z.string().nullable(), models: z.array(z.string()) })
export type RecomputedTrace = z.infer<typeof RecomputedTrace>

export const Recomputed = z.object({
  /** Requests of this page that were computed again; those that asked no model are left out. */
  checked: z.number().int(),
  agrees: z.number().int(),
  differs: z.number().int(),
  /** Their price book or what they were charged for is not kept. */
  cannot: z.number().int(),
  /** Those that differ or cannot be computed. */
  items: z.array(RecomputedTrace),
  next: z.string().nullable(),
})
export type Recomputed = z.infer<typeof Recomputed>

export const recomputeCosts = route({
  name: 'recomputeCosts',
  method: 'GET',
  path: '/api/v1/usage/recomputed',
  summary: 'Compute the cost of old requests again, each under its price book of that day, and name those that differ',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    /** The last 30 days when left out. */
    since: Instant.optional(),
    /** Before this instant. */
    until: Instant.optional(),
    application: Name.optional(),
  }),
  returns: { 200: Recomputed },
})

/** What requests may be counted by. `team` and `feature` stand in a request's metadata, `day` is one of UTC. */
export const UsageGroup = z.enum(['application', 'key', 'team', 'user', 'feature', 'model', 'release', 'day'])
export type UsageGroup = z.infer<typeof UsageGroup>

export const UsageQuery = z.object({
  /** One to four of them with commas, in the order of the columns. */
  by: z
    .string()
    .default('application')
    .transform((text) => text.split(',').map((word) => word.trim()))
    .pipe(
      z
        .array(UsageGroup)
        .min(1)
        .max(4, 'at most four at once')
        .refine((by) => new Set(by).size === by.length, 'each once'),
    ),
  /** The last 30 days when left out. */
  since: Instant.optional(),
  /** Before this instant. */
  until: Instant.optional(),
  application: Name.optional(),
  release: ReleaseId.optional(),
  model: z.string().max(300).optional(),
  /** `false` leaves them out: sorting all of a month is most of the work. */
  latencies: z.enum(['true', 'false']).optional(),
})
export type UsageQuery = z.infer<typeof UsageQuery>

/** Beside it what answers saved that were kept and given again, to the same question or to one in other words. */
export const UsageCounts = Counts.extend({
  /** Requests that were given a kept answer, or one that another request was given at the same time. */
  keptAnswers: z.number().int(),
  /** Of these, those whose question was asked in other words. */
  keptByMeaning: z.number().int(),
  /** Of all requests; null where there are none. */
  keptShare: z.number().nullable(),
  /**
   * What these answers had cost when they were made; what looking them up cost stands in the cost. Null where there are
   * some and of none of them the price is known.
   */
  savedMicroUsd: MicroUsd.nullable(),
  /** Kept answers whose price was not known; they are in no sum, and saved no zero. */
  savedUnpriced: z.number().int(),
})
export type UsageCounts = z.infer<typeof UsageCounts>

export const UsageByRow = UsageCounts.extend({
  /** Null where the requests do not say. */
  group: z.partialRecord(UsageGroup, z.string().nullable()),
  cacheReadTokens: z.number().int(),
  /** The requests themselves, as a path of this API; null where one of the group is not said. */
  traces: z.string().nullable(),
})
export type UsageByRow = z.infer<typeof UsageByRow>

export const getUsageBy = route({
  name: 'getUsageBy',
  method: 'GET',
  path: '/api/v1/usage',
  summary: 'Requests, tokens, cost and latency by application, key, team, user, feature, model, release or day',
  permission: 'view',
  mcp: true,
  query: UsageQuery,
  returns: {
    200: z.object({
      since: Instant,
      until: Instant,
      by: z.array(UsageGroup),
      total: UsageCounts,
      items: z.array(UsageByRow),
      /** True when there were more rows than are given; the total counts all. */
      isCut: z.boolean(),
    }),
  },
})

export const getUsageCsv = route({
  name: 'getUsageCsv',
  method: 'GET',
  path: '/api/v1/usage.csv',
  summary: 'The same as a table for a spreadsheet',
  permission: 'view',
  query: UsageQuery,
  raw: 'bytes',
  gives: ['text/csv'],
  returns: { 200: null },
})
