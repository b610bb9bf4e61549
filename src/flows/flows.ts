/**
 * Flows: the one runner of what a release declares. The gateway, the playground, experiments and load all run a
 * release through it, so that what was measured is what answers.
 *
 * Invariant: every step that began leaves one record, also the one that failed or was cancelled.
 */
import type { Turn } from '../core/conversation.ts'
import type { Step } from '../core/flow.ts'
import type { FlowPart, Manifest } from '../core/manifest.ts'
import { guardsOf } from '../guardrails/index.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { sumMoney } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { ExchangeTurn, PriceBookRef } from '../models/index.ts'
import type { Attributes } from './attributes.ts'
import { citationsOf } from './citations.ts'
import type { FallingBack } from './falling-back.ts'
import type { FlowResult, StepRecord } from './flow-result.ts'
import { type GuardedAnswer, guardAnswer, guardAsked } from './guarding.ts'
import { guardTools } from './guarding-tools.ts'
import { type MakeCall, makeCall } from './make-call.ts'
import { type HoldCall, newRun, type Planted, type Run } from './run.ts'
import { type StepDeps, takeStep } from './steps.ts'

export type FlowsDeps = StepDeps & {
  readonly priceBook: () => PriceBookRef
  /** The guardrails of a release; those that it has unless a drill says otherwise. */
  readonly guardsOf?: typeof guardsOf
}

export type FlowAsk = {
  readonly manifest: Manifest
  /** `baseline` runs the flow that every release must beat. */
  readonly arm: 'flow' | 'baseline'
  /** A conversation that ends with a user's turn. */
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
  /** The answer's text as it comes. */
  readonly onDelta?: ((text: string) => void) | undefined
  /** Each step when it has ended, also when the run fails afterwards. */
  readonly onStep?: ((record: StepRecord) => void) | undefined
  /** Told of the turns as they were used, where a guardrail has taken something out of them or of the exchange. */
  readonly onGuarded?: ((turns: readonly Turn[]) => void) | undefined
  /** Puts rendered prompts and answers into the steps' attributes. */
  readonly recordContent?: boolean
  /** What followed the last turn of the user, where the release hands calls of tools out. */
  readonly exchange?: readonly ExchangeTurn[] | undefined
  /** Tools that change something are called; without it their calls are withheld, as in experiments and shadows. */
  readonly mayWrite?: boolean
  /** Keeps calls of tools that wait for a person; without it they are not made, and the model is told. */
  readonly holdCall?: HoldCall | undefined
  /** How the fallbacks of the release are asked; without it only the models that are meant answer, as in experiments. */
  readonly fallingBack?: FallingBack | undefined
  /** What the request is for, where it says so. */
  readonly task?: string | undefined
  /** What an attack has put where the release reads. */
  readonly planted?: Planted | undefined
}

export function createFlows(deps: FlowsDeps) {
  return {
    /** The same over other parts, as a drill breaks them. */
    over: (parts: Partial<FlowsDeps>): ((ask: FlowAsk) => Promise<FlowResult>) =>
      createFlows({ ...deps, ...parts }).run,

    makeCall: (ask: MakeCall): Promise<string> => makeCall(deps, ask),

    /** Throws a `Failure` whose `facts.step` names the step, or the signal's reason. */
    async run(ask: FlowAsk): Promise<FlowResult> {
      const { manifest, arm, signal, onDelta, onStep, recordContent = false, fallingBack, task, planted } = ask
      const { steps } = flowOf(manifest, arm)
      if (ask.turns.at(-1)?.role !== 'user')
        throw new Failure('invalid', 'flows.no-question', 'The conversation must end with a turn of the user.')
      const records: StepRecord[] = []
      const keep = (record: StepRecord) => {
        records.push(record)
        onStep?.(record)
      }
      // What is to be beaten is no release, and nothing guards it.
      const guards = arm === 'flow' ? (deps.guardsOf ?? guardsOf)(manifest.guardrails) : undefined
      const guarding = { clock: deps.clock, keep }
      const asked = guards && (await guardAsked(guards, ask.turns, guarding))
      const turns = asked?.turns ?? ask.turns
      if (turns !== ask.turns) ask.onGuarded?.(turns)
      const answer = guards && guardAnswer(guards, guarding)
      const content = recordContent ? (answer ? 'asked' : 'all') : 'none'
      const toolGuards = guardTools(guards, guarding)
      const { exchange = [], mayWrite = false, holdCall } = ask
      const onGuarded = () => ask.onGuarded?.(turns)
      const run = newRun({
        manifest,
        turns,
        signal,
        exchange,
        onGuarded,
        mayWrite,
        holdCall,
        toolGuards,
        content,
        fallingBack,
        task,
        planted,
        keep,
      })
      if (asked?.blocked !== undefined) {
        onDelta?.(asked.blocked)
        run.answer = { text: asked.blocked, finishReason: 'filtered', servedBy: 'flow', citations: [] }
        return resultOf(run, records, deps.priceBook())
      }
      const streamed = onDelta ? streamedStep(steps) : undefined
      const onText = answer && onDelta ? heard(answer, onDelta) : onDelta
      try {
        for (const step of steps) {
          signal.throwIfAborted()
          run.onText = step === streamed ? onText : undefined
          await recorded({ deps, step, run })
          if (run.abstained || run.isWaiting) break
        }
        if (run.answer && answer) {
          if (!answer.hasBegun) heard(answer, onDelta)(run.answer.text)
          const { rest, text, isBlocked } = answer.end()
          if (rest !== '') onDelta?.(rest)
          run.answer = { ...run.answer, text, ...(isBlocked && { finishReason: 'filtered' }) }
        }
      } finally {
        answer?.tell()
        toolGuards.tell()
      }
      if (!run.answer)
        throw new Failure(
          'invalid',
          'flows.no-answer',
          'No step of this flow answers. End it with generate or call-target.',
        )
      if (onDelta && !answer && (!streamed || run.abstained)) onDelta(run.answer.text)
      return resultOf(run, records, deps.priceBook())
    },
  }
}
export type Flows = ReturnType<typeof createFlows>

