/** Vectors of texts, from any model that is asked for embeddings: read whole, of length 1, and priced. */

import type { Charge, Usage } from '../core/usage.ts'
import { embeddingsOutbound, openAiEmbeddings } from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { MicroUsd } from '../kernel/money.ts'
import type { Call, CallSink, UpstreamHeaders } from './call.ts'
import { estimateUsage } from './count-tokens.ts'
import type { ForwardAsk } from './forward.ts'
import type { Spoken } from './speech.ts'

export type Embedded = {
  /** In the order of the texts, each of length 1, so that the cosine of two is their dot product. */
  readonly vectors: readonly Float32Array[]
  /** Null when the price is not known. */
  readonly costMicroUsd: MicroUsd | null
  readonly charge: Charge
}

export type EmbedAsk = {
  /** `provider/model`. */
  readonly model: string
  readonly texts: readonly string[]
  readonly signal: AbortSignal
}

export type Embed = (ask: EmbedAsk) => Promise<Embedded>

type Deps = {
  readonly forward: (ask: ForwardAsk, sink: CallSink) => Call
  readonly spoken: (provider: string) => Spoken
  readonly refusal: (provider: string, answer: { status: number; headers: UpstreamHeaders; text: string }) => Failure
  readonly chargeOf: (model: string, usage: Usage) => { costMicroUsd: MicroUsd | null; charge?: Charge | undefined }
}

const MOST_BYTES = 64 * 1024 * 1024

/** Throws what the provider says, `models.no-embeddings`, or the signal's reason. */
export const createEmbed =
  ({ forward, spoken, refusal, chargeOf }: Deps): Embed =>
  async ({ model, texts, signal }) => {
    const provider = model.slice(0, Math.max(0, model.indexOf('/')))
    const name = model.slice(provider.length + 1)
    const { dialect, speaks } = spoken(provider)
    const words = speaks.includes('embeddings') ? openAiEmbeddings : embeddingsOutbound(dialect, name)
    if (!words)
      throw new Failure('invalid', 'models.no-embeddings', `${provider} makes no vectors. Name a model for embeddings.`)
    const { body } = words.writeRequest({ texts, format: 'float' }, name)
    const answer = await read(
      (sink) =>
        forward(
          {
            ...{ provider, call: 'embeddings', model: name, isTranslated: true, accept: 'application/json' },
            body: Buffer.from(JSON.stringify(body)),
          },
          sink,
        ),
      signal,
    )
    if (answer.status >= 300) throw refusal(provider, answer)
    const { vectors, inputTokens } = words.readAnswer(JSON.parse(answer.text))
    if (vectors.length !== texts.length) throw unusable(model, `${vectors.length} vectors for ${texts.length} texts`)
    const usage: Usage =
      inputTokens === null
        ? { ...(await estimateUsage(texts.map(asTurn), '')), outputTokens: 0 }
        : { inputTokens, outputTokens: 0, estimated: false }
    const { costMicroUsd, charge } = chargeOf(model, usage)
    if (!charge) throw new Error('What was used is charged.')
    return { vectors: vectors.map((vector) => ofLengthOne(vector, model)), costMicroUsd, charge }
  }

const asTurn = (content: string) => ({ role: 'user' as const, content })

const unusable = (model: string, why: string): Failure =>
  new Failure('unavailable', 'models.vectors-unusable', `${model} gave ${why}.`)

function ofLengthOne(vector: readonly number[], model: string): Float32Array {
  const length = Math.hypot(...vector)
  if (!(length > 0 && Number.isFinite(length))) throw unusable(model, 'a vector without a length')
  return Float32Array.from(vector, (one) => one / length)
}

type Whole = { status: number; headers: UpstreamHeaders; text: string }

function read(begin: (sink: CallSink) => Call, signal: AbortSignal): Promise<Whole> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Whole>()
  let [status, bytes] = [0, 0]
  let headers: UpstreamHeaders = {}
  const pieces: Buffer[] = []
  const call = begin({
    onHead(is, has) {
      status = is
      headers = has
    },
    onPiece(piece) {
      bytes += piece.length
      if (bytes > MOST_BYTES) throw unusable('The provider', `more than ${MOST_BYTES} bytes`)
      pieces.push(piece)
    },
    onEnd: () => resolve({ status, headers, text: Buffer.concat(pieces).toString('utf8') }),
    onFailed: reject,
  })
  const stop = () => {
    call.cancel()
    reject(signal.reason)
  }
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', stop))
}
