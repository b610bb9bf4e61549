/**
 * Asks a release outside of the gateway: the playground, and test pages. Caps are asked first, the answer is traced, and
 * no rollout counts it.
 *
 * Invariant: what was reserved is settled once, whatever the flow did.
 */
import type { Turn } from '../core/conversation.ts'
import { verdictsIn } from '../core/guardrail.ts'
import type { Release } from '../core/release.ts'
import { chosenTargetsIn } from '../core/routed-models.ts'
import { Failure } from '../kernel/failure.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import type { AnsweredRelease } from './contract.ts'
import type { FallingBack } from './falling-back.ts'
import type { FlowResult } from './flow-result.ts'
import type { Flows } from './flows.ts'
import type { Planted } from './run.ts'

export type OutsideDeps = {
  readonly run: Flows['run']
  /** Holds the most that it may take of the caps; the returned function gives back what was not spent. Throws a `Failure` when a cap is reached. */
  readonly reserve: (asked: {
    caller: Caller
    release: Release
    turns: readonly Turn[]
  }) => Promise<(used: { costMicroUsd: string; tokens: number; model: string | null }) => void>
  /** Keeps the trace and returns its id. */
  readonly keep: (kept: {
    caller: Caller
    release: Release
    turns: readonly Turn[]
    result: FlowResult
    latencyMs: number
  }) => string
}

export type OutsideAsk = {
  readonly caller: Caller
  readonly release: Release
  readonly turns: readonly Turn[]
  /** What the question is for; routes of the release may hang on it. */
  readonly task?: string | undefined
  /** What an attack has put where the release reads. */
  readonly planted?: Planted | undefined
  readonly signal: AbortSignal
}

export async function answerOutside({ run, reserve, keep }: OutsideDeps, ask: OutsideAsk): Promise<AnsweredRelease> {
  const { caller, release, task, planted, signal } = ask
  if (ask.turns.at(-1)?.role !== 'user')
    throw new Failure('invalid', 'flows.no-question', 'The conversation must end with a turn of the user.')
  const settle = await reserve(ask)
  let spent: Parameters<typeof settle>[0] = { costMicroUsd: '0', tokens: 0, model: null }
  try {
    const started = monotonicMs()
    let { turns } = ask
    const result = await run({
      manifest: release.manifest,
      arm: 'flow',
      turns: ask.turns,
      signal,
      recordContent: true,
      onGuarded: (guarded) => {
        turns = [...guarded]
      },
      fallingBack: ANY_OF_THEM,
      task,
      planted,
    })
    spent = {
      costMicroUsd: result.costMicroUsd ?? '0',
      tokens: result.usage.inputTokens + result.usage.outputTokens,
      model: result.servedBy,
    }
    const latencyMs = monotonicMs() - started
    const trace = keep({ caller, release, turns, result, latencyMs })
    return shown(result, { latencyMs, trace })
  } finally {
    settle(spent)
  }
}

function shown(result: FlowResult, more: { latencyMs: number; trace: string }): AnsweredRelease {
  const { answer, abstained, passages, citations, invalidCitations, usage, costMicroUsd } = result
  const { servedBy, fallbacks, toolCalls = [] } = result
  const { inputTokens, outputTokens, estimated } = usage
  return {
    answer,
    abstained,
    passages: [...passages],
    citations: [...citations],
    invalidCitations: [...invalidCitations],
    servedBy,
    fallbacks: [...fallbacks],
    toolCalls: [...toolCalls],
    targets: chosenTargetsIn(
      result.steps.map(({ id, error, attributes }) => ({ step: id, failed: error !== null, attributes })),
    ),
    guardrails: verdictsIn(result.steps),
    usage: { inputTokens, outputTokens, estimated },
    costMicroUsd,
    ...more,
  }
}

/** Every model of the release may be asked here, as listed and once, and nobody counts failures. */
const ANY_OF_THEM: FallingBack = {
  inOrder: (_, targets) => targets,
  beginningOf: () => undefined,
  whyNot: () => undefined,
  isResting: () => false,
  next({ targets, asked }) {
    const target = targets.find(({ name }) => !asked.has(name))
    return target && { target, pauseMs: 0 }
  },
  began: () => {},
  ended: () => {},
}
