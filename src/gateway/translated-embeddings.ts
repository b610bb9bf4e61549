/** Embeddings from a provider that has its own words for them: asked, read whole, and told as OpenAI tells them. */
import {
  type EmbeddingsOutbound,
  type EmbeddingsRequest,
  embeddingsOutbound,
  readEmbeddingsRequest,
  writeEmbeddings,
} from '../dialects/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { Spoken, UpstreamHeaders } from '../models/index.ts'
import { wrong } from './protocols/parsed-request.ts'
import { NOTHING_READ } from './protocols/read.ts'
import { type ChatAsked, ProviderAsk } from './provider-ask.ts'
import { cannotCarry, type LossPolicy } from './translation.ts'

const MOST_BYTES = 32 * 1024 * 1024

export class TranslatedEmbeddings extends ProviderAsk {
  readonly #outbound: EmbeddingsOutbound
  readonly #policy: LossPolicy | undefined
  #format: EmbeddingsRequest['format'] = 'float'
  #status = 0
  #headers: UpstreamHeaders = {}
  #pieces: Buffer[] = []
  #bytes = 0

  constructor(asked: ChatAsked, outbound: EmbeddingsOutbound, policy: LossPolicy | undefined) {
    super(asked)
    this.#outbound = outbound
    this.#policy = policy
  }

  /** Throws when nobody could be asked. */
  start(): void {
    const { chat, model, provider, exchange } = this.asked
    const name = model.slice(provider.length + 1)
    const { request, unread } = read(() => readEmbeddingsRequest(chat.body))
    const { body, losses } = read(() => this.#outbound.writeRequest(request, name))
    const lost = [...unread.map((field) => ({ field, changesAnswer: false })), ...losses]
    const refused = lost.filter(
      ({ changesAnswer }) => this.#policy === 'reject' || (this.#policy === undefined && changesAnswer),
    )
    const named = (some: typeof lost) => some.map(({ field }) => field)
    if (refused.length > 0) throw cannotCarry(named(refused), model)
    if (lost.length > 0) exchange.setHeader('airworthy-dropped-fields', named(lost).join(','))
    this.#format = request.format
    this.ask({ call: 'embeddings', body: Buffer.from(JSON.stringify(body)), isTranslated: true })
  }

  protected begin(status: number, headers: UpstreamHeaders): void {
    this.#status = status
    this.#headers = headers
    this.firstToken.stop()
  }

  protected takePiece(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#bytes += piece.length
    this.asked.exchange.move('held')
    if (this.#bytes > MOST_BYTES) throw this.passed.unreadable(`it has more than ${MOST_BYTES} bytes`)
  }

  protected takeEnd(): void {
    const { exchange, models, provider, model } = this.asked
    const text = Buffer.concat(this.#pieces).toString('utf8')
    exchange.answered()
    if (this.#status >= 300) throw models.refusal(provider, { status: this.#status, headers: this.#headers, text })
    const answer = this.#readAnswer(text)
    const { inputTokens } = answer
    this.passed.takeFacts({
      ...NOTHING_READ,
      isWhole: true,
      usage: inputTokens === null ? undefined : { inputTokens, outputTokens: 0, estimated: false },
    })
    const counted = { ...answer, inputTokens: exchange.facts.usage.inputTokens }
    if (inputTokens === null) exchange.setHeader('airworthy-estimated', 'true')
    const body = JSON.stringify(writeEmbeddings(counted, { model, format: this.#format }))
    if (!exchange.move('sent')) return
    exchange.complete()
    this.passed.writeHead({ status: 200, headers: { 'content-type': 'application/json' } }, Buffer.byteLength(body))
    exchange.end(body)
  }

  completeFacts(): void {
    this.passed.takeFacts(NOTHING_READ)
  }

  #readAnswer(text: string) {
    try {
      return this.#outbound.readAnswer(JSON.parse(text))
    } catch (thrown) {
      throw this.passed.unreadable(thrown instanceof Failure ? String(thrown.facts.why) : 'it is not JSON')
    }
  }
}

/** The provider's own words for embeddings; undefined when it has none, or speaks as the client does. */
export const embeddingsWordsOf = ({ dialect, speaks }: Spoken, model: string): EmbeddingsOutbound | undefined =>
  speaks.includes('embeddings') ? undefined : embeddingsOutbound(dialect, model)

function read<Found>(what: () => Found): Found {
  try {
    return what()
  } catch (thrown) {
    const { field, message } = (thrown instanceof Failure && thrown.problems[0]) || {}
    throw field && message ? wrong(field, message) : thrown
  }
}
