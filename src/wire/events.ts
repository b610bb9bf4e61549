/**
 * Server-sent events: "this changed" by topic, never the thing itself, so that a page asks again with
 * its own rights. One hub a process; a slow reader is dropped rather than kept in memory.
 */
import { z } from 'zod'

export const ChangeEvent = z.object({
  /** `application`, `release`, `rollout`, `experiment`, `evidence`, `job`, `trace`, … */
  topic: z.string(),
  id: z.string(),
  application: z.string().nullable(),
})
export type ChangeEvent = z.infer<typeof ChangeEvent>

export type EventHub = {
  publish(event: ChangeEvent): void
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: ChangeEvent) => void): () => void
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: ChangeEvent) => void>()
  return {
    publish(event) {
      for (const listener of listeners) listener(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const KEEP_ALIVE_MS = 15_000

/** An event stream of what the hub publishes and `keep` lets through, until the client hangs up. */
export function eventStream({
  hub,
  keep,
  signal,
}: {
  hub: EventHub
  keep: (event: ChangeEvent) => boolean
  signal: AbortSignal
}): Response {
  const encoder = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) return stop()
          controller.enqueue(encoder.encode(text))
        }
        const unsubscribe = hub.subscribe((event) => {
          if (keep(event)) send(`event: change\ndata: ${JSON.stringify(event)}\n\n`)
        })
        const timer = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS)
        stop = () => {
          unsubscribe()
          clearInterval(timer)
          signal.removeEventListener('abort', stop)
          try {
            controller.close()
          } catch {
            // The client closed first.
          }
        }
        signal.addEventListener('abort', stop)
        send(': hello\n\n')
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 }),
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
