/**
 * What a request may cost at most, by target; and which targets are left out because nobody knows their price, so that
 * nothing could be reserved for them. 424, which official clients do not try again.
 */
import { upperBoundOfModel } from '../flows/index.ts'
import { Failure } from '../kernel/failure.ts'
import { largestMoney, type MicroUsd, NOTHING } from '../kernel/money.ts'
import type { ModelRoute } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'

/** Of those that may be asked one answers, and which is not known yet: the dearest is reserved. Throws `gateway.price-unknown`. */
export function targetsPriced<Target extends { readonly model: string }>(
  deps: GatewayDeps,
  {
    exchange,
    chat,
    route,
    targets,
    bytes,
  }: {
    exchange: Exchange
    chat: ClientRequest
    route: ModelRoute | undefined
    targets: readonly Target[]
    bytes: number
  },
): { targets: Target[]; costMicroUsd: MicroUsd } {
  // Tokens are counted for nothing.
  if (chat.protocol.call === 'count-tokens') return { targets: [...targets], costMicroUsd: NOTHING }
  const tier = tierOf(chat)
  const whys: string[] = []
  const costs: MicroUsd[] = []
  const priced = targets.filter(({ model }) => {
    const { maxOutputTokens } = chat
    const cost = upperBoundOfModel({ models: deps.models, bytes, at: exchange.at, model, maxOutputTokens, tier })
    const { caller, facts } = exchange
    const why =
      cost === null
        ? deps.whyUnpriced?.({ model, tier, key: caller.key, application: facts.application, release: null, route })
        : undefined
    if (why !== undefined) whys.push(why)
    else costs.push(cost ?? NOTHING)
    return why === undefined
  })
  if (priced.length === 0) throw priceUnknown(whys)
  return { targets: priced, costMicroUsd: largestMoney(costs) }
}

/** Throws `gateway.price-unknown` for the first model of a release that may not be asked. */
export function demandPriced(
  { whyUnpriced }: Pick<GatewayDeps, 'whyUnpriced'>,
  { unpriced, ...ask }: { unpriced: readonly string[]; key: string | null; application: string; release: string },
): void {
  for (const model of unpriced) {
    const why = whyUnpriced?.({ model, ...ask, tier: undefined, route: undefined })
    if (why !== undefined) throw priceUnknown([why])
  }
}

const priceUnknown = (whys: readonly string[]): Failure =>
  new Failure('unmet', 'gateway.price-unknown', whys.join(' '), {
    problems: [{ field: 'model', message: 'its price is not known' }],
  })

/** The way of serving that the client asks for, where that has a price of its own. */
function tierOf({ body }: ClientRequest): string | undefined {
  const { service_tier: tier } = body
  return typeof tier === 'string' && tier !== 'auto' && tier !== 'default' ? tier.slice(0, MOST_TIER) : undefined
}

/** As much of the word as a usage keeps. */
const MOST_TIER = 40
