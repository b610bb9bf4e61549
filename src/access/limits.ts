/** Limits of an application, a key, a team, a release, a model or the organisation, and how far they are used. */
import { z } from 'zod'
import { ActorId, Organisation, type Permission } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Failure } from '../kernel/failure.ts'
import { compareMoney, MicroUsd, microUsd, picoOf } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { CAPS, type Cap, type CapField, CapKind, LimitScope } from './cap.ts'

const most = (largest: number) => z.number().int().min(1).max(largest).nullable()
const Money = MicroUsd.refine((amount) => !amount.startsWith('-'), 'a cap is not negative').nullable()

/** What happens at the end of a leased slice while the database is away, and not only slow. */
export const AuthorityAway = z.enum(['refuse', 'allow'])
export type AuthorityAway = z.infer<typeof AuthorityAway>

/** null: no limit. Days and months are of the calendar in UTC, a minute is any sixty seconds. */
export const Limits = z.object({
  requestsPerMinute: most(10_000_000),
  requestsPerDay: most(1_000_000_000_000),
  requestsPerMonth: most(1_000_000_000_000),
  tokensPerMinute: most(1_000_000_000_000),
  tokensPerDay: most(1_000_000_000_000_000),
  tokensPerMonth: most(1_000_000_000_000_000),
  concurrentRequests: most(1_000_000),
  costMicroUsdPerMinute: Money,
  costMicroUsdPerDay: Money,
  costMicroUsdPerMonth: Money,
  /** null: money is refused, everything else is allowed up to the cap in each process. */
  onAuthorityAway: AuthorityAway.nullable(),
})
export type Limits = z.infer<typeof Limits>
export type LimitsChange = { readonly [Field in keyof Limits]?: Limits[Field] | undefined }

export const NO_LIMITS: Limits = {
  requestsPerMinute: null,
  requestsPerDay: null,
  requestsPerMonth: null,
  tokensPerMinute: null,
  tokensPerDay: null,
  tokensPerMonth: null,
  concurrentRequests: null,
  costMicroUsdPerMinute: null,
  costMicroUsdPerDay: null,
  costMicroUsdPerMonth: null,
  onAuthorityAway: null,
}

/** What an application has until somebody sets its limits, and a new key that is made without any. */
export const DEFAULT_LIMITS: Limits = {
  ...NO_LIMITS,
  requestsPerMinute: 6_000,
  costMicroUsdPerMonth: MicroUsd.parse('50000000'),
}

/** What is not said stays as it is. */
export const withChange = (before: Limits, change: LimitsChange): Limits =>
  Limits.parse({
    ...before,
    ...Object.fromEntries(Object.entries(change).filter(([field, value]) => field in NO_LIMITS && value !== undefined)),
  })

export type CapInForce = Cap & {
  /** In the unit of its measure. */
  readonly most: bigint
  readonly away: AuthorityAway
}

const inForce = new WeakMap<Limits, readonly CapInForce[]>()

/** Those that are set, in the order of `CAPS`. */
export function capsInForce(limits: Limits): readonly CapInForce[] {
  const known = inForce.get(limits)
  if (known) return known
  const caps = CAPS.flatMap((cap): CapInForce[] => {
    const value = limits[cap.field]
    if (value === null) return []
    const away = limits.onAuthorityAway ?? (cap.measure === 'cost' ? 'refuse' : 'allow')
    return [{ ...cap, most: typeof value === 'number' ? BigInt(value) : picoOf(value), away }]
  })
  inForce.set(limits, caps)
  return caps
}

const MONEY_FIELDS = [
  'costMicroUsdPerMinute',
  'costMicroUsdPerDay',
  'costMicroUsdPerMonth',
] as const satisfies CapField[]

/**
 * Throws `access.cap-too-high` when somebody who does not administer the installation raises a cap on money above
 * the default: who spends does not say how much may be spent. Lowering is free to whoever may set limits.
 */