/** What a guardrail lets pass goes on. */
const heard = (answer: GuardedAnswer, onDelta: FlowAsk['onDelta']) => (text: string) => {
  const out = answer.push(text)
  if (out !== '') onDelta?.(out)
}

function flowOf(manifest: Manifest, arm: FlowAsk['arm']): FlowPart {
  const flow = arm === 'flow' ? manifest.flow : manifest.baseline
  if (flow) return flow
  throw new Failure(
    'invalid',
    'flows.no-baseline',
    'This release names no baseline. Set `baseline` in airworthy.yaml and freeze again.',
  )
}

/** The last step that answers, unless a later one may still abstain. */
function streamedStep(steps: readonly Step[]): Step | undefined {
  const last = steps.findLastIndex(({ use }) => use === 'generate' || use === 'call-target')
  return steps.slice(last + 1).some(({ use }) => use === 'abstain') ? undefined : steps[last]
}

async function recorded({ deps, step, run }: { deps: FlowsDeps; step: Step; run: Run }): Promise<void> {
  const startedAt = deps.clock()
  const started = monotonicMs()
  const attributes: Attributes = {}
  const record = (error: StepRecord['error']) =>
    run.keep({
      id: step.id,
      name: spanName(step, run.manifest, attributes),
      kind: step.use,
      startedAt,
      durationMs: monotonicMs() - started,
      attributes,
      error,
    })
  try {
    await takeStep(deps, { step, run, note: (more) => Object.assign(attributes, more) })
  } catch (thrown) {
    const isCancelled = run.signal.aborted
    const failure = isCancelled ? null : failureOf(step, thrown)
    attributes['error.type'] = failure?.code ?? 'flows.cancelled'
    record({ code: failure?.code ?? 'flows.cancelled', message: failure?.message ?? 'The request was cancelled.' })
    throw failure ?? run.signal.reason
  }
  record(null)
}

const failureOf = (step: Step, thrown: unknown): Failure =>
  thrown instanceof Failure
    ? new Failure(thrown.kind, thrown.code, `Step ${step.id}: ${thrown.message}`, {
        problems: thrown.problems,
        facts: { ...thrown.facts, step: step.id },
        cause: thrown,
      })
    : new Failure('unavailable', 'flows.step-broke', `Step ${step.id} broke: ${messageOf(thrown)}`, {
        facts: { step: step.id },
        cause: thrown,
      })

const spanName = (step: Step, { models, target, index }: Manifest, attributes: Attributes): string => {
  if (step.use === 'generate') {
    const { 'gen_ai.request.model': asked } = attributes
    return `chat ${asked ?? models.find(({ name }) => name === step.model)?.model ?? step.model}`
  }
  if (step.use === 'call-target') return `invoke_agent ${target?.model ?? 'target'}`
  return step.use === 'retrieve' ? `retrieval ${index?.name ?? 'index'}` : `abstain ${step.id}`
}

function resultOf(run: Run, steps: StepRecord[], priceBook: PriceBookRef): FlowResult {
  const { answer, passages, ranking, hasRetrieved } = run
  if (!answer) throw new Error('A result is made after an answer.')
  const marked =
    hasRetrieved && !run.abstained ? citationsOf(answer.text, passages) : { citations: [], invalidCitations: [] }
  return {
    answer: answer.text,
    abstained: run.abstained,
    passages,
    ranking,
    citations: marked.citations.length > 0 ? marked.citations : [...answer.citations],
    invalidCitations: marked.invalidCitations,
    finishReason: answer.finishReason,
    ...(run.toolCalls && { toolCalls: run.toolCalls }),
    usage: run.usage,
    costMicroUsd: run.costMicroUsd === null ? null : sumMoney(run.costMicroUsd),
    priceBook,
    charges: run.charges,
    servedBy: answer.servedBy,
    fallbacks: [...new Set(run.fallbacks)],
    steps,
  }
}
