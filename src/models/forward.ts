/** The pass-through of the gateway: the client's bytes to a provider, the provider's bytes back, nothing in between. */
import type { Call, CallSink } from './call.ts'
import { withModel } from './model-in-bytes.ts'
import { type Endpoint, endpointUrl } from './providers/openai.ts'
import type { Upstream, Waits } from './upstream.ts'

export type ForwardAsk = {
  readonly provider: string
  /** Below the provider's base URL, for example `chat/completions`. */
  readonly path: string
  /** The client's JSON as it came. */
  readonly body: Uint8Array
  /** The provider's own name of the model, put in place of what the client wrote. */
  readonly model: string
  /** The kinds of answer that the client takes. */
  readonly accept: string
  readonly timeouts?: Waits | undefined
}

export function forwardTo(upstream: Upstream, endpoint: Endpoint, ask: ForwardAsk, sink: CallSink): Call {
  const headers = ['content-type', 'application/json', 'accept', ask.accept]
  if (endpoint.credential) headers.push('authorization', `Bearer ${endpoint.credential.reveal()}`)
  const url = endpointUrl(endpoint, ask.path)
  return upstream.call(
    { url, headers, body: withModel(ask.body, ask.model), timeouts: ask.timeouts ?? endpoint.timeouts },
    sink,
  )
}
