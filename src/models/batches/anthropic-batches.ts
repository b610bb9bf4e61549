/** Anthropic's message batches, by its published interface: the requests in one, and the answers as lines at its end. */
import { z } from 'zod'
import { type BatchAnswer, type BatchApi, jsonLines } from './batch-api.ts'

const Batch = z.object({
  id: z.string(),
  processing_status: z.string(),
  request_counts: z
    .object({ succeeded: z.number(), errored: z.number(), canceled: z.number(), expired: z.number() })
    .nullish(),
})
const Line = z.object({
  custom_id: z.string(),
  result: z.object({
    type: z.string(),
    message: z.unknown().optional(),
    error: z.object({ error: z.object({ message: z.string() }).nullish() }).nullish(),
  }),
})
const List = z.object({
  data: z.array(
    z.object({ id: z.string(), created_at: z.string(), request_counts: z.record(z.string(), z.number()).optional() }),
  ),
  has_more: z.boolean().nullish(),
})
const PATH = 'messages/batches'
/** The newest come first, and one that is looked for is not old. */
const MOST_PAGES = 10
/** Two clocks may differ by so much. */
const CLOCKS_APART_MS = 60_000

export const anthropicBatches: BatchApi = {
  most: { requests: 100_000, bytes: 256_000_000 },

  async send(lines, _, ask) {
    const body = JSON.stringify({ requests: lines.map(({ id, body: params }) => ({ custom_id: id, params })) })
    return Batch.parse(JSON.parse(await ask({ path: PATH, body }))).id
  },

  /**
   * A batch takes no tag here, so that it is known by when it was made and how many requests it has; the ids of its
   * answers, which carry the tag, show later whether it was meant: what was not is an answer to nothing. Those of ours
   * that are known by their ids are left out.
   */
  async find({ requests, sinceMs, not }, ask) {
    let after = ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const path = `${PATH}?limit=100${after && `&after_id=${encodeURIComponent(after)}`}`
      const { data, has_more: hasMore } = List.parse(JSON.parse(await ask({ path, method: 'GET' })))
      const young = data.filter(({ created_at: at }) => Date.parse(at) >= sinceMs - CLOCKS_APART_MS)
      const found = young.find(({ id, request_counts: counts }) => sizeOf(counts) === requests && !not.includes(id))
      if (found) return found.id
      after = young.at(-1)?.id ?? ''
      if (!hasMore || young.length < data.length || after === '') return undefined
    }
    return undefined
  },

  async cancel(id, ask) {
    await ask({ path: `${PATH}/${encodeURIComponent(id)}/cancel`, body: '{}' })
  },

  async look(id, ask) {
    const path = `${PATH}/${encodeURIComponent(id)}`
    const { processing_status: status, request_counts: counts } = Batch.parse(
      JSON.parse(await ask({ path, method: 'GET' })),
    )
    // What it says under `results_url` would be asked with our key, whatever its host; the path is published.
    if (status === 'ended') return { kind: 'ended', read: [`${path}/results`] }
    const done = counts ? counts.succeeded + counts.errored + counts.canceled + counts.expired : 0
    return { kind: 'running', done }
  },

  read: async (path, ask) =>
    jsonLines(await ask({ path, method: 'GET' })).map((line): BatchAnswer => {
      const { custom_id: id, result } = Line.parse(line)
      return result.type === 'succeeded'
        ? { id, kind: 'answered', text: JSON.stringify(result.message) }
        : { id, kind: 'failed', reason: result.error?.error?.message ?? `It was ${result.type}.` }
    }),
}

/** Undefined where it does not say. */
const sizeOf = (counts: Readonly<Record<string, number>> | undefined): number | undefined =>
  counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
