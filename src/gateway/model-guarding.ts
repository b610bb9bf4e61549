/**
 * Guardrails around one request that names a model or a route: what was asked before anything is done with it, and what
 * is answered before anybody hears it. Applications have their own, which act in their flow.
 */
import type { GuardVerdict } from '../core/guardrail.ts'
import type { AnswerEvent } from '../dialects/index.ts'
import { recordOf } from '../flows/index.ts'
import { guardTexts, type ModelGuards } from '../guardrails/index.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { askedTexts, withTexts } from './asked-texts.ts'
import { type ClientRequest, parseRequest } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { GUARDRAILS_HEADER, guardrailsSaid } from './guard-verdicts.ts'
import { GuardedEvents } from './guarded-events.ts'
import { answer } from './produce.ts'

export type Guarding = {
  readonly guards: ModelGuards
  /** What is said instead of asking anybody. */
  readonly blocked: string | undefined
}

export type GuardedAsk = {
  /** The request as it may be used: the client's own bytes where nothing was taken out. */
  readonly bytes: Buffer
  readonly guarding?: Guarding
}

/** What looks at a request with this name; undefined where nothing does, and for an application. */
function guardsOn({ models, modelGuards }: GatewayDeps, model: string): ModelGuards | undefined {
  const route = models.routes.find(model)
  if (!route && !model.includes('/')) return undefined
  return modelGuards?.of(route ? [route.name, ...route.targets.map((target) => target.model)] : [model])
}

/** Rejects with what the client has to be told. */
export async function guardAsked(deps: GatewayDeps, exchange: Exchange, bytes: Buffer): Promise<GuardedAsk> {
  if (!deps.modelGuards?.hasAny()) return { bytes }
  const { protocol } = exchange
  const chat = parseRequest(protocol, bytes.toString('utf8'))
  const guards = guardsOn(deps, chat.model)
  if (!guards) return { bytes }
  exchange.isGuarded = guards.output.length > 0
  if (guards.input.length === 0) return { bytes, guarding: { guards, blocked: undefined } }
  const started = monotonicMs()
  const asked = askedTexts(protocol.call, chat.body)
  const { texts, verdicts, blocked } = await guardTexts(guards.input, asked)
  keep(exchange, verdicts, monotonicMs() - started)
  exchange.setHeader(GUARDRAILS_HEADER, guardrailsSaid(exchange.facts))
  if (blocked !== undefined && protocol.onlyPasses) throw refused(blocked)
  const isSame = texts.every((text, at) => text === asked[at]?.text)
  return {
    bytes: isSame ? bytes : Buffer.from(JSON.stringify(withTexts(protocol.call, chat.body, texts))),
    guarding: { guards, blocked },
  }
}

/** The answer of a guardrail: one of the dialect, because an error would be taken for an outage and asked again. */
export function answerBlocked(exchange: Exchange, chat: ClientRequest, message: string): void {
  const { facts } = exchange
  void answer({
    exchange,
    chat,
    withCitations: false,
    produce: async () => ({
      text: message,
      finishReason: 'filtered',
      servedBy: facts.requestedModel,
      usage: { inputTokens: 0, outputTokens: 0, estimated: false },
      costMicroUsd: NOTHING,
      priceBook: null,
      charges: [],
      abstained: false,
      citations: [],
      invalidCitations: [],
      steps: facts.steps,
    }),
  })
}

/** An answer of a provider, event by event. `tell` keeps the verdicts, once, however it ended. */
export class GuardedModelAnswer {
  readonly #events: GuardedEvents
  readonly #exchange: Exchange
  #ms = 0
  #isTold = false

  constructor(exchange: Exchange, { output }: ModelGuards) {
    this.#exchange = exchange
    this.#events = new GuardedEvents(output)
  }

  push(events: readonly AnswerEvent[]): AnswerEvent[] {
    const started = monotonicMs()
    const passed = events.flatMap((event) => this.#events.push(event))
    this.#ms += monotonicMs() - started
    return passed
  }

  tell(): void {
    if (this.#isTold) return
    this.#isTold = true
    keep(this.#exchange, this.#events.verdicts(), this.#ms)
    // A stream has begun by now, and says it behind its last event.
    if (!this.#exchange.response.headersSent)
      this.#exchange.setHeader(GUARDRAILS_HEADER, guardrailsSaid(this.#exchange.facts))
  }
}

function keep({ facts, at }: Exchange, verdicts: readonly GuardVerdict[], durationMs: number): void {
  for (const verdict of verdicts) facts.steps.push(recordOf(verdict, { startedAt: at, durationMs }))
}

const refused = (message: string): Failure => new Failure('invalid', 'guardrails.blocked', message)
