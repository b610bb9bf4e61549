/**
 * Message batches of Anthropic as its interface is published (platform.claude.com/docs, Message Batches): no tag, a list
 * by pages with the newest first, a cancellation that takes a look to end, results as lines in any order.
 */
import type { ServerResponse } from 'node:http'
import type { Says } from './local-provider.ts'

type Asked = { readonly custom_id: string; readonly params: { readonly messages: readonly { content: unknown }[] } }
type MessageBatch = {
  readonly id: string
  readonly asked: readonly Asked[]
  readonly createdAt: string
  status: 'in_progress' | 'canceling' | 'ended'
  isCancelled: boolean
}
export type MessageBatchProvider = {
  readonly says: Says
  /** Those that were made, in their order. */
  readonly batches: readonly MessageBatch[]
  /** Questions that were asked one by one. */
  readonly singly: string[]
  /** Whether batches end at their next look. */
  end: boolean
  /** Makes the batch and says nothing of it. */
  silent: boolean
  /** How many requests it takes in one. */
  most: number
  /** A batch of somebody else with the same account. */
  addForeign(size: number, createdAt: Date): string
}

/** The most that it takes. */
const MOST = { requests: 100_000, bytes: 256_000_000 }
/** A page is as short as it may be, so that whoever looks for one has to turn it. */
const PAGE = 2

export function messageBatchProvider(answer: (question: string) => string): MessageBatchProvider {
  const batches: MessageBatch[] = []
  const singly: string[] = []
  const made = (asked: readonly Asked[], createdAt = new Date()): MessageBatch => {
    const id = `msgbatch_${batches.length}`
    const batch: MessageBatch = {
      ...{ id, asked, createdAt: createdAt.toISOString(), status: 'in_progress', isCancelled: false },
    }
    batches.push(batch)
    return batch
  }
  const provider: MessageBatchProvider = {
    ...{ batches, singly, end: true, silent: false, most: MOST.requests },
    addForeign: (size, createdAt) =>
      made(
        Array.from({ length: size }, (_, at) => ({ custom_id: `theirs-${at}`, params: { messages: [] } })),
        createdAt,
      ).id,
    says(response, { path, text }) {
      const say = (value: unknown, status = 200) => void response.writeHead(status).end(JSON.stringify(value))
      const { pathname, searchParams } = new URL(path, 'http://here')
      if (pathname === '/messages') {
        const question = questionOf(JSON.parse(text))
        singly.push(question)
        return say(messageOf(answer(question)))
      }
      if (pathname === '/messages/batches' && text === '') return say(pageOf(batches, searchParams.get('after_id')))
      if (pathname === '/messages/batches') {
        const { requests } = JSON.parse(text) as { requests: Asked[] }
        if (requests.length > provider.most || Buffer.byteLength(text) > MOST.bytes)
          return say({ type: 'error', error: { type: 'request_too_large', message: 'Request too large' } }, 413)
        const batch = made(requests)
        return provider.silent ? undefined : say(shown(batch))
      }
      const [, id, verb] = /^\/messages\/batches\/([^/]+)(?:\/(cancel|results))?$/.exec(pathname) ?? []
      const batch = batches.find((one) => one.id === id)
      if (!batch) return say({ type: 'error', error: { type: 'not_found_error', message: 'Not found' } }, 404)
      if (verb === 'results') return results(response, batch)
      if (verb === 'cancel') Object.assign(batch, { status: 'canceling', isCancelled: true })
      else if (batch.status === 'canceling' || provider.end) batch.status = 'ended'
      return say(shown(batch))
    },
  }
  return provider

  function results(response: ServerResponse, { asked, isCancelled }: MessageBatch): void {
    // Of one that was cancelled the first half was done.
    const done = isCancelled ? asked.length / 2 : Number.POSITIVE_INFINITY
    const lines = asked.map(({ custom_id, params }, at) => ({
      custom_id,
      result: at < done ? { type: 'succeeded', message: messageOf(answer(questionOf(params))) } : { type: 'canceled' },
    }))
    response.end(
      lines
        .toReversed()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
  }
}

const questionOf = ({ messages }: Asked['params']): string => {
  const content = messages.at(-1)?.content
  return typeof content === 'string' ? content : ((content as { text?: string }[] | undefined)?.[0]?.text ?? '')
}

const messageOf = (text: string) => ({
  ...{ type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text }], stop_reason: 'end_turn' },
  usage: { input_tokens: 10, output_tokens: 100 },
})

function shown({ id, asked, createdAt, status, isCancelled }: MessageBatch) {
  const half = isCancelled ? asked.length / 2 : asked.length
  const counts =
    status === 'ended'
      ? { processing: 0, succeeded: half, canceled: asked.length - half }
      : { processing: asked.length, succeeded: 0, canceled: 0 }
  return {
    ...{ id, type: 'message_batch', processing_status: status, created_at: createdAt },
    request_counts: { ...counts, errored: 0, expired: 0 },
    // Another host, which must not be asked with our key.
    results_url: 'http://127.0.0.1:9/results',
  }
}

function pageOf(batches: readonly MessageBatch[], after: string | null) {
  const all = batches.toReversed()
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const data = all.slice(from, from + PAGE).map(shown)
  return { data, has_more: from + PAGE < all.length, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
}
