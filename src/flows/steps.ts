/** The four kinds of steps. Each reads the run so far and adds to it; none knows which step comes next. */
import { allUserTurns, lastUserTurn, type Turn } from '../core/conversation.ts'
import type { Step } from '../core/flow.ts'
import type { IndexPart, Manifest } from '../core/manifest.ts'
import type { Charge, Usage } from '../core/usage.ts'
import { Failure } from '../kernel/failure.ts'
import { type MicroUsd, NOTHING } from '../kernel/money.ts'
import type { Clock } from '../kernel/time.ts'
import type { Completion, FinishReason, Models } from '../models/index.ts'
import type { RenderPrompt } from '../prompts/index.ts'
import { askModels, type FallingBack } from './ask-models.ts'
import { askedPartsOf } from './asked-parts.ts'
import {
  type Attributes,
  contentAttributes,
  requestAttributes,
  retrievalAttributes,
  usageAttributes,
} from './attributes.ts'
import type { RetrievedPassage, StepRecord } from './flow-result.ts'
import { callTarget, type TargetDeps } from './target.ts'

/** An index of a release, opened; given by `knowledge`. */
export type SearchIndex = {
  search(
    query: string,
    k: number,
  ): readonly { id: string; title: string; text: string; source: string; score: number }[]
}

export type StepDeps = TargetDeps & {
  readonly clock: Clock
  readonly models: Pick<Models, 'complete' | 'stream'>
  readonly render: RenderPrompt
  readonly openIndex: (part: IndexPart) => Promise<SearchIndex> | SearchIndex
}

/** What a run has so far. */
export type Run = {
  readonly manifest: Manifest
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
  /** What was said that goes into the records: what was asked alone, where guardrails have yet to look at the answer. */
  readonly content: 'all' | 'asked' | 'none'
  /** Undefined where only the models that are meant may answer. */
  readonly fallingBack: FallingBack | undefined
  /** What the request is for, as it names it; routes may hang on it. */
  readonly task: string | undefined
  /** Keeps the record of a model that failed before another was asked. */
  readonly keep: (attempt: StepRecord) => void
  /** Set for the step whose text goes to the client as it comes. */
  onText: ((text: string) => void) | undefined
  passages: RetrievedPassage[]
  /** Ids of all that were found, deeper than what the following steps get. */
  ranking: string[]
  hasRetrieved: boolean
  answer: { text: string; finishReason: FinishReason; servedBy: string; citations: readonly string[] } | null
  abstained: boolean
  /** The fallbacks that answered a step, each once for each step. */
  fallbacks: string[]
  usage: Usage
  charges: Charge[]
  /** Null once a step had no known price. */
  costMicroUsd: readonly MicroUsd[] | null
}

/** Does the step and returns what is worth recording of it. `note` keeps attributes even when the step fails. */
export async function takeStep(
  deps: StepDeps,
  { step, run, note }: { step: Step; run: Run; note: (attributes: Attributes) => void },
): Promise<void> {
  if (step.use === 'retrieve') return retrieve(deps, { step, run, note })
  if (step.use === 'abstain') return abstain({ step, run, note })
  if (step.use === 'generate') return generate(deps, { step, run, note })
  return target(deps, { run, note })
}

type Of<Use extends Step['use']> = Extract<Step, { use: Use }>
type Note = (attributes: Attributes) => void

async function retrieve(deps: StepDeps, { step, run, note }: { step: Of<'retrieve'>; run: Run; note: Note }) {
  const { index } = run.manifest
  if (!index)
    throw new Failure(
      'invalid',
      'flows.no-index',
      'This release has no index. Add documents under knowledge/ and freeze again.',
    )
  const query = step.query === 'all-user-turns' ? allUserTurns(run.turns) : lastUserTurn(run.turns)
  const ranked = (await deps.openIndex(index)).search(query, Math.max(step.k, step.depth ?? step.k))
  const found = ranked.slice(0, step.k)
  run.ranking = ranked.map(({ id }) => id)
  run.passages = found.map(({ id, title, text, source, score }, i) => ({ n: i + 1, id, title, text, source, score }))
  run.hasRetrieved = true
  note(retrievalAttributes({ query, k: step.k, index }, run.passages))
}

function abstain({ step, run, note }: { step: Of<'abstain'>; run: Run; note: Note }): void {
  const best = run.passages.reduce<number | null>((most, { score }) => Math.max(most ?? score, score), null)
  run.abstained = best === null || best < step.bestScoreBelow
  note({
    'airworthy.abstain.best_score': best,
    'airworthy.abstain.threshold': step.bestScoreBelow,
    'airworthy.abstain.abstained': run.abstained,
  })
  if (run.abstained) run.answer = { text: step.answer, finishReason: 'stop', servedBy: 'flow', citations: [] }
}

