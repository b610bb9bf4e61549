/** Calls of tools that wait for an overseer: kept before the model hears of them, and named to whoever asked. */
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { HoldCall } from '../flows/index.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'

/** Ids of held calls, with commas; whoever asked reads `GET /api/v1/held-calls/:id/outcome`. */
const HELD_CALLS_HEADER = 'airworthy-held-calls'

/** Undefined where nobody keeps calls; then none is made, and the model is told. */
export function holdCallOf(by: {
  readonly exchange: Exchange
  readonly release: Release
  readonly stage: Stage
  readonly deps: Pick<GatewayDeps, 'holdCall' | 'report'>
}): HoldCall | undefined {
  const { exchange, release, stage, deps } = by
  const { holdCall } = deps
  if (!holdCall) return undefined
  return async (call) => {
    const { facts, traceId, caller } = exchange
    const about = { application: release.application, stage, release: release.id, trace: traceId }
    const held = await holdCall({ ...call, ...about, user: facts.user, askedBy: caller.actor }).catch((thrown) => {
      deps.report(thrown)
      throw thrown
    })
    const named = exchange.header(HELD_CALLS_HEADER)
    exchange.setHeader(HELD_CALLS_HEADER, named === undefined ? held.id : `${named},${held.id}`)
    return held
  }
}
