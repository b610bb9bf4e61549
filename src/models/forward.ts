/** The pass-through of the gateway: the client's bytes to a provider, the provider's bytes back, nothing in between. */
import { withModel } from './model-in-bytes.ts'
import { type Endpoint, endpointHeaders, endpointUrl } from './providers/openai.ts'
import type { Timeouts, Upstream, UpstreamAnswer } from './upstream.ts'

export type ForwardAsk = {
  readonly provider: string
  /** Below the provider's base URL, for example `chat/completions`. */
  readonly path: string
  /** The client's JSON as it came. */
  readonly body: Uint8Array
  /** The provider's own name of the model, put in place of what the client wrote. */
  readonly model: string
  /** More headers, for example `accept`; the key is ours to add. */
  readonly headers?: Readonly<Record<string, string>>
  readonly timeouts?: Partial<Timeouts>
  readonly signal: AbortSignal
}

export const forwardTo = async (upstream: Upstream, endpoint: Endpoint, ask: ForwardAsk): Promise<UpstreamAnswer> =>
  upstream.send({
    url: endpointUrl(endpoint, ask.path),
    headers: { ...ask.headers, ...endpointHeaders(endpoint) },
    body: withModel(ask.body, ask.model),
    timeouts: ask.timeouts ?? endpoint.timeouts,
    signal: ask.signal,
  })
