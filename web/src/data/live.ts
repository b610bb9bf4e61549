/**
 * Live: the server says what changed, and the pages that show it ask again. Keys of queries begin with
 * the topic of the event (`['release', id]`). After a break everything is asked again once, because
 * what happened meanwhile was not heard.
 */
import type { Query, QueryClient } from '@tanstack/react-query'
import { client } from './client.ts'

type Change = { topic: string; id: string; application: string | null }

/** Topics that change more than themselves. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  evidence: ['gate', 'release', 'application'],
  approval: ['gate', 'release', 'application'],
  gate: ['approval'],
  challenge: ['gate', 'evidence', 'release', 'application'],
  waiver: ['gate', 'release', 'application'],
  promotion: ['gate', 'release', 'application', 'live', 'rollout'],
  rollout: ['live', 'application', 'evidence'],
  release: ['application', 'live', 'gate'],
  application: ['gate', 'live', 'release'],
  live: ['application', 'release'],
  experiment: ['gate'],
  job: ['example'],
  route: ['model-route'],
}
const GATHER_MS = 250
const AGAIN_MS = 2000

/** Starts listening; returns how to stop. */
export function watchChanges(cache: QueryClient): () => void {
  const stop = new AbortController()
  let topics = new Set<string>()
  let timer: number | undefined
  const flush = async () => {
    const changed = topics
    topics = new Set()
    const concerns = ({ queryKey }: Query) => changed.has(String(queryKey[0]))
    // Who is asked already is not interrupted, or frequent changes would keep the answer from ever coming.
    for (const busy of cache.getQueryCache().findAll({ predicate: concerns, fetchStatus: 'fetching' }))
      topics.add(String(busy.queryKey[0]))
    await cache.invalidateQueries({ predicate: concerns, fetchStatus: 'idle' })
    timer = topics.size > 0 && !stop.signal.aborted ? window.setTimeout(flush, GATHER_MS) : undefined
  }
  const heard = ({ topic }: Change) => {
    for (const one of [topic, ...(ALSO[topic] ?? [])]) topics.add(one)
    timer ??= window.setTimeout(flush, GATHER_MS)
  }
  void listen(heard, () => void cache.invalidateQueries(), stop.signal)
  return () => {
    stop.abort()
    window.clearTimeout(timer)
  }
}

async function listen(heard: (change: Change) => void, back: () => void, signal: AbortSignal): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      const answer: unknown = await client.watchEvents({}, { signal })
      if (!isFirst) back()
      if (answer instanceof Response && answer.body) await readChanges(answer.body, heard)
    } catch {
      // The connection broke or the page is left; the loop knows which.
    }
    if (!signal.aborted) await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS))
  }
}

async function readChanges(body: ReadableStream<Uint8Array>, heard: (change: Change) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = /^data: ?(.*)$/m.exec(event)?.[1]
      if (data) heard(JSON.parse(data) as Change)
    }
  }
}
