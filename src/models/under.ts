/**
 * The same models while some of their providers fail, for the requests of a drill alone.
 *
 * Invariant: nothing of it is remembered. No key rests, and who asks the models themselves meets no fault.
 */
import type { ModelProvider } from './answered.ts'
import type { createAsking, FindProvider } from './asking.ts'
import { splitModel } from './catalogue.ts'
import { faultyProvider } from './faulty-provider.ts'
import { type Disturbance, faultyUpstream } from './faulty-upstream.ts'
import { outboundOf } from './outbound.ts'
import { type EndpointOf, onlyOf } from './providers/ask-with-keys.ts'
import type { Endpoint } from './providers/endpoint.ts'
import { createRemote } from './providers/remote.ts'
import { speechOf } from './speech.ts'
import type { Upstream } from './upstream.ts'

type UnderDeps = {
  readonly upstream: Upstream
  readonly providerOf: FindProvider
  readonly asking: (find: FindProvider) => ReturnType<typeof createAsking>
  /** Whether a provider is of this process. */
  readonly isOurs: (provider: string) => boolean
  readonly endpointOf: (provider: string) => EndpointOf['endpointOf']
  readonly dialectOf: (provider: string) => Endpoint['dialect']
}

/** `strikes` says which providers fail; what is at an address, and `send`, always do. */
export const createUnder =
  ({ upstream, providerOf, asking, isOurs, endpointOf, dialectOf }: UnderDeps) =>
  (disturbance: Disturbance, strikes: (provider: string) => boolean) => {
    const disturbed = (dialect: Endpoint['dialect']) =>
      faultyUpstream(upstream, { ...disturbance, outbound: outboundOf(speechOf(dialect).wire) })
    return {
      ...asking((model) => {
        const found = providerOf(model)
        const { provider: name } = splitModel(model)
        if (!strikes(name)) return found
        if (isOurs(name)) return { ...found, provider: faultyProvider(name, found.provider, disturbance) }
        return {
          ...found,
          provider: createRemote({ upstream: disturbed(dialectOf(name)), endpointOf: endpointOf(name) }),
        }
      }),
      at: (endpoint: Endpoint): ModelProvider =>
        createRemote({ upstream: disturbed(endpoint.dialect), endpointOf: onlyOf(endpoint) }),
      send: faultyUpstream(upstream, { ...disturbance, outbound: undefined }).send,
    }
  }
