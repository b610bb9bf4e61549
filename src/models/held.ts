/** What a provider keeps of ours (responses, so far), read and deleted at its address with the key that it was made with. */
import { type Endpoint, endpointHeaders, endpointUrl } from './providers/endpoint.ts'
import { demandNoKey } from './said-back.ts'
import { textOf, type Upstream, type UpstreamAnswer } from './upstream.ts'

export type HeldAsk = {
  readonly provider: string
  /** The name of the key; one that is in force when it is null, or not there any more. */
  readonly credential: string | null
  readonly method: 'GET' | 'DELETE'
  /** Below the provider's own address. */
  readonly path: string
  readonly signal: AbortSignal
}

/** Whatever the provider answers; throws when it cannot be asked. */
export const createHeld =
  (
    send: Upstream['send'],
    endpointOf: (provider: string, credential?: string) => Endpoint,
  ): ((ask: HeldAsk) => Promise<Pick<UpstreamAnswer, 'status' | 'headers'> & { readonly text: string }>) =>
  async ({ provider, credential, method, path, signal }) => {
    const endpoint = endpointOf(provider, credential ?? undefined)
    if (!endpoint.credential) await endpoint.fetchCredential?.()
    const answer = await send({
      ...{ url: endpointUrl(endpoint, path), method, headers: endpointHeaders(endpoint), signal },
      timeouts: { headersMs: 10_000, totalMs: 30_000 },
    })
    const { status, headers } = answer
    return { status, headers, text: demandNoKey(endpoint, await textOf(answer, { host: provider, signal })) }
  }
