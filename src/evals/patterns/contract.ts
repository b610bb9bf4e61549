/** The route of usage patterns: who asks what, how it went, and what of it changed since the period before. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const PatternShare = z.object({
  count: z.number().int(),
  /** Out of how many. */
  n: z.number().int(),
  /** Null where nothing was counted. */
  share: z.number().nullable(),
  /** By user; null for a single user, of whom nothing can be said of others. */
  interval: Interval.nullable(),
})
export type PatternShare = z.infer<typeof PatternShare>

/** `not-shown`: the difference may be chance · `too-few`: not enough requests or users to say. */
export const PatternChange = z.enum(['more', 'less', 'not-shown', 'too-few'])
export type PatternChange = z.infer<typeof PatternChange>

export const PatternFigure = z.object({
  /** `outcome`: how it went · `intent`: what was asked, by its words · others: a segment that requests name. */
  kind: z.enum(['outcome', 'intent', 'stage', 'feature', 'team']),
  /** For intents the words that weigh most; never a question itself. */
  name: z.string(),
  now: PatternShare,
  before: PatternShare,
  /** Now minus before; null where one of them is unknown. */
  difference: z.number().nullable(),
  change: PatternChange,
  /** Corrected for the number of figures; null with `too-few`. */
  p: z.number().nullable(),
})
export type PatternFigure = z.infer<typeof PatternFigure>

export const PatternPeriod = z.object({
  since: Instant,
  until: Instant,
  requests: z.number().int(),
  users: z.number().int(),
  /** The newest so many were looked at. */
  looked: z.number().int(),
})
export type PatternPeriod = z.infer<typeof PatternPeriod>

export const UsagePatterns = z.object({
  application: Name,
  now: PatternPeriod,
  before: PatternPeriod,
  /** Days of UTC of both periods, the oldest first; a day without requests is there with 0. */
  days: z.array(z.object({ day: z.string(), requests: z.number().int(), users: z.number().int() })),
  /** The most frequent first within each kind. */
  figures: z.array(PatternFigure),
  /** Whether what is asked is spread over the intents as before. */
  drift: z.object({
    /** Share of the requests that would have to be another intent: 0 as before, 1 nothing in common. */
    distance: z.number().nullable(),
    p: z.number().nullable(),
    change: z.enum(['changed', 'not-shown', 'too-few']),
  }),
  /** What each period lacks before anything is said of changes; 0 for nothing. */
  lacking: z.object({ requests: z.number().int(), users: z.number().int() }),
})
export type UsagePatterns = z.infer<typeof UsagePatterns>

export const getUsagePatterns = route({
  name: 'getUsagePatterns',
  method: 'GET',
  path: '/api/v1/applications/:name/usage-patterns',
  summary: 'Who asks what and how it went, and what of it changed since the period before',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(14) }),
  returns: { 200: UsagePatterns },
})
