/** What changes on the server, as it changes. */
import { AirworthyError, type CallOptions } from './client.ts'
import { eventsOf } from './events.ts'
import { pause, waitBeforeRetry } from './retry.ts'

/** "This changed": ask again for the thing itself. */
export type Changed = { readonly topic: string; readonly id: string; readonly application: string | null }

type Watched = {
  watchEvents(
    input?: { query?: { application?: string | undefined; topic?: string | undefined } },
    options?: CallOptions,
  ): Promise<Response>
}

/**
 * Changes until the loop is left or the signal is aborted. A connection that breaks is made again; what changed in
 * between is not told, so ask for what you show after `topic` `reconnected`.
 * Throws `AirworthyError` when the server refuses.
 */
export async function* watch(
  client: Watched,
  { application, topic, signal }: { application?: string; topic?: string; signal?: AbortSignal } = {},
): AsyncGenerator<Changed, void, undefined> {
  let tried = 0
  for (let isFirst = true; !signal?.aborted; isFirst = false) {
    try {
      const response = await client.watchEvents({ query: { application, topic } }, { ...(signal && { signal }) })
      if (!isFirst) yield { topic: 'reconnected', id: '', application: null }
      for await (const { event, data } of eventsOf(response)) {
        tried = 0
        if (event === 'change') yield JSON.parse(data) as Changed
      }
    } catch (thrown) {
      if (signal?.aborted) return
      if (thrown instanceof AirworthyError && thrown.status < 500) throw thrown
    }
    await pause(waitBeforeRetry(tried++) ?? 0, signal).catch(() => {})
  }
}
