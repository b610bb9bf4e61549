/** The first half of reserve and settle: what a request may cost at most is held, or it is refused with when it opens again. */
import type { ReserveAsk } from '../access/index.ts'
import { Failure } from '../kernel/failure.ts'
import { age } from '../kernel/time.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'

/** Holds what a request may take of its caps before anybody is asked. Throws `gateway.limit-…`. */
export function reserve(deps: GatewayDeps, exchange: Exchange, bound: Omit<ReserveAsk, 'application' | 'key'>): void {
  const { caller, facts, at } = exchange
  const reservation = deps.reserve({ application: facts.application, key: caller.key, requests: 1, ...bound })
  if (reservation.kind === 'granted') {
    exchange.granted = reservation
    return
  }
  const { limit, message, opensAt, isShort } = reservation
  const Refusal = isShort ? ShortOfLimit : Failure
  throw new Refusal('limited', `gateway.limit-${limit.kind}`, message, {
    facts: { limit, opensAt, retryAfterMs: Math.max(0, age(at, opensAt)) },
  })
}

/** Refused, unless more of the cap is to be had from the other processes. */
export class ShortOfLimit extends Failure {}
