/**
 * The step that asks a model: once, or again with what its tools said until it has an answer.
 *
 * Invariant: the answer is all that the model said in all tool rounds, streamed or not; when they are used up there is no
 * answer but a failure, because half of one would be taken for all of it.
 */
import { lastUserTurn } from '../core/conversation.ts'
import type { Step } from '../core/flow.ts'
import { TOOL_ROUNDS, toolsOfStep } from '../core/tool.ts'
import { Failure } from '../kernel/failure.ts'
import { sumKnown } from '../kernel/money.ts'
import type { Completion, ExchangeTurn, OfferedTool } from '../models/index.ts'
import { answerSchemaOf, type RenderPrompt } from '../prompts/index.ts'
import { type AnsweredStep, type AskModelsDeps, askModels } from './ask-models.ts'
import { askedPartsOf } from './asked-parts.ts'
import { type Attributes, contentAttributes, requestAttributes, usageAttributes } from './attributes.ts'
import { add, named, type Run, sumUsage } from './run.ts'
import { takeExchange } from './tool-exchange.ts'
import { answerCalls, type ToolDeps } from './tools.ts'

export type GenerateDeps = AskModelsDeps & ToolDeps & { readonly render: RenderPrompt }

type Generate = {
  readonly step: Extract<Step, { use: 'generate' }>
  readonly run: Run
  readonly note: (attributes: Attributes) => void
}

/** Between what was said in two tool rounds. */
const BREAK = '\n\n'

export async function generate(deps: GenerateDeps, { step, run, note }: Generate): Promise<void> {
  const { manifest, turns, passages, fallingBack, task, keep } = run
  const partOf = (name: string) => named('model', manifest.models, name)
  const prompt = named('prompt', manifest.prompts, step.prompt)
  const question = lastUserTurn(turns)
  const history = turns.slice(
    0,
    turns.findLastIndex(({ role }) => role === 'user'),
  )
  const messages = await deps.render(prompt, { question, history, passages, conversation: turns })
  const answerSchema = await answerSchemaOf(prompt)
  const tools = toolsOfStep(manifest, step)
  const offered = tools.length === 0 ? undefined : tools.map(offeredAs)
  const given = { partOf, turns, task, fallingBack, prompt: { messages, tools: offered } }
  const { parts, reason, beginning } = askedPartsOf(step, given)
  const most = step.toolRounds ?? TOOL_ROUNDS
  if (offered) run.toolCalls ??= []
  const exchange: ExchangeTurn[] = offered ? await takeExchange(deps, { tools, run, step: step.id }) : []
  const rounds: AnsweredStep[] = []
  let said = ''
  for (;;) {
    const round = await askModels(deps, {
      step: step.id,
      parts,
      reason,
      beginning,
      retries: step.retries ?? (parts.length === 1 ? 0 : undefined),
      request: {
        messages,
        conversation: turns,
        signal: run.signal,
        ...(run.hasRetrieved && { grounding: { question, passages } }),
        ...(offered && { tools: offered, exchange }),
        ...(answerSchema && { answerSchema }),
      },
      firstWordMs: step.firstWordMs,
      fallingBack,
      onText: behind(said, run.onText),
      attributesOf: (part) => ({
        ...requestAttributes(part, prompt, run.onText !== undefined),
        ...(answerSchema && { 'gen_ai.output.type': 'json' }),
      }),
      note,
      keep,
    })
    rounds.push(round)
    const { completion, fallback } = round
    add(run, completion)
    if (fallback !== null) run.fallbacks.push(fallback)
    said = joined(said, completion.text)
    note(answerAttributes(rounds))
    const { calls = [] } = completion
    const isDone = calls.length === 0 || !offered
    if (!isDone) {
      exchange.push({ kind: 'said', parts: completion.said ?? [] })
      if (exchange.filter(({ kind }) => kind === 'said').length > most) throw tooManyRounds(most)
      const answered = await answerCalls(deps, { calls, tools, run, step: step.id })
      if (answered) {
        exchange.push({ kind: 'results', results: answered })
        continue
      }
      run.isWaiting = true
    }
    run.answer = { ...completion, text: said }
    note(contentAttributes(run.content, messages, said))
    return
  }
}

const offeredAs = ({ name, tool }: ReturnType<typeof toolsOfStep>[number]): OfferedTool => ({
  name,
  description: tool.description,
  schema: tool.arguments,
})

const joined = (before: string, text: string): string => (before && text ? before + BREAK + text : before + text)

/** What streams comes apart as what is returned does. */
function behind(before: string, onText: Run['onText']): Run['onText'] {
  if (!onText || before === '') return onText
  let isFirst = true
  return (text) => {
    onText(isFirst ? BREAK + text : text)
    isFirst = false
  }
}

/** Of all tool rounds together; who answered is who answered last. */
function answerAttributes(rounds: readonly AnsweredStep[]): Attributes {
  const [first] = rounds
  const completions = rounds.map(({ completion }) => completion)
  const last = completions.at(-1)
  if (!first || !last) return {}
  return {
    'gen_ai.response.model': last.responseModel ?? last.servedBy,
    'gen_ai.response.finish_reasons': [last.finishReason],
    ...(first.firstMs !== undefined && { 'gen_ai.response.time_to_first_chunk': first.firstMs / 1000 }),
    ...usageAttributes(usageOf(completions)),
    'airworthy.served_by': last.servedBy,
    'airworthy.cost.micro_usd': sumKnown(completions.map(({ costMicroUsd }) => costMicroUsd)),
    'airworthy.price_book': last.priceBook.digest,
    ...(rounds.length > 1 && { 'airworthy.tool.rounds': rounds.length - 1 }),
  }
}

const usageOf = (completions: readonly Completion[]): Completion['usage'] =>
  completions.map(({ usage }) => usage).reduce(sumUsage)

const tooManyRounds = (most: number): Failure =>
  new Failure(
    'unavailable',
    'flows.tool-rounds',
    `The model wanted to call tools more than ${most} times. Raise \`toolRounds\` of the step, or say in the prompt when it has enough.`,
  )
