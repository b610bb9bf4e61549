/** What each gateway says of itself and of its targets: figures of the last seconds, from memory. */
import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { CredentialState } from '../credentials/contract.ts'

const count = z.number().int().nonnegative()
/** Milliseconds; null when nothing was measured. */
const Spread = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable()

export const TargetReport = z.object({
  /** `provider/model`. */
  model: z.string(),
  /** closed: it is asked · open: it rests after failures · half-open: one request probes it. */
  breaker: z.enum(['closed', 'open', 'half-open']),
  /** Milliseconds until it is probed; 0 unless it rests. */
  restsMs: z.number(),
  underWay: count,
  /** Smoothed milliseconds of its answers. */
  latencyMs: z.number().nullable(),
  /** Since the start of the process. */
  answered: count,
  failedBy: z.record(z.string(), count),
})
export type TargetReport = z.infer<typeof TargetReport>

export const GatewayReport = z.object({
  /** The process, the same after a restart. */
  process: z.string(),
  at: Instant,
  /** Requests that have not ended. */
  underWay: count,
  /** What ended within the last ten seconds. */
  window: z.object({
    seconds: z.number(),
    requests: count,
    cancelled: count,
    /** Requests that failed, by code. */
    errors: z.record(z.string(), count),
    /** From the request to the end of a complete answer. */
    latencyMs: Spread,
    /** To the first piece of a stream. */
    firstTokenMs: Spread,
    /** What of it was ours. */
    overheadMs: Spread,
    /** How often each model answered. */
    servedBy: z.record(z.string(), count),
    /** Requests in which guardrails of releases found something, by guardrail and verdict: `mail redacted`. */
    guardrails: z.record(z.string(), count).default({}),
  }),
  /** Requests in each of the last sixty seconds, the newest last. */
  perSecond: z.array(count),
  /** Since the start of the process. */
  cache: z.object({ hits: count, misses: count, shared: count, near: count, entries: count, bytes: count }),
  targets: z.array(TargetReport),
  /** Requests at a provider since the start: first, again, and not again because the budget was spent. */
  budgets: z.array(z.object({ provider: z.string(), asked: count, again: count, refused: count })),
  /** Keys that cannot be used now, as this process sees it. */
  credentials: z.array(z.object({ provider: z.string(), name: z.string(), state: CredentialState })),
})
export type GatewayReport = z.infer<typeof GatewayReport>

export const listGatewayReports = route({
  name: 'listGatewayReports',
  method: 'GET',
  path: '/api/v1/gateways',
  summary: 'How each gateway and its targets are doing, some seconds old at most; empty for a key of one application',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(GatewayReport) }) },
})
