/**
 * Live: the server says what changed, and the pages that show it ask again. Keys of queries begin with
 * the topic of the event (`['release', id]`), lists with its plural.
 */
import type { QueryClient } from '@tanstack/react-query'

type Change = { topic: string; id: string; application: string | null }

/** Topics that change more than themselves. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  evidence: ['gate', 'release'],
  waiver: ['gate'],
  promotion: ['gate', 'release', 'application', 'live', 'rollout'],
  rollout: ['live', 'application'],
  release: ['application', 'live', 'gate'],
  application: ['gate', 'live'],
  live: ['application', 'release'],
  experiment: ['gate'],
}
const GATHER_MS = 250

/** Starts listening; returns how to stop. */
export function watchChanges(client: QueryClient, source: EventSource): () => void {
  let topics = new Set<string>()
  let timer: number | undefined
  const flush = () => {
    timer = undefined
    const changed = topics
    topics = new Set()
    void client.invalidateQueries({ predicate: ({ queryKey }) => changed.has(String(queryKey[0])) })
  }
  source.addEventListener('change', (event: MessageEvent<string>) => {
    const change = JSON.parse(event.data) as Change
    for (const topic of [change.topic, ...(ALSO[change.topic] ?? [])]) topics.add(topic)
    timer ??= window.setTimeout(flush, GATHER_MS)
  })
  return () => {
    window.clearTimeout(timer)
    source.close()
  }
}
