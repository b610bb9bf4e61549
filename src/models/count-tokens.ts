/**
 * Tokens by one encoding (o200k_base), for models that do not count their own. An estimate for every model but
 * those that use this encoding, and flagged so. Counted in a thread that is started when first needed and ends when
 * nobody has asked for a minute, which gives its memory back.
 */
import { Worker } from 'node:worker_threads'
import type { Turn } from '../core/conversation.ts'
import type { Usage } from '../core/usage.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { MINUTE } from '../kernel/time.ts'
import type { TokenAnswer, TokenAsk } from './token-worker.ts'

/** What OpenAI's chat format adds: three tokens a message, three for the answer's head. */
const TOKENS_A_MESSAGE = 3
const TOKENS_OF_THE_HEAD = 3
const IDLE_MS = MINUTE

/** Throws `models.count-failed` when the thread ends before it has counted. */
export async function countTokens(text: string): Promise<number> {
  const [tokens = 0] = await tokensOf([text])
  return tokens
}

/** Usage of a prompt as rendered and of its answer. Throws as `countTokens`. */
export async function estimateUsage(messages: readonly Turn[], answer: string): Promise<Usage> {
  const [outputTokens = 0, ...asked] = await tokensOf([
    answer,
    ...messages.flatMap(({ role, content }) => [role, content]),
  ])
  const inputTokens = asked.reduce((sum, tokens) => sum + tokens, TOKENS_OF_THE_HEAD)
  return { inputTokens: inputTokens + TOKENS_A_MESSAGE * messages.length, outputTokens, estimated: true }
}

type Waiting = { readonly resolve: (tokens: readonly number[]) => void; readonly reject: (failure: Failure) => void }
/** One for the process: the tables are the same for everybody. */
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined }
let current: Thread | undefined
let last = 0

function tokensOf(texts: readonly string[]): Promise<readonly number[]> {
  current ??= started()
  const { worker, waiting, idle } = current
  clearTimeout(idle)
  const id = ++last
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    // Who waits for a count keeps the process alive; an idle thread does not.
    worker.ref()
    worker.postMessage({ id, texts } satisfies TokenAsk)
  })
}

function started(): Thread {
  const worker = new Worker(new URL('./token-worker.ts', import.meta.url))
  const thread: Thread = { worker, waiting: new Map(), idle: undefined }
  worker.on('message', ({ id, tokens }: TokenAnswer) => {
    thread.waiting.get(id)?.resolve(tokens)
    thread.waiting.delete(id)
    if (thread.waiting.size > 0) return
    worker.unref()
    thread.idle = setTimeout(() => {
      if (current === thread) current = undefined
      void worker.terminate()
    }, IDLE_MS).unref()
  })
  const onEnd = (why: string) => {
    if (current === thread) current = undefined
    for (const { reject } of thread.waiting.values()) reject(lost(why))
    thread.waiting.clear()
  }
  worker.once('error', (thrown) => onEnd(messageOf(thrown)))
  worker.once('exit', () => onEnd('its thread ended'))
  return thread
}

const lost = (why: string) =>
  new Failure('unavailable', 'models.count-failed', `The tokens could not be counted: ${why}. Try again.`)
