/**
 * OpenAI's batches, by its published interface: the requests as a file of lines, a batch over the file, and a file of
 * answers and one of errors when it has ended.
 */
import { z } from 'zod'
import { type BatchAnswer, type BatchApi, type BatchLine, jsonLines } from './batch-api.ts'

const File = z.object({ id: z.string() })
const Batch = z.object({
  id: z.string(),
  status: z.string(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  request_counts: z.object({ completed: z.number(), failed: z.number() }).nullish(),
  errors: z.object({ data: z.array(z.object({ message: z.string().nullish() })).nullish() }).nullish(),
})
const Line = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
})
const List = z.object({
  data: z.array(Batch.extend({ metadata: z.record(z.string(), z.unknown()).nullish() })),
  has_more: z.boolean().nullish(),
})
const TAG = 'airworthy'
/** The newest come first, and one that is looked for is not old. */
const MOST_PAGES = 10
/** One that expired or was cancelled has answers to what was done by then. */
const ENDED = new Set(['completed', 'expired', 'cancelled'])
const BOUNDARY = 'airworthy-batch-6d2b79f5'

export const openaiBatches: BatchApi = {
  // A file of 200 MB by its published limits.
  most: { requests: 50_000, bytes: 200_000_000 },

  async send(lines, tag, ask) {
    const file = File.parse(JSON.parse(await ask({ path: 'files', ...formOf(lines) })))
    const body = JSON.stringify({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      metadata: { [TAG]: tag },
    })
    return Batch.parse(JSON.parse(await ask({ path: 'batches', body }))).id
  },

  async find({ tag }, ask) {
    let after = ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const path = `batches?limit=100${after && `&after=${encodeURIComponent(after)}`}`
      const { data, has_more: hasMore } = List.parse(JSON.parse(await ask({ path, method: 'GET' })))
      const found = data.find(({ metadata }) => metadata?.[TAG] === tag)
      if (found) return found.id
      after = data.at(-1)?.id ?? ''
      if (!hasMore || after === '') return undefined
    }
    return undefined
  },

  async cancel(id, ask) {
    await ask({ path: `batches/${encodeURIComponent(id)}/cancel`, body: '{}' })
  },

  async look(id, ask) {
    const batch = Batch.parse(JSON.parse(await ask({ path: `batches/${encodeURIComponent(id)}`, method: 'GET' })))
    const { status, output_file_id, error_file_id, request_counts: counts, errors } = batch
    if (status === 'failed')
      return { kind: 'failed', reason: errors?.data?.[0]?.message ?? 'The provider does not say why.' }
    if (!ENDED.has(status)) return { kind: 'running', done: (counts?.completed ?? 0) + (counts?.failed ?? 0) }
    const files = [output_file_id, error_file_id].filter((file) => typeof file === 'string')
    return { kind: 'ended', read: files.map((file) => `files/${encodeURIComponent(file)}/content`) }
  },

  read: async (path, ask) =>
    jsonLines(await ask({ path, method: 'GET' })).map((line): BatchAnswer => {
      const { custom_id: id, response, error } = Line.parse(line)
      const text = JSON.stringify(response?.body ?? null)
      if (response && response.status_code >= 200 && response.status_code < 300) return { id, kind: 'answered', text }
      const reason = error?.message ?? (response ? `${response.status_code}: ${text.slice(0, 300)}` : 'no answer')
      return { id, kind: 'failed', reason }
    }),
}

/** The file as a form with its purpose; a line of JSON cannot hold the boundary at the begin of a line. */
function formOf(lines: readonly BatchLine[]): { body: string; contentType: string } {
  const url = '/v1/chat/completions'
  const file = lines.map(({ id, body }) => JSON.stringify({ custom_id: id, method: 'POST', url, body })).join('\n')
  const parts = [
    ['name="purpose"', 'batch'],
    ['name="file"; filename="requests.jsonl"\r\ncontent-type: application/jsonl', `${file}\n`],
  ].map(([head, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`)
  return { body: `${parts.join('')}--${BOUNDARY}--\r\n`, contentType: `multipart/form-data; boundary=${BOUNDARY}` }
}