async function generate(deps: StepDeps, { step, run, note }: { step: Of<'generate'>; run: Run; note: Note }) {
  const { manifest, turns, signal, passages, onText, fallingBack, task, keep } = run
  const partOf = (name: string) => named('model', manifest.models, name)
  const { parts, reason } = askedPartsOf(step, { partOf, turns, task, fallingBack })
  const prompt = named('prompt', manifest.prompts, step.prompt)
  const question = lastUserTurn(turns)
  const history = turns.slice(
    0,
    turns.findLastIndex(({ role }) => role === 'user'),
  )
  const messages = await deps.render(prompt, { question, history, passages, conversation: turns })
  const { completion, firstMs, fallback } = await askModels(deps, {
    step: step.id,
    parts,
    reason,
    request: {
      messages,
      conversation: turns,
      signal,
      ...(run.hasRetrieved && { grounding: { question, passages } }),
    },
    firstWordMs: step.firstWordMs,
    fallingBack,
    onText,
    attributesOf: (part) => requestAttributes(part, prompt, onText !== undefined),
    note,
    keep,
  })
  add(run, completion)
  if (fallback !== null) run.fallbacks.push(fallback)
  run.answer = completion
  note({
    'gen_ai.response.model': completion.responseModel ?? completion.servedBy,
    'gen_ai.response.finish_reasons': [completion.finishReason],
    ...(firstMs !== undefined && { 'gen_ai.response.time_to_first_chunk': firstMs / 1000 }),
    ...usageAttributes(completion.usage),
    'airworthy.served_by': completion.servedBy,
    'airworthy.cost.micro_usd': completion.costMicroUsd,
    'airworthy.price_book': completion.priceBook.digest,
    ...contentAttributes(run.content, messages, completion.text),
  })
}

async function target(deps: StepDeps, { run, note }: { run: Run; note: Note }) {
  const { target: called } = run.manifest
  if (!called)
    throw new Failure(
      'invalid',
      'flows.no-target',
      'This release has no target. Name one in airworthy.yaml and freeze again.',
    )
  note({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.request.model': called.model,
    'server.address': new URL(called.url).host,
  })
  const answered = await callTarget(deps, { target: called, turns: run.turns, signal: run.signal, onText: run.onText })
  // What an existing application costs is not ours to know.
  add(run, { usage: answered.usage, costMicroUsd: null })
  run.answer = answered
  note({
    ...(answered.responseModel && { 'gen_ai.response.model': answered.responseModel }),
    'gen_ai.response.finish_reasons': [answered.finishReason],
    ...usageAttributes(answered.usage),
    'airworthy.served_by': answered.servedBy,
    ...contentAttributes(run.content, run.turns, answered.text),
  })
}

type Added = Pick<Completion, 'usage' | 'costMicroUsd' | 'charge'>

function add(run: Run, { usage, costMicroUsd, charge }: Added): void {
  if (charge) run.charges.push(charge)
  const sum = (field: 'cacheReadTokens' | 'cacheWriteTokens' | 'cacheWriteHourTokens' | 'reasoningTokens') =>
    usage[field] === undefined && run.usage[field] === undefined
      ? {}
      : { [field]: (run.usage[field] ?? 0) + (usage[field] ?? 0) }
  run.usage = {
    inputTokens: run.usage.inputTokens + usage.inputTokens,
    outputTokens: run.usage.outputTokens + usage.outputTokens,
    estimated: run.usage.estimated || usage.estimated,
    ...sum('cacheReadTokens'),
    ...sum('cacheWriteTokens'),
    ...sum('cacheWriteHourTokens'),
    ...sum('reasoningTokens'),
  }
  run.costMicroUsd = costMicroUsd === null || run.costMicroUsd === null ? null : [...run.costMicroUsd, costMicroUsd]
}

function named<Part extends { readonly name: string }>(what: string, parts: readonly Part[], name: string): Part {
  const part = parts.find((one) => one.name === name)
  if (part) return part
  throw new Failure(
    'invalid',
    `flows.${what}-missing`,
    `The release has no ${what} ${name}. It has ${parts.map((one) => one.name).join(', ') || 'none'}.`,
  )
}

export const newRun = (
  start: Pick<Run, 'manifest' | 'turns' | 'signal' | 'content' | 'fallingBack' | 'task' | 'keep'>,
): Run => ({
  ...start,
  onText: undefined,
  passages: [],
  ranking: [],
  hasRetrieved: false,
  answer: null,
  abstained: false,
  usage: { inputTokens: 0, outputTokens: 0, estimated: false },
  charges: [],
  costMicroUsd: [NOTHING],
  fallbacks: [],
})
