/**
 * Responses that their provider keeps itself: where each of them is, is noted when it is given.
 *
 * Invariant: one of which it is known that somebody else asked for it is read, deleted and built on by nobody else, also
 * where both ask the provider with the same key.
 */
import { Failure } from '../kernel/failure.ts'
import type { ResponseHolder } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { GatewayDeps } from './deps.ts'
import { wrong } from './protocols/parsed-request.ts'

const PATIENCE_MS = 30_000

/** Who keeps the response that a request goes on from. Throws for somebody else's; undefined for one that nobody noted. */
export async function holderOfPrevious(
  previous: string,
  { caller, store }: { caller: Caller; store: NonNullable<GatewayDeps['responses']> },
): Promise<ResponseHolder | undefined> {
  const found = await store.holder(previous, caller)
  if (found === 'another')
    throw wrong('previous_response_id', `There is no response ${previous} that this key may build on.`)
  return found
}

/** Those that the provider has which keeps the response before; all where it has none, and then they say so. */
export function atHolder<T extends { readonly model: string }>(targets: T[], holder: ResponseHolder | undefined): T[] {
  const there = holder ? targets.filter(({ model }) => model.startsWith(`${holder.provider}/`)) : []
  return there.length > 0 ? there : targets
}

/** Asks the provider as the client asked us. Undefined when it has it no more. */
export async function askHolder(
  { models, whyOff }: Pick<GatewayDeps, 'models' | 'whyOff'>,
  {
    holder: { provider, credential },
    id,
    method,
    suffix,
    query,
  }: { holder: ResponseHolder; id: string; method: 'GET' | 'DELETE'; suffix: string; query: URLSearchParams },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const off = whyOff('provider', provider)
  if (off !== undefined) throw new Failure('forbidden', 'gateway.switched-off', off)
  if (query.get('stream') === 'true')
    throw wrong('stream', '`stream` is not taken here: ask without it, and again until the response has ended.')
  if (!models.providers.has(provider)) return undefined
  const asked = query.size > 0 ? `?${query}` : ''
  const path = `responses/${encodeURIComponent(id)}${suffix}${asked}`
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answer = await models.askHeld({ provider, credential, method, path, signal })
  if (answer.status === 404) return undefined
  if (answer.status < 200 || answer.status >= 300) throw models.refusal(provider, answer)
  try {
    return JSON.parse(answer.text) as Readonly<Record<string, unknown>>
  } catch (cause) {
    const message = `The answer of ${provider} cannot be read. Try again.`
    throw new Failure('unavailable', 'models.upstream-unreadable', message, { cause })
  }
}
