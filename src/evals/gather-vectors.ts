/**
 * Texts of several rows in one request to a model of vectors: what is asked while a request is under way goes along with
 * the next one, each text once.
 *
 * Invariants: each row gets its own vectors and pays its part, by characters, so that the parts are what the request
 * cost; a request that the model refuses as a whole is asked again row by row, so that a text that it does not take costs
 * its own row alone.
 */
import { setImmediate } from 'node:timers/promises'
import { isCapReached } from '../core/cap-reached.ts'
import { Failure } from '../kernel/failure.ts'
import { type MicroUsd, microUsd, picoOf } from '../kernel/money.ts'
import type { EmbedTexts } from './evaluators/index.ts'

/** Providers take 96 (Cohere), 100 (Gemini) and more of them; OpenAI takes 300,000 tokens in one request. */
const MOST_TEXTS = 96
const MOST_CHARACTERS = 100_000

type Ask = Parameters<EmbedTexts>[0]
type Answer = Awaited<ReturnType<EmbedTexts>>
type Waiting = {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (why: unknown) => void
}

export function gatherVectors(embed: EmbedTexts): EmbedTexts {
  const gatherers = new Map<string, (ask: Ask) => Promise<Answer>>()
  return (ask) => {
    const known = gatherers.get(ask.model) ?? gathererOf(embed)
    gatherers.set(ask.model, known)
    return known(ask)
  }
}

function gathererOf(embed: EmbedTexts): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting[] = []
  let isAsking = false

  async function askAll(): Promise<void> {
    isAsking = true
    try {
      // Rows that are answered in this turn of the loop come along.
      await setImmediate()
      while (waiting.length > 0) await settle(waiting.splice(0, fitting(waiting)), embed)
    } finally {
      isAsking = false
    }
  }
  return (ask) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.push({ ask, resolve, reject })
    if (!isAsking) void askAll()
    return promise
  }
}

/** How many of those that wait go into one request; the first does, however long it is. */
function fitting(waiting: readonly Waiting[]): number {
  const texts = new Set<string>()
  let characters = 0
  for (const [at, { ask }] of waiting.entries()) {
    for (const text of ask.texts) {
      if (!texts.has(text)) characters += text.length
      texts.add(text)
    }
    if (at > 0 && (texts.size > MOST_TEXTS || characters > MOST_CHARACTERS)) return at
  }
  return waiting.length
}

/** Answers each of them, and throws nothing. */
async function settle(some: readonly Waiting[], embed: EmbedTexts): Promise<void> {
  const texts = [...new Set(some.flatMap(({ ask }) => ask.texts))]
  const [first] = some
  if (!first) return
  const { model, signal } = first.ask
  try {
    const { vectors, costMicroUsd } = await embed({ model, texts, signal })
    const places = new Map(texts.map((text, at) => [text, at]))
    const costs = partsOf(
      costMicroUsd,
      some.map(({ ask }) => ask.texts.join('').length),
    )
    for (const [at, { ask, resolve }] of some.entries())
      resolve({
        vectors: ask.texts.flatMap((text) => vectors[places.get(text) ?? -1] ?? []),
        costMicroUsd: costs[at] ?? null,
      })
  } catch (thrown) {
    if (some.length === 1 || signal.aborted || !isOfItsTexts(thrown)) for (const { reject } of some) reject(thrown)
    else for (const { ask, resolve, reject } of some) await embed(ask).then(resolve, reject)
  }
}

/** Whether fewer texts may fare better: not where a cap is reached, or the provider is away or wants to be left alone. */
const isOfItsTexts = (thrown: unknown): boolean =>
  !isCapReached(thrown) &&
  !(thrown instanceof Failure && thrown.kind === 'limited') &&
  !(thrown instanceof Failure && thrown.kind === 'unavailable' && thrown.code !== 'models.vectors-unusable')

/** Money in proportion to sizes, to the last pico-dollar; null stays null. */
function partsOf(cost: MicroUsd | null, sizes: readonly number[]): (MicroUsd | null)[] {
  if (cost === null) return sizes.map(() => null)
  const whole = picoOf(cost)
  const all = BigInt(sizes.reduce((sum, size) => sum + size, 0))
  let [given, before] = [0n, 0n]
  return sizes.map((size) => {
    before += BigInt(size)
    const until = all === 0n ? whole : (whole * before) / all
    const part = until - given
    given = until
    return microUsd(part)
  })
}
