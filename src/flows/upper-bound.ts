/**
 * The most that a request may cost, for the reservation: a token is at least one byte, so the bytes of the
 * conversation bound its tokens. A price that is not known bounds nothing: null, and whether such a request is let
 * through is decided by who asks.
 */
import { modelNamesOf } from '../core/fallbacks.ts'
import type { Step } from '../core/flow.ts'
import type { Release } from '../core/release.ts'
import { TOOL_ROUNDS, toolsOfStep } from '../core/tool.ts'
import type { Usage } from '../core/usage.ts'
import { largestMoney, type MicroUsd, NOTHING, sumMoney } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'

/** What a model may answer when neither the client nor the release bounds it. */
const OUTPUT_TOKENS = 4096
/** Room for one retrieved passage; those of the templates are a quarter of it. */
const PASSAGE_TOKENS = 2048
/** Room for what the tools of one round gave. */
const RESULT_TOKENS = 2048

type Priced = Pick<Models, 'costOf' | 'priceBook'>
type Ask = { readonly models: Priced; readonly bytes: number; readonly at: Instant }

/**
 * Bounds by model, size and hour: prices change by date, and computing one exactly costs as much as parsing a request.
 * Sizes are rounded up, so a few bounds serve all requests.
 */
const bounds = new WeakMap<Priced, { hour: string; book: Priced['priceBook']; known: Map<string, MicroUsd | null> }>()
const SIZE_STEP = 1024
const MOST_BOUNDS = 10_000

/** Null when the price of the model, or of the way in which it is to serve, is not known. */
export function upperBoundOfModel({
  model,
  maxOutputTokens,
  tier,
  models,
  bytes,
  at,
}: Ask & { model: string; maxOutputTokens: number | null; tier?: string | undefined }): MicroUsd | null {
  const inputTokens = Math.ceil(bytes / SIZE_STEP) * SIZE_STEP
  const outputTokens = maxOutputTokens ?? OUTPUT_TOKENS
  const hour = at.slice(0, 13)
  let kept = bounds.get(models)
  if (kept?.hour !== hour || kept.book !== models.priceBook || kept.known.size >= MOST_BOUNDS) {
    kept = { hour, book: models.priceBook, known: new Map() }
    bounds.set(models, kept)
  }
  const name = `${inputTokens} ${outputTokens} ${tier ?? ''} ${model}`
  const known = kept.known.get(name)
  if (known !== undefined) return known
  const bound = boundOf({ model, usage: { inputTokens, outputTokens, estimated: true }, tier, models, at })
  kept.known.set(name, bound)
  return bound
}

function boundOf({
  model,
  usage,
  tier,
  models,
  at,
}: Pick<Ask, 'models' | 'at'> & { model: string; usage: Usage; tier: string | undefined }): MicroUsd | null {
  if (tier === undefined) return models.costOf(model, usage, at)
  const served = models.costOf(model, { ...usage, tier }, at)
  if (served !== null) return served
  // Bytes are many more than tokens: where a way of serving has no price for long prompts, this one may well be shorter.
  const isSold = models.costOf(model, { ...usage, inputTokens: 1, tier }, at) !== null
  return isSold ? models.costOf(model, usage, at) : null
}

/** The most tokens that a model may take and give. */
export const mostTokens = (bytes: number, maxOutputTokens: number | null): number =>
  bytes + (maxOutputTokens ?? OUTPUT_TOKENS)

/** All steps of the flow that ask a model, each with the whole conversation and every passage. */
export function upperBoundOfRelease({ release, ...ask }: Ask & { release: Pick<Release, 'manifest'> }): {
  costMicroUsd: MicroUsd
  tokens: number
  models: string[]
  /** Models whose price is not known; nothing of theirs is in the amount. */
  unpriced: string[]
} {
  const { manifest } = release
  let passages = 0
  let tokens = 0
  const models = new Set<string>()
  const unpriced = new Set<string>()
  const costs: MicroUsd[] = []
  for (const step of manifest.flow.steps) {
    if (step.use === 'retrieve') passages += step.k
    if (step.use !== 'generate') continue
    const prompt = manifest.prompts.find(({ name }) => name === step.prompt)?.body.length ?? 0
    const results = (timesAsked(step, manifest) - 1) * RESULT_TOKENS
    const bytes = ask.bytes + prompt * 4 + passages * PASSAGE_TOKENS + results
    // One of them answers, and which is not known yet: the dearest is reserved.
    const asked = modelNamesOf(step).flatMap((named) => {
      const part = manifest.models.find(({ name }) => name === named)
      if (!part) return []
      const most = part.parameters.max_tokens ?? part.parameters.maxOutputTokens
      const maxOutputTokens = typeof most === 'number' ? most : null
      const cost = upperBoundOfModel({ ...ask, bytes, model: part.model, maxOutputTokens })
      // A fallback without a price is left out when it is its turn.
      if (cost === null && named === step.model) unpriced.add(part.model)
      models.add(part.model)
      return [{ cost: cost ?? NOTHING, tokens: mostTokens(bytes, maxOutputTokens) }]
    })
    if (asked.length === 0) continue
    const times = timesAsked(step, manifest)
    costs.push(...Array.from({ length: times }, () => largestMoney(asked.map(({ cost }) => cost))))
    tokens += times * Math.max(...asked.map((one) => one.tokens))
  }
  const vectors = manifest.models.find(({ name }) => name === manifest.cache?.byMeaning?.model)
  // Without a price nothing is compared by meaning where money is capped.
  if (vectors) costs.push(upperBoundOfModel({ ...ask, model: vectors.model, maxOutputTokens: 0 }) ?? NOTHING)
  return { costMicroUsd: sumMoney(costs), tokens, models: [...models], unpriced: [...unpriced] }
}

/** Once, and once more for each round in which it may call tools. */
const timesAsked = (step: Extract<Step, { use: 'generate' }>, manifest: Release['manifest']): number =>
  toolsOfStep(manifest, step).length === 0 ? 1 : 1 + (step.toolRounds ?? TOOL_ROUNDS)
