/**
 * What would cost less: batches where nobody waits for an answer, and cheaper models with what experiments on own cases
 * say of them, and how to prove the rest.
 */
import type { ModelPart } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { bySaving, judgedSaving, type Saving } from '../governance/index.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { QualityOf } from './saving-quality.ts'

type Asked = { readonly release: Release; readonly monthlyUsd: number; readonly at: Instant }
type Cheaper = Asked & { readonly qualityOf: QualityOf }

/** Tokens in and out of a usual answer; a model's two prices weigh accordingly. */
const IN_TO_OUT = 4
const USUAL = { inputTokens: 4000, outputTokens: 1000, estimated: true }
const MOST_SAVINGS = 3

export const savingsOf = async (
  models: Pick<Models, 'card' | 'list' | 'batches' | 'costOf'>,
  asked: Cheaper,
): Promise<Saving[]> => [...inBatches(models, asked), ...(await cheaperModels(models, asked))]

const askedModels = ({ manifest: { models, flow } }: Release): ModelPart[] =>
  models.filter(({ name }) => flow.steps.some((step) => step.use === 'generate' && step.model === name))

/** At the price that the book has for batches; only where the release says that nobody waits, and its provider has them. */
function inBatches(models: Pick<Models, 'batches' | 'costOf'>, { release, monthlyUsd, at }: Asked): Saving[] {
  if (release.manifest.serving?.mode !== 'batch') return []
  const costed = askedModels(release).map(({ name, model }) => ({
    ...{ name, model, now: models.costOf(model, USUAL, at) },
    inBatch: models.batches.has(model) ? models.costOf(model, { ...USUAL, tier: 'batch' }, at) : null,
  }))
  const whole = costed.reduce((sum, { now }) => sum + (now === null ? 0 : approximateMicroUsd(now)), 0)
  const [suite] = release.manifest.suites
  return costed.flatMap(({ name, model, now, inBatch }) => {
    const less = now === null || inBatch === null ? 0 : approximateMicroUsd(now) - approximateMicroUsd(inBatch)
    if (less <= 0) return []
    const batched = {
      ...{ part: name, from: `${model} at once`, to: `${model} in batches`, monthlyUsd: (monthlyUsd * less) / whole },
      prove: `airworthy models time ${release.application} ${model} --suite ${suite?.name ?? '<suite>'} --modes chat,batch`,
    }
    return [judgedSaving(batched, [])]
  })
}

/** The models that cost least instead of each that the release asks; whether they are as good experiments say. */
async function cheaperModels(
  models: Pick<Models, 'card' | 'list'>,
  { release, monthlyUsd, qualityOf }: Cheaper,
): Promise<Saving[]> {
  const price = (model: string): number | null => {
    const { price: known } = models.card(model)
    return known ? Number(known.input) * IN_TO_OUT + Number(known.output) : null
  }
  const asked = askedModels(release)
  const whole = asked.reduce((sum, { model }) => sum + (price(model) ?? 0), 0)
  if (whole === 0) return []
  const others = models.list().filter(({ works, kind }) => works && kind !== 'scripted' && kind !== 'replay')
  const found: Saving[] = []
  for (const { name, model } of asked)
    for (const card of others) {
      const less = (price(model) ?? 0) - (price(card.model) ?? Number.POSITIVE_INFINITY)
      if (card.model === model || less <= 0) continue
      const saving = {
        ...{ part: name, from: model, to: card.model, monthlyUsd: (monthlyUsd * less) / whole },
        prove: `airworthy eval ${release.application} --release r${release.number} --model ${name}=${card.model}`,
      }
      found.push(judgedSaving(saving, await qualityOf({ part: name, model: card.model })))
    }
  return found.sort(bySaving).slice(0, MOST_SAVINGS)
}
