/** A request of a route or an application that keeps answers: given from what is kept, or by who asks the same just now, or asked and kept. */
import { GUARD_STEP } from '../core/guardrail.ts'
import { NOTHING } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { type AnswerCache, type KeptAnswer, MOST_BYTES_OF_ONE } from './answer-cache.ts'
import type { Exchange, Keeper } from './exchange.ts'
import { FALLBACK_HEADER, TARGET_HEADER, TARGET_REASON_HEADER } from './falling-back.ts'
import { GUARDRAILS_HEADER, guardrailsSaid } from './guard-verdicts.ts'
import { isUnderWay } from './stream-state.ts'

/** Answers that call for something, and those of applications that were blocked: they are asked anew. */
const NOT_KEPT: ReadonlySet<string | null> = new Set(['tool_calls', 'filtered'])

/** Answers with what was answered before: the same bytes, for nothing. */
export function replay(
  exchange: Exchange,
  { bytes, facts: kept, fallback, chosen = [] }: KeptAnswer,
  how: 'hit' | 'shared',
): void {
  if (!isUnderWay(exchange.state)) return
  const { facts, response } = exchange
  const { traceId, guarded, ...known } = kept
  Object.assign(facts, known, { costMicroUsd: NOTHING })
  facts.steps.push({
    id: 'cache',
    name: `cache ${how}`,
    kind: 'cache',
    startedAt: exchange.at,
    durationMs: 0,
    attributes: { 'airworthy.cache': how, 'airworthy.cache.trace': traceId },
    error: null,
  })
  // They looked at these very words when they were first said.
  facts.steps.push(...guarded)
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
    'airworthy-cost-micro-usd',
    NOTHING,
    ...exchange.headers,
    ...chosen,
  ])
  exchange.end(bytes)
}

/** Asks, unless somebody asks the same just now; a request that is not to be kept (`key` undefined) is only asked. */
export function askAndKeep(
  { cache, key, exchange, ttlMs }: { cache: AnswerCache; key: string | undefined; exchange: Exchange; ttlMs: number },
  ask: () => void,
): void {
  if (key === undefined) {
    ask()
    return
  }
  const askItself = () => {
    exchange.setHeader('airworthy-cache', 'miss')
    exchange.keeper = new KeepsAnswer(cache, key, monotonicMs() + ttlMs)
    ask()
  }
  const waits = cache.wait(key, {
    onKept: (kept) => replay(exchange, kept, 'shared'),
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
      this.#cache.giveUp(this.#key)
      return
    }
    const { servedBy, provider, responseId, finishReason, output, usage, stream } = facts
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
  }
}
