/** Caps in the words of those who ask: dollars for blueprints and people, micro-dollars inside. */
import { type Access, type Limits, MOST_REFILLS, type ReserveAsk } from '../access/index.ts'
import type { Caps } from '../assurance/index.ts'
import type { ActorId } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { Settings } from '../core/blueprint/schema.ts'
import type { DeliveryDeps } from '../delivery/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { MicroUsd } from '../kernel/money.ts'
import { microUsd, NOTHING, picoOf } from '../kernel/money.ts'
import { later } from '../kernel/time.ts'
import type { Settled } from '../telemetry/index.ts'

const MICRO_PER_USD = 1_000_000n

/** Exact micro-dollars of dollars, for example `"50"` → `"50000000"`. */
export const microUsdOf = (usd: string): MicroUsd => microUsd(picoOf(usd) * MICRO_PER_USD)

export const capsOf = ({ requestsPerMinute, costMicroUsdPerMonth }: Limits): Caps => ({
  requestsPerMinute,
  usdPerMonth: costMicroUsdPerMonth === null ? null : microUsd(picoOf(costMicroUsdPerMonth) / MICRO_PER_USD),
})

/** What delivery asks of caps when somebody keeps a blueprint, and whom it tells afterwards. */
export const blueprintLimits = (
  access: Pick<Access, 'limits'>,
  others: () => {
    mayKeep(ask: BlueprintAsk): Promise<void>
    onBlueprint(change: BlueprintChange): Promise<void>
  },
) => ({
  async mayKeep(ask: BlueprintAsk) {
    demandLimits(access, ask)
    await others().mayKeep(ask)
  },
  onBlueprint: async (change: BlueprintChange) => {
    await applyLimits(access, change)
    await others().onBlueprint(change)
  },
})

/** A blueprint that somebody wants to keep, and what they may do. */
export type BlueprintAsk = Parameters<NonNullable<DeliveryDeps['mayKeep']>>[0]

/** A blueprint that was kept, and by whom. */
export type BlueprintChange = { application: Application; settings: Settings; by: ActorId }

/** Throws when whoever keeps a blueprint may not set the caps that it names. */
function demandLimits(access: Pick<Access, 'limits'>, { name, settings: { limits }, permissions }: BlueprintAsk): void {
  if (limits.usdPerMonth === undefined) return
  access.limits.demand(
    { scope: 'application', name },
    { costMicroUsdPerMonth: microUsdOf(limits.usdPerMonth) },
    permissions,
  )
}

/** Sets the caps that a blueprint names; what it does not name stays as it is. */
async function applyLimits(
  access: Pick<Access, 'limits'>,
  { application, settings: { limits }, by }: BlueprintChange,
): Promise<void> {
  if (limits.requestsPerMinute === undefined && limits.usdPerMonth === undefined) return
  await access.limits.set(application.name, {
    ...(limits.requestsPerMinute !== undefined && { requestsPerMinute: limits.requestsPerMinute }),
    ...(limits.usdPerMonth !== undefined && { costMicroUsdPerMonth: microUsdOf(limits.usdPerMonth) }),
    by,
  })
}

/** Counts what an earlier process had settled and not written down when it died. */
export const countLeftOver =
  ({ limits }: Pick<Access, 'limits'>) =>
  ({ application, keyId, release, servedBy, usage, costMicroUsd, at, latencyMs }: Settled): void =>
    limits.countLeftOver(
      {
        application,
        key: keyId,
        release,
        models: servedBy === null ? [] : [servedBy],
        tokens: usage.inputTokens + usage.outputTokens,
        costMicroUsd: costMicroUsd ?? NOTHING,
      },
      { at, ended: later(at, Math.round(latencyMs)) },
    )

/**
 * Takes one request from the caps of an application, a release and a key, or throws with when they open again. What it
 * may take at most is held until it is settled; where nobody can say, it counts when it is settled.
 */
export async function reserveOrRefuse(
  access: Pick<Access, 'limits'>,
  asked: Pick<ReserveAsk, 'application' | 'release' | 'key' | 'models' | 'tokens'> & { costMicroUsd?: MicroUsd },
): Promise<(used: { costMicroUsd: string; tokens: number; model: string | null }) => void> {
  const ask = { costMicroUsd: NOTHING, ...asked, requests: 1 }
  let reservation = access.limits.reserve(ask)
  for (let i = 0; i < MOST_REFILLS && reservation.kind === 'refused' && reservation.isShort; i++) {
    await access.limits.refill()
    reservation = access.limits.reserve(ask)
  }
  if (reservation.kind === 'granted') {
    const { settle } = reservation
    return ({ costMicroUsd, ...used }) => settle(costMicroUsd as MicroUsd, used)
  }
  throw new Failure('limited', 'access.limit-reached', reservation.message, { facts: { opensAt: reservation.opensAt } })
}
