/** The way of a request to a provider: the bytes, the provider's own address and headers, nothing in between. */
import type { Call, CallSink } from './call.ts'
import { hidingKey } from './hide-key.ts'
import { withModel } from './model-in-bytes.ts'
import { addressed, type Endpoint } from './providers/endpoint.ts'
import { type ProviderCall, speechOf } from './speech.ts'
import type { Upstream, Waits } from './upstream.ts'

export type ForwardAsk = {
  readonly provider: string
  /** The name of the key to use; one that is in force when it is not said. */
  readonly credential?: string | undefined
  readonly call: ProviderCall
  /** JSON: the client's as it came, or a translation of it. */
  readonly body: Uint8Array
  /** The provider's own name of the model, put in place of what the client wrote. */
  readonly model: string
  /** The body names that model already. */
  readonly isTranslated?: boolean
  /** The kinds of answer that the client takes. */
  readonly accept: string
  /** The client's headers; those that the provider's dialect knows go with it. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>> | undefined
  readonly timeouts?: Waits | undefined
}

export function forwardTo(upstream: Upstream, endpoint: Endpoint, ask: ForwardAsk, sink: CallSink): Call {
  const { fetchCredential } = endpoint
  if (!fetchCredential || endpoint.credential) return forwardNow(upstream, endpoint, ask, sink)
  return whenReady(fetchCredential(), () => forwardNow(upstream, endpoint, ask, sink), sink)
}

function forwardNow(upstream: Upstream, endpoint: Endpoint, ask: ForwardAsk, sink: CallSink): Call {
  const speech = speechOf(endpoint.dialect)
  const headers = ['content-type', 'application/json', 'accept', ask.accept]
  for (const name of ask.isTranslated || !ask.headers ? [] : speech.passes) {
    const value = ask.headers?.[name]
    if (typeof value === 'string') headers.push(name, value)
  }
  const body = ask.isTranslated ? ask.body : withModel(ask.body, ask.model)
  const stream = ask.accept === 'text/event-stream'
  const { url, headers: ours } = addressed(endpoint, { call: ask.call, model: ask.model, stream, body })
  for (let at = 0; at < ours.length; at += 2)
    if (!headers.includes(ours[at] ?? '')) headers.push(ours[at] ?? '', ours[at + 1] ?? '')
  return upstream.call({ url, headers, body, timeouts: ask.timeouts ?? endpoint.timeouts }, hidingKey(sink, endpoint))
}

/** A call that begins when its token is there. */
function whenReady(ready: Promise<unknown>, begin: () => Call, sink: CallSink): Call {
  let call: Call | undefined
  let isCancelled = false
  let isPaused = false
  ready.then(
    () => {
      if (isCancelled) return
      try {
        call = begin()
        if (isPaused) call.pause()
      } catch (thrown) {
        sink.onFailed(thrown)
      }
    },
    (thrown) => {
      if (!isCancelled) sink.onFailed(thrown)
    },
  )
  return {
    cancel() {
      isCancelled = true
      call?.cancel()
    },
    pause() {
      isPaused = true
      call?.pause()
    },
    resume() {
      isPaused = false
      call?.resume()
    },
  }
}
