/** What one answer of a release will about take, before it is asked: tokens of what will be sent, at today's price. */
import type { Turn } from '../core/conversation.ts'
import type { FlowPart, Manifest } from '../core/manifest.ts'
import type { ProducerQuote } from '../core/producer.ts'
import { toolsOfStep } from '../core/tool.ts'
import type { EstimateRun } from '../evals/index.ts'
import { costOf, type MicroUsd, NOTHING, sumKnown, sumMoney } from '../kernel/money.ts'
import { countTokens, type Models } from '../models/index.ts'

/** Tokens of a passage and of an answer, from the public data that comes with the project (rounded up). */
const PASSAGE_TOKENS = 250
const ANSWER_TOKENS = 250

/** Null when a model of the flow has no known price; unknown is never 0. */
export async function estimateCost({
  models,
  manifest,
  flow,
  turns,
}: {
  models: Pick<Models, 'card'>
  manifest: Manifest
  flow: FlowPart
  turns: readonly Turn[]
}): Promise<MicroUsd | null> {
  let passages = 0
  const costs: MicroUsd[] = []
  for (const step of flow.steps) {
    if (step.use === 'retrieve') passages = step.k
    if (step.use === 'call-target') return null
    if (step.use !== 'generate') continue
    const model = manifest.models.find(({ name }) => name === step.model)?.model
    const price = model === undefined ? null : models.card(model).price
    if (!price) return null
    const prompt = manifest.prompts.find(({ name }) => name === step.prompt)?.body ?? ''
    const text = [prompt, ...turns.map(({ content }) => content)].join('\n')
    const sent = (await countTokens(text)) + passages * PASSAGE_TOKENS
    // Where it may call tools, one round is what most questions take.
    const times = toolsOfStep(manifest, step).length > 0 ? 2 : 1
    for (let time = 0; time < times; time++)
      costs.push(costOf(sent + time * ANSWER_TOKENS, price.input), costOf(ANSWER_TOKENS, price.output))
  }
  return costs.length === 0 ? NOTHING : sumMoney(costs)
}

/** What a probe takes that asks a release the same question so often. */
export async function quoteProbe(
  models: Pick<Models, 'card'>,
  { manifest, question, calls }: { manifest: Manifest; question: string; calls: number },
): Promise<ProducerQuote> {
  const turns = [{ role: 'user' as const, content: question }]
  const one = calls === 0 ? NOTHING : await estimateCost({ models, manifest, flow: manifest.flow, turns })
  return { calls, costMicroUsd: sumKnown(Array.from({ length: calls }, () => one)), minutes: 1 }
}

/** Evals' question before an experiment: of the release's own flow, or of its baseline. */
export const estimateRunWith =
  (models: Pick<Models, 'card'>): EstimateRun =>
  async ({ manifest, arm, turns }) => ({
    costMicroUsd: await estimateCost({
      models,
      manifest,
      flow: arm === 'flow' ? manifest.flow : (manifest.baseline ?? manifest.flow),
      turns,
    }),
    latencyMs: null,
  })
