/** What one answer of a release will about take, before it is asked: tokens of what will be sent, at today's price. */
import type { Turn } from '../core/conversation.ts'
import type { FlowPart, Manifest } from '../core/manifest.ts'
import type { ProducerQuote } from '../core/producer.ts'
import { toolsOfStep } from '../core/tool.ts'
import type { EstimatedCall, EstimateRun } from '../evals/index.ts'
import { costOf, type MicroUsd, NOTHING, sumKnown, sumMoney } from '../kernel/money.ts'
import { countTokens, type Models } from '../models/index.ts'

/** Tokens of a passage and of an answer, from the public data that comes with the project (rounded up). */
const PASSAGE_TOKENS = 250
const ANSWER_TOKENS = 250

/** Null when a model of the flow has no known price; unknown is never 0. */
export const estimateCost = async (ask: FlowAsk): Promise<MicroUsd | null> =>
  sumKnown((await estimateCalls(ask)).map(({ costMicroUsd }) => costMicroUsd))

type FlowAsk = {
  models: Pick<Models, 'card'>
  manifest: Manifest
  flow: FlowPart
  turns: readonly Turn[]
}

/** Whom one answer asks. */
async function estimateCalls({ models, manifest, flow, turns }: FlowAsk): Promise<EstimatedCall[]> {
  let passages = 0
  const calls: EstimatedCall[] = []
  for (const step of flow.steps) {
    if (step.use === 'retrieve') passages = step.k
    if (step.use === 'call-target')
      calls.push({ model: manifest.target?.url ?? manifest.application, tokens: null, costMicroUsd: null })
    if (step.use !== 'generate') continue
    const model = manifest.models.find(({ name }) => name === step.model)?.model ?? step.model
    const prompt = manifest.prompts.find(({ name }) => name === step.prompt)?.body ?? ''
    const text = [prompt, ...turns.map(({ content }) => content)].join('\n')
    const sent = (await countTokens(text)) + passages * PASSAGE_TOKENS
    // Where it may call tools, one round is what most questions take.
    const times = toolsOfStep(manifest, step).length > 0 ? 2 : 1
    for (let time = 0; time < times; time++) {
      const [input, output] = [sent + time * ANSWER_TOKENS, ANSWER_TOKENS]
      calls.push({ model, tokens: { input, output }, costMicroUsd: priced(models, model, input, output) })
    }
  }
  return calls
}

/** What so many tokens cost at the price of today; null when nobody knows it. */
export function priced(
  models: Pick<Models, 'card'>,
  model: string,
  inputTokens: number,
  outputTokens: number,
): MicroUsd | null {
  const { price } = models.card(model)
  return price ? sumMoney([costOf(inputTokens, price.input), costOf(outputTokens, price.output)]) : null
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
  async ({ manifest, arm, turns }) => {
    const flow = arm === 'flow' ? manifest.flow : (manifest.baseline ?? manifest.flow)
    const calls = await estimateCalls({ models, manifest, flow, turns })
    return { calls, costMicroUsd: sumKnown(calls.map(({ costMicroUsd }) => costMicroUsd)) }
  }
