/**
 * A release that also gives its answers again to who asks the same in other words: the question is made a vector, and
 * the nearest question whose answer is kept is near enough, or it is asked.
 *
 * Invariant: compared are the last words of the user alone. All else (organisation, who may share, application,
 * release, stage, instructions, turns before, parameters, dialect) is the same by digest, and what is given was kept
 * as an exact answer: whole, without effects, within its time.
 */
import { upperBoundOfModel } from '../flows/index.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { Embedded } from '../models/index.ts'
import type { AnswerCache, KeptAnswer } from './answer-cache.ts'
import { type MeaningScope, meaningScopeOf, type ReleaseKeyAsk } from './cache-key.ts'
import { type KeepsAnswer, replay } from './cached-answer.ts'
import type { GatewayDeps, MeaningRule } from './deps.ts'
import type { Exchange } from './exchange.ts'
import type { NearAnswers } from './near-answers.ts'
import type { LookedUp } from './produce.ts'
import type { Facts } from './settled-draft.ts'
import { isUnderWay } from './stream-state.ts'
import { whyModelOff } from './switched-off.ts'

type Step = Facts['steps'][number]

/** Longer, and it is quicker to ask. */
const LONGEST_MS = 2_000

/** Answers with what was answered to the same question in other words, else asks; only asks where nothing is compared. */
export function askOrFindNear(
  given: Pick<MeaningAsk, 'exchange' | 'cache' | 'near'> & {
    deps: GatewayDeps
    /** Undefined where no answer is kept. */
    keeper: KeepsAnswer | undefined
    keyAsk: ReleaseKeyAsk
  },
  askAnew: (looked?: LookedUp) => void,
): void {
  const { deps, keeper, keyAsk, ...ask } = given
  const rule = keeper && meaningRule(deps, { ...ask, ...keyAsk })
  const scope = rule && meaningScopeOf(keyAsk)
  if (!keeper || !scope || !deps.byMeaning) askAnew()
  else void askByMeaning({ ...ask, rule, scope, keeper, embed: deps.byMeaning.embed }, askAnew)
}

/** The rule in force; undefined where the release has none, it is off, or nobody may pay for it. */
function meaningRule(
  { byMeaning, whyOff, whyUnpriced, models }: GatewayDeps,
  { exchange, release, stage }: { exchange: Exchange } & Pick<ReleaseKeyAsk, 'release' | 'stage'>,
): MeaningRule | undefined {
  const rule = byMeaning?.ruleFor(release, stage)
  if (!rule || whyModelOff(whyOff, rule.model) !== undefined) return undefined
  const { at, caller, facts } = exchange
  const bound = upperBoundOfModel({ models, bytes: 1, at, model: rule.model, maxOutputTokens: 0 })
  if (bound !== null) return rule
  const ask = { model: rule.model, tier: undefined, route: undefined, release: release.id }
  return whyUnpriced?.({ ...ask, key: caller.key, application: facts.application }) === undefined ? rule : undefined
}

/** Never rejects. */
async function askByMeaning(ask: MeaningAsk, askAnew: (looked: LookedUp) => void): Promise<void> {
  const { exchange, keeper, near, scope, cache } = ask
  const { kept, similarity, vector, looked } = await lookUp(ask)
  if (!isUnderWay(exchange.state)) return
  if (kept) {
    exchange.keeper = undefined
    keeper.giveUp()
    exchange.setAttempts(0)
    exchange.setHeader('airworthy-cache-similarity', String(similarity))
    cache.countNear()
    replay(exchange, kept, { how: 'near', looked })
    return
  }
  if (vector) keeper.onKept = ({ key, untilMs }) => near.keep(scope.digest, { vector, key, untilMs })
  try {
    askAnew(looked)
  } catch (thrown) {
    exchange.fail(thrown)
  }
}

type MeaningAsk = {
  readonly exchange: Exchange
  readonly rule: MeaningRule
  readonly scope: MeaningScope
  readonly cache: AnswerCache
  readonly near: NearAnswers
  readonly keeper: KeepsAnswer
  readonly embed: NonNullable<GatewayDeps['byMeaning']>['embed']
}
type Found = {
  readonly kept?: KeptAnswer | undefined
  readonly similarity?: number
  /** Of the question, to keep its answer by. */
  readonly vector?: Float32Array | undefined
  readonly looked: LookedUp
}

/** What cannot be compared is not found, and its step says why. */
async function lookUp({ exchange, rule, scope, cache, near, embed }: MeaningAsk): Promise<Found> {
  const [startedAt, started] = [exchange.at, monotonicMs()]
  const looked = (attributes: Record<string, unknown>, spent?: Embedded, error: Step['error'] = null): LookedUp => ({
    charges: spent ? [spent.charge] : [],
    costMicroUsd: spent ? spent.costMicroUsd : NOTHING,
    steps: [
      {
        ...{ id: 'cache-look-up', name: `embeddings ${rule.model}`, kind: 'cache', startedAt, error },
        durationMs: monotonicMs() - started,
        attributes: {
          'gen_ai.operation.name': 'embeddings',
          'gen_ai.request.model': rule.model,
          'airworthy.cache.threshold': rule.threshold,
          ...(spent && { 'gen_ai.usage.input_tokens': spent.charge.usage.inputTokens }),
          ...(spent && { 'airworthy.cost.micro_usd': spent.costMicroUsd }),
          ...attributes,
        },
      },
    ],
  })
  try {
    exchange.asked()
    const signal = AbortSignal.any([exchange.signal, AbortSignal.timeout(LONGEST_MS)])
    const spent = await embed({ model: rule.model, texts: [scope.question], signal })
    const [vector] = spent.vectors
    if (!vector || (rule.dimensions !== null && vector.length !== rule.dimensions))
      return { looked: looked({}, spent, vectorsChanged(rule, vector?.length ?? 0)) }
    const found = near.find(scope.digest, vector, rule.threshold)
    const kept = found && cache.peek(found.key)
    if (found && !kept) near.forget(scope.digest, found.key)
    const similarity = found && Math.round(found.similarity * 1e4) / 1e4
    const attributes = kept ? { 'airworthy.cache.similarity': similarity } : {}
    return { kept, vector, looked: looked(attributes, spent), ...(similarity !== undefined && { similarity }) }
  } catch (thrown) {
    const code = thrown instanceof Failure ? thrown.code : 'gateway.look-up-late'
    return { looked: looked({ 'error.type': code }, undefined, { code, message: messageOf(thrown) }) }
  } finally {
    exchange.answered()
  }
}

const vectorsChanged = ({ model, dimensions }: MeaningRule, found: number) => ({
  code: 'gateway.vectors-changed',
  message: `${model} gives vectors of ${found} parts; they were measured with ${dimensions}.`,
})
