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
const PATH = 'messages/batches'

export const anthropicBatches: BatchApi = {
  async send(lines, ask) {
    const body = JSON.stringify({ requests: lines.map(({ id, body: params }) => ({ custom_id: id, params })) })
    return Batch.parse(JSON.parse(await ask({ path: PATH, body }))).id
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
