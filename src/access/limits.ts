/** Limits of an application or a key, and how far they are used. Money is capped by calendar month in UTC. */
import { z } from 'zod'
import { ActorId, Organisation, type Permission } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Failure } from '../kernel/failure.ts'
import { compareMoney, MicroUsd, microUsd, picoOf } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

/** null: no limit. */
export const Limits = z.object({
  requestsPerMinute: z.number().int().min(1).max(10_000_000).nullable(),
  costMicroUsdPerMonth: MicroUsd.refine((amount) => !amount.startsWith('-'), 'a cap is not negative').nullable(),
})
export type Limits = z.infer<typeof Limits>

/** What an application has until somebody sets its limits: 6,000 requests a minute and 50 dollars a month. */
export const DEFAULT_LIMITS: Limits = {
  requestsPerMinute: 6_000,
  costMicroUsdPerMonth: MicroUsd.parse('50000000'),
}

/**
 * Throws `access.cap-too-high` when somebody who does not administer the installation raises the cap on money above
 * the default: who spends does not say how much may be spent. Lowering is free to whoever may set limits.
 */
export function demandCap({
  application,
  before,
  after,
  permissions,
}: {
  application: string
  before: Limits['costMicroUsdPerMonth']
  after: Limits['costMicroUsdPerMonth']
  permissions: ReadonlySet<Permission>
}): void {
  const { costMicroUsdPerMonth: usual } = DEFAULT_LIMITS
  if (permissions.has('administer') || !isAbove(after, before) || !isAbove(after, usual)) return
  throw new Failure(
    'forbidden',
    'access.cap-too-high',
    `The cap of ${application} is ${inDollars(before)} and may be raised above ${inDollars(usual)} by an owner alone; ${inDollars(after)} was asked for. Ask an owner to raise it first.`,
  )
}

const isAbove = (one: Limits['costMicroUsdPerMonth'], other: Limits['costMicroUsdPerMonth']): boolean =>
  other !== null && (one === null || compareMoney(one, other) > 0)

const inDollars = (amount: Limits['costMicroUsdPerMonth']): string =>
  amount === null ? 'without a cap on money' : `$${microUsd(picoOf(amount) / 1_000_000n)} a month`

/** The share of a cap from which its status warns. */
export const WARNING_SHARE = 0.8

/** ok · near: 80 % of a cap or more · reached: nothing is left. */
export const LimitState = z.enum(['ok', 'near', 'reached'])
export type LimitState = z.infer<typeof LimitState>

export const LimitsStatus = z.object({
  application: Name,
  limits: Limits,
  /** True until somebody set limits of its own. */
  isDefault: z.boolean(),
  requests: z.object({ inLastMinute: z.number().int(), share: z.number().nullable(), state: LimitState }),
  cost: z.object({
    /** `2026-03` */
    month: z.string(),
    spentMicroUsd: MicroUsd,
    /** Held by requests that are under way, at their upper bound. */
    reservedMicroUsd: MicroUsd,
    share: z.number().nullable(),
    state: LimitState,
    /** When the next month begins and the cap is whole again. */
    opensAt: Instant,
  }),
})
export type LimitsStatus = z.infer<typeof LimitsStatus>

/** Which limit refused a request. */
export const ReachedLimit = z.object({
  scope: z.enum(['application', 'key']),
  /** Name of the application or id of the key. */
  name: z.string(),
  kind: z.enum(['requests-per-minute', 'cost-per-month']),
  cap: z.union([z.number(), MicroUsd]),
})
export type ReachedLimit = z.infer<typeof ReachedLimit>

/** Row of an application's own limits. */
export const ApplicationLimits = Limits.extend({
  organisation: Organisation,
  application: Name,
  setBy: ActorId,
  setAt: Instant,
})
export type ApplicationLimits = z.infer<typeof ApplicationLimits>

/** Row of what an application or a key has spent in a month. */
export const Spend = z.object({
  organisation: Organisation,
  scope: ReachedLimit.shape.scope,
  name: z.string(),
  month: z.string(),
  spentMicroUsd: MicroUsd,
})
export type Spend = z.infer<typeof Spend>
