/**
 * The pass-through: the client's bytes to a provider, the provider's bytes back. Bytes are held until the first piece
 * that means something, so that an upstream that fails early is a plain error; after that nothing is ever spliced in.
 */
import type { Readable } from 'node:stream'
import { Failure } from '../kernel/failure.ts'
import type { Usage } from '../telemetry/index.ts'
import { isSemantic, NOTHING_READ, type Read, readJson, readStream, readTail } from './answer-reader.ts'
import type { ChatRequest } from './chat-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { type Kept, keepBytes } from './kept-bytes.ts'
import { isUnderWay } from './stream-state.ts'

/** Kept for the trace, and the most that is held for a JSON answer so that its cost can stand in the head. */
const KEEP_BYTES = 1024 * 1024
const HOLD_BYTES = 32 * 1024
const COST = 'airworthy-cost-micro-usd'
/** What of a provider's head the client gets; the rest is between the provider and us. */
const PASSED = new Set(['content-type', 'cache-control', 'retry-after', 'x-request-id'])
const PASSED_FAMILIES = /^(?:x-ratelimit|openai)-/

/** Nobody bills an error. */
const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, estimated: true }

export type PassThrough = {
  readonly exchange: Exchange
  readonly chat: ChatRequest
  readonly model: string
  readonly provider: string
  readonly bytes: Buffer
  readonly models: GatewayDeps['models']
}

type Upstream = Awaited<ReturnType<GatewayDeps['models']['forward']>>

/** Forwards and answers. Never rejects. */
export async function passThrough(pass: PassThrough): Promise<void> {
  const { exchange, chat, model, provider, bytes, models } = pass
  exchange.facts.servedBy = model
  exchange.facts.provider = provider
  // A client that hangs up while the provider thinks has cost its question.
  exchange.onBrokenOff = () => takeFacts(pass, NOTHING_READ)
  try {
    exchange.asked()
    const upstream = await models.forward({
      provider,
      path: 'chat/completions',
      body: bytes,
      model: model.slice(provider.length + 1),
      headers: { accept: chat.stream ? 'text/event-stream' : 'application/json' },
      signal: exchange.signal,
    })
    exchange.move('opened')
    const isStream = String(upstream.headers['content-type'] ?? '').startsWith('text/event-stream')
    exchange.facts.stream = isStream
    await (isStream ? passStream : passJson)(pass, upstream)
  } catch (thrown) {
    // Nobody took the question.
    if (exchange.state === 'connecting') exchange.onBrokenOff = undefined
    exchange.fail(thrown)
  }
}

/** A JSON answer is held whole while it is small, so that its cost stands in the head. */
function passJson(pass: PassThrough, upstream: Upstream): Promise<void> {
  const { exchange } = pass
  const { response } = exchange
  const kept = keepBytes(KEEP_BYTES)
  const held: Buffer[] = []
  return relay(exchange, upstream.body, {
    onChunk(chunk) {
      kept.push(chunk)
      if (kept.isSmall()) {
        held.push(chunk)
        exchange.move('held')
        return true
      }
      if (!response.headersSent) writeHead(exchange, upstream, ['trailer', COST])
      exchange.move('sent')
      for (const one of held.splice(0)) response.write(one)
      return response.write(chunk)
    },
    onEnd() {
      const all = kept.take()
      const read = 'whole' in all ? readJson(all.whole) : readTail(all.tail)
      if (refusesKey(upstream.status)) {
        exchange.onBrokenOff = undefined
        throw refusedKey(pass, upstream.status)
      }
      takeFacts(pass, upstream.status < 400 ? read : { ...read, usage: read.usage ?? NO_USAGE })
      if (response.headersSent) {
        addCostTrailer(exchange)
        response.end()
      } else {
        const body = 'whole' in all ? all.whole : Buffer.alloc(0)
        const cost = exchange.facts.costMicroUsd
        exchange.move('sent')
        writeHead(exchange, upstream, ['content-length', String(body.length), ...(cost === null ? [] : [COST, cost])])
        // Latin-1 keeps every byte, and as text it leaves together with the head in one write.
        response.end(body.toString('latin1'), 'latin1')
      }
      end(exchange, upstream)
    },
    onBroken: () => takeFacts(pass, readPart(kept.take())),
  })
}

