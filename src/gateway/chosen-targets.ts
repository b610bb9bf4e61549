/** Who may answer a request that names a model or a route: switched on, approved for the key, fitting, and with a price. */
import type { MicroUsd } from '../kernel/money.ts'
import { targetsApproved } from './approved.ts'
import type { ClientRequest } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { atHolder } from './held-responses.ts'
import { targetsPriced } from './priced.ts'
import type { Meant } from './resolve.ts'
import { type Fitting, factsOf, fittingTargets } from './route-conditions.ts'
import { targetsOn } from './switched-off.ts'

export type Chosen = {
  /** In the order in which they are asked. */
  readonly fitting: Fitting
  readonly models: readonly string[]
  /** The most that any of them may cost. */
  readonly costMicroUsd: MicroUsd
}

/** Throws when none is left, with the reason why the last one is not. */
export function chosenTargets(
  deps: GatewayDeps,
  {
    exchange,
    chat,
    meant,
    bytes,
  }: { exchange: Exchange; chat: ClientRequest; meant: Exclude<Meant, { kind: 'application' }>; bytes: number },
): Chosen {
  const route = meant.kind === 'route' ? meant.route : undefined
  const on = meant.kind === 'route' ? targetsOn(deps.whyOff, meant.route) : [{ model: meant.model, weight: 1 }]
  const approved = targetsApproved(deps.whyUnapproved, exchange.caller, on)
  const allowed = atHolder(approved, exchange.heldAt)
  const { groups, reason } = route
    ? fittingTargets(route.name, allowed, factsOf(chat, bytes, exchange.facts.metadata))
    : { groups: [allowed], reason: undefined }
  const { targets, costMicroUsd } = targetsPriced(deps, { exchange, chat, route, targets: groups.flat(), bytes })
  const isWhole = targets.length === allowed.length && groups.length === 1
  const priced = isWhole ? groups : groups.map((group) => group.filter((target) => targets.includes(target)))
  return {
    fitting: { groups: isWhole ? priced : priced.filter((group) => group.length > 0), reason },
    models: targets.map(({ model }) => model),
    costMicroUsd,
  }
}
