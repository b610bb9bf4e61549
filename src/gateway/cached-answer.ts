/** A request of a route or an application that keeps answers: given from what is kept, or by who asks the same just now, or asked and kept. */
import { GUARD_STEP } from '../core/guardrail.ts'
import { NOTHING } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { type AnswerCache, type KeptAnswer, MOST_BYTES_OF_ONE } from './answer-cache.ts'
import { costHeaders } from './cost-headers.ts'
import type { Exchange, Keeper } from './exchange.ts'
import { FALLBACK_HEADER, TARGET_HEADER, TARGET_REASON_HEADER } from './falling-back.ts'
import { GUARDRAILS_HEADER, guardrailsSaid } from './guard-verdicts.ts'
import type { LookedUp } from './produce.ts'
import { isUnderWay } from './stream-state.ts'

/** Answers that call for something, and those that were blocked or filtered: they are asked anew. */
const NOT_KEPT: ReadonlySet<string | null> = new Set(['tool_calls', 'filtered', 'content_filter'])

type Given = { readonly how: 'hit' | 'shared' } | { readonly how: 'near'; readonly looked: LookedUp }

/** Answers with what was answered before: the same bytes, for nothing, or for what looking it up by meaning cost. */
export function replay(
  exchange: Exchange,
  { bytes, facts: kept, fallback, chosen = [] }: KeptAnswer,
  given: Given,
): void {
  if (!isUnderWay(exchange.state)) return
  const { facts, response } = exchange
  const { how } = given
  const { traceId, guarded, costMicroUsd: saved, ...known } = kept
  Object.assign(facts, known, { costMicroUsd: NOTHING })
  if (given.how === 'near') {
    const { steps, charges, costMicroUsd } = given.looked
    facts.steps.push(...steps)
    Object.assign(facts, { charges, costMicroUsd })
  }
  facts.steps.push({
    id: 'cache',
    name: `cache ${how}`,
    kind: 'cache',
    startedAt: exchange.at,
    durationMs: 0,
    attributes: { 'airworthy.cache': how, 'airworthy.cache.trace': traceId, 'airworthy.cache.saved_micro_usd': saved },
    error: null,
  })
  // They looked at these very words when they were first said; what looked at the question now has said so already.
  const told = new Set(facts.steps.map(({ id }) => id))
  facts.steps.push(...guarded.filter(({ id }) => !told.has(id)))
  exchange.setHeader(GUARDRAILS_HEADER, guardrailsSaid(facts))
  exchange.setHeader('airworthy-cache', how)
  exchange.setHeader(FALLBACK_HEADER, fallback)
  exchange.move('opened')
  if (!exchange.move('sent')) return
  exchange.complete()
  response.writeHead(200, [
    'content-type',
    kept.stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    'content-length',
    String(bytes.length),
    ...costHeaders(facts),
    ...exchange.headers,
    ...chosen,
  ])
  exchange.end(bytes)
}

/** Asks, unless somebody asks the same just now; a request that is not to be kept (`key` undefined) is only asked. */
export function askAndKeep(
  { cache, key, exchange, ttlMs }: { cache: AnswerCache; key: string | undefined; exchange: Exchange; ttlMs: number },
  ask: (keeper?: KeepsAnswer) => void,
): void {
  if (key === undefined) {
    ask()
    return
  }
  const askItself = () => {
    exchange.setHeader('airworthy-cache', 'miss')
    const keeper = new KeepsAnswer(cache, key, monotonicMs() + ttlMs)
    exchange.keeper = keeper
    ask(keeper)
  }
  const waits = cache.wait(key, {
    onKept: (kept) => replay(exchange, kept, { how: 'shared' }),
    // The first that hears of it asks; the others wait for that one.
    onGone: () => {
      if (!isUnderWay(exchange.state)) return
      try {
        askAndKeep({ cache, key, exchange, ttlMs }, ask)
      } catch (thrown) {
        exchange.fail(thrown)
      }
    },
  })
  if (!waits) askItself()
}

/** Keeps what this exchange sends, when it comes to a whole answer that calls for nothing. */
export class KeepsAnswer implements Keeper {
  readonly #cache: AnswerCache
  readonly #key: string
  readonly #untilMs: number
  #pieces: Buffer[] = []
  #bytes = 0
  #isGuarded = false
  /** Told when it is kept for those who come later. */
  onKept: ((kept: { key: string; untilMs: number }) => void) | undefined

  constructor(cache: AnswerCache, key: string, untilMs: number) {
    this.#cache = cache
    this.#key = key
    this.#untilMs = untilMs
    cache.begin(key)
  }

  /** A guardrail has taken something out of what was asked: everybody's question has to go by it. */
  asked(): void {
    this.#isGuarded = true
  }

  /** Nobody gets anything of it; those that wait ask for themselves. */
  giveUp(): void {
    this.#cache.giveUp(this.#key)
  }

  push(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#bytes <= MOST_BYTES_OF_ONE) this.#pieces.push(piece)
    else this.#pieces = []
  }

  ended(exchange: Exchange, isWhole: boolean): void {
    const { facts, traceId } = exchange
    const fallback = exchange.header(FALLBACK_HEADER)
    const isKept = isWhole && !this.#isGuarded && this.#bytes <= MOST_BYTES_OF_ONE && !NOT_KEPT.has(facts.finishReason)
    if (!isKept) {
      this.giveUp()
      return
    }
    const { servedBy, provider, responseId, finishReason, output, usage, stream, costMicroUsd } = facts
    const { citations, invalidCitations, abstained } = facts
    this.#cache.keep(this.#key, {
      bytes: Buffer.concat(this.#pieces),
      facts: {
        servedBy,
        provider,
        responseId,
        finishReason,
        output,
        usage,
        stream,
        traceId,
        citations,
        invalidCitations,
        abstained,
        costMicroUsd,
        guarded: facts.steps.filter(({ kind }) => kind === GUARD_STEP),
      },
      // What a fallback says is given to those who wait for it and to nobody later: the next asks who is meant again.
      untilMs: fallback === undefined ? this.#untilMs : monotonicMs(),
      fallback,
      chosen: [TARGET_HEADER, TARGET_REASON_HEADER].flatMap((name) => {
        const value = exchange.header(name)
        return value === undefined ? [] : [name, value]
      }),
    })
    if (fallback === undefined) this.onKept?.({ key: this.#key, untilMs: this.#untilMs })
  }
}