function passStream(pass: PassThrough, upstream: Upstream): Promise<void> {
  const { exchange } = pass
  const { response } = exchange
  const kept = keepBytes(KEEP_BYTES)
  const held: Buffer[] = []
  let heldBytes = 0
  const commit = () => {
    if (!exchange.move('sent')) return false
    if (!response.headersSent) writeHead(exchange, upstream, ['trailer', COST])
    return true
  }
  return relay(exchange, upstream.body, {
    onChunk(chunk) {
      kept.push(chunk)
      if (exchange.state === 'committed') return response.write(chunk)
      held.push(chunk)
      heldBytes += chunk.length
      exchange.move('held')
      if (heldBytes < HOLD_BYTES && !isSemantic(chunk)) return true
      if (!commit()) return true
      return response.write(held.length === 1 ? chunk : Buffer.concat(held.splice(0)))
    },
    onEnd() {
      const all = kept.take()
      const read = readPart(all)
      // A provider that closes its stream without saying that it is done, or why it stopped, has broken it off.
      if (!read.isWhole && read.finishReason === null && !read.error) throw cut(pass)
      takeFacts(pass, read)
      const isFirst = exchange.state !== 'committed'
      if (!commit()) return
      if (isFirst) response.write(Buffer.concat(held.splice(0)))
      addCostTrailer(exchange)
      response.end()
      if (read.error) exchange.refusedUpstream(upstream.status, 'models.upstream-failed')
      else end(exchange, upstream)
    },
    onBroken: () => takeFacts(pass, readPart(kept.take())),
  })
}

/** Moves chunks with back-pressure until the end. Rejects when the upstream breaks or `onEnd` throws. */
function relay(
  exchange: Exchange,
  body: Readable,
  on: {
    /** False when the client is slower than the upstream. */
    onChunk: (chunk: Buffer) => boolean
    onEnd: () => void
    onBroken: () => void
  },
): Promise<void> {
  const { response } = exchange
  exchange.onBrokenOff = on.onBroken
  return new Promise((resolve, reject) => {
    let isOver = false
    body.on('data', (chunk: Buffer) => {
      if (on.onChunk(chunk)) return
      body.pause()
      response.once('drain', () => body.resume())
    })
    body.once('end', () => {
      isOver = true
      exchange.answered()
      try {
        // Else the record is closed, and nothing may be added to it.
        if (isUnderWay(exchange.state)) on.onEnd()
        resolve()
      } catch (thrown) {
        reject(thrown)
      }
    })
    body.on('error', (thrown) => {
      isOver = true
      reject(brokenOff(thrown))
    })
    // Closed without an end or an error; a failure is made only then, because its stack costs more than the rest here.
    body.once('close', () => {
      if (!isOver) reject(brokenOff(undefined))
    })
  })
}

function writeHead({ response, headers }: Exchange, upstream: Upstream, more: readonly string[]): void {
  const head: string[] = []
  for (const name in upstream.headers) {
    const value = upstream.headers[name]
    if (typeof value === 'string' && (PASSED.has(name) || PASSED_FAMILIES.test(name))) head.push(name, value)
  }
  response.writeHead(upstream.status, head.concat(headers, more))
}

function end(exchange: Exchange, { status }: Upstream): void {
  if (status < 400) exchange.complete(status)
  else
    exchange.refusedUpstream(
      status,
      status === 429 ? 'models.upstream-limited' : status < 500 ? 'models.upstream-refused' : 'models.upstream-failed',
    )
}

const readPart = (kept: Kept): Read => ('whole' in kept ? readStream(kept.whole) : readTail(kept.tail))

/** Tokens as the provider counted them; else estimated from the bytes, four to a token, for what was seen. */
function takeFacts({ exchange, model, bytes, models }: PassThrough, read: Read): void {
  const { facts } = exchange
  const usage: Usage = read.usage ?? {
    inputTokens: Math.ceil(bytes.length / 4),
    outputTokens: Math.ceil(read.output.length / 4),
    estimated: true,
  }
  facts.responseId = read.id
  facts.output = read.output
  facts.finishReason = read.finishReason
  facts.usage = { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, estimated: usage.estimated }
  facts.costMicroUsd = models.costOf(model, usage, exchange.at)
  facts.priceBook = models.priceBook
}

function addCostTrailer({ response, facts }: Exchange): void {
  if (facts.costMicroUsd !== null) response.addTrailers([[COST, facts.costMicroUsd]])
}

/** The provider does not take our key; to the client that is our fault, not its own. */
const refusesKey = (status: number): boolean => status === 401 || status === 403

const refusedKey = ({ provider }: PassThrough, status: number): Failure =>
  new Failure(
    'unavailable',
    'models.upstream-refused-key',
    `${provider} does not accept our key (${status}). Set a working one with PUT /api/v1/providers/${provider}.`,
  )

const cut = ({ provider }: PassThrough): Failure =>
  new Failure('unavailable', 'models.stream-cut', `${provider} broke its answer off. Try again.`)

const brokenOff = (thrown: unknown): Failure =>
  thrown instanceof Failure
    ? thrown
    : thrown instanceof Error && (thrown as { code?: unknown }).code === 'UND_ERR_BODY_TIMEOUT'
      ? new Failure('unavailable', 'models.upstream-timeout', 'The provider fell silent in its answer. Try again.', {
          cause: thrown,
        })
      : new Failure('unavailable', 'models.stream-cut', 'The provider broke its answer off. Try again.', {
          cause: thrown,
        })