export function demandCaps({
  whose,
  before,
  after,
  permissions,
}: {
  whose: string
  before: Limits
  after: Limits
  permissions: ReadonlySet<Permission>
}): void {
  if (permissions.has('administer')) return
  const usual = DEFAULT_LIMITS.costMicroUsdPerMonth
  for (const field of MONEY_FIELDS) {
    if (!isAbove(after[field], before[field]) || !isAbove(after[field], usual)) continue
    // A shorter time without a cap of its own is capped by the month.
    if (after[field] === null && field !== 'costMicroUsdPerMonth') continue
    throw new Failure(
      'forbidden',
      'access.cap-too-high',
      `The cap of ${whose} is ${inDollars(before[field])} and may be raised above ${inDollars(usual)} by an owner alone; ${inDollars(after[field])} was asked for. Ask an owner to raise it first.`,
      { problems: [{ field, message: 'raised above what you may set' }] },
    )
  }
}

const isAbove = (one: MicroUsd | null, other: MicroUsd | null): boolean =>
  other !== null && (one === null || compareMoney(one, other) > 0)

const inDollars = (amount: MicroUsd | null): string =>
  amount === null ? 'without a cap on money' : `$${microUsd(picoOf(amount) / 1_000_000n)} a month`

/** The share of a cap from which its status warns. */
export const WARNING_SHARE = 0.8

/** ok · near: 80 % of a cap or more · reached: nothing is left. */
export const LimitState = z.enum(['ok', 'near', 'reached'])
export type LimitState = z.infer<typeof LimitState>

/** An amount in the unit of its cap: a number of requests or tokens, or micro-dollars as a decimal string. */
export const CapAmount = z.union([z.number(), MicroUsd])
export type CapAmount = z.infer<typeof CapAmount>

export const CapStatus = z.object({
  kind: CapKind,
  cap: CapAmount,
  used: CapAmount,
  /** Held by requests that are under way, at their upper bound; in a minute they are among the used. */
  held: CapAmount,
  share: z.number(),
  state: LimitState,
  /** When the day or month ends and the cap is whole again; null for what opens all the time. */
  opensAt: Instant.nullable(),
})
export type CapStatus = z.infer<typeof CapStatus>

export const ScopeLimits = z.object({
  scope: LimitScope,
  /** Name of the application, team, model (provider/model) or organisation; id of the key or release. */
  name: z.string(),
  limits: Limits,
  /** True until somebody set limits of its own. */
  isDefault: z.boolean(),
  /** The caps that are set. */
  caps: z.array(CapStatus),
})
export type ScopeLimits = z.infer<typeof ScopeLimits>

export const LimitsStatus = ScopeLimits.extend({
  application: Name,
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
export const ReachedLimit = z.object({ scope: LimitScope, name: z.string(), kind: CapKind, cap: CapAmount })
export type ReachedLimit = z.infer<typeof ReachedLimit>

/** Row of limits that somebody set; those of a key are in its own row. */
export const SetLimits = z.object({
  organisation: Organisation,
  scope: LimitScope,
  name: z.string(),
  limits: Limits,
  setBy: ActorId,
  setAt: Instant,
})
export type SetLimits = z.infer<typeof SetLimits>

/** Row of what was used in a day. Amounts are whole numbers as texts, money micro-dollars. */
export const UsageDay = z.object({
  organisation: Organisation,
  scope: LimitScope,
  name: z.string(),
  /** `2026-03-14` */
  day: z.string(),
  requests: z.string(),
  tokens: z.string(),
  spentMicroUsd: MicroUsd,
})
export type UsageDay = z.infer<typeof UsageDay>

/** Row of how far a process has written down what it used, so that what it settled after that is found when it died. */
export const UsageWriter = z.object({
  organisation: Organisation,
  /** The process, under the name that it has again after a restart. */
  writer: z.string(),
  countedUntil: Instant,
})
export type UsageWriter = z.infer<typeof UsageWriter>

/** Row of a process's share of a cap. */
export const Lease = z.object({
  organisation: Organisation,
  /** The process. */
  holder: z.string(),
  scope: LimitScope,
  name: z.string(),
  kind: CapKind,
  /** What this process may use of the cap beyond what it has written down, in the unit of its measure. */
  share: z.string(),
  /** The part of it that is in use. */
  held: z.string(),
  expiresAt: Instant,
})
export type Lease = z.infer<typeof Lease>
