/** Batches of OpenAI as its interface is published, with what a test does to them: held, cut off, failed, cancelled. */
import type { ServerResponse } from 'node:http'
import type { Says } from './local-provider.ts'

type Line = { readonly custom_id: string; readonly body: { readonly messages: readonly { content: string }[] } }
type SentBatch = { readonly id: string; readonly lines: readonly Line[]; readonly tag: unknown; status: string }
export type BatchProvider = {
  readonly says: Says
  /** Those that were made, in their order. */
  readonly batches: readonly SentBatch[]
  /** Questions that were asked one by one. */
  readonly singly: string[]
  /** Whether batches end at their next look. */
  end: boolean
  /** Makes the batch and says nothing of it. */
  silent: boolean
  /** Questions that no batch answers. */
  fails: (question: string) => boolean
}

export function batchProvider(answer: (question: string) => string): BatchProvider {
  const batches: SentBatch[] = []
  const files = new Map<string, Line[]>()
  const singly: string[] = []
  const questionOf = ({ messages }: Line['body']): string => messages.at(-1)?.content ?? ''
  const chat = (question: string) => ({
    choices: [{ message: { content: answer(question) }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 100 },
  })
  const shown = ({ id, lines, tag, status }: SentBatch) => ({
    ...{ id, object: 'batch', status, metadata: { airworthy: tag } },
    ...(ENDED.includes(status) && { output_file_id: `out-${id}`, error_file_id: `err-${id}` }),
    request_counts: { total: lines.length, completed: 0, failed: 0 },
  })
  const provider: BatchProvider = {
    ...{ batches, singly, end: true, silent: false, fails: () => false },
    says(response, { path, text }) {
      const say = (value: unknown) => response.end(JSON.stringify(value))
      if (path === '/chat/completions') {
        const question = questionOf(JSON.parse(text))
        singly.push(question)
        return say(chat(question))
      }
      if (path === '/files') {
        const id = `file-${files.size}`
        files.set(
          id,
          [...text.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line)),
        )
        return say({ id })
      }
      if (path.startsWith('/batches?')) return say({ data: batches.map(shown).toReversed(), has_more: false })
      if (path === '/batches') {
        const { input_file_id: file, metadata } = JSON.parse(text)
        const made = { id: `batch_${batches.length}`, lines: files.get(file) ?? [], tag: metadata.airworthy }
        const batch: SentBatch = { ...made, status: 'in_progress' }
        batches.push(batch)
        return provider.silent ? undefined : say(shown(batch))
      }
      const [, id, verb] = /^\/batches\/([^/]+)(\/cancel)?$/.exec(path) ?? []
      const batch = batches.find((one) => one.id === id)
      if (batch && verb) batch.status = 'cancelled'
      else if (batch && provider.end && batch.status === 'in_progress') batch.status = 'completed'
      if (batch) return say(shown(batch))
      return answers(response, path)
    },
  }
  return provider

  function answers(response: ServerResponse, path: string): void {
    const [, kind, id] = /^\/files\/(out|err)-(.+)\/content$/.exec(path) ?? []
    const batch = batches.find((one) => one.id === id)
    // Of one that was cancelled the first half was done.
    const done = batch?.status === 'cancelled' ? batch.lines.length / 2 : Number.POSITIVE_INFINITY
    const lines = (batch?.lines ?? []).map(({ custom_id, body }, at) =>
      at >= done || provider.fails(questionOf(body))
        ? { custom_id, response: null, error: { code: 'batch_expired', message: 'It came too late.' } }
        : { custom_id, response: { status_code: 200, body: chat(questionOf(body)) }, error: null },
    )
    // In another order than they were sent.
    const wanted = lines.filter(({ error }) => (error !== null) === (kind === 'err')).toReversed()
    response.end(wanted.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

const ENDED = ['completed', 'cancelled']
