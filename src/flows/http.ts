/** The playground's route. Limits hold here as at the gateway, and every answer leaves a trace. */
import type { Turn } from '../core/conversation.ts'
import { verdictsIn } from '../core/guardrail.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { chosenTargetsIn } from '../core/routed-models.ts'
import { Failure } from '../kernel/failure.ts'
import { monotonicMs } from '../kernel/time.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import type { FallingBack } from './ask-models.ts'
import { answerRelease } from './contract.ts'
import type { FlowResult } from './flow-result.ts'
import type { Flows } from './flows.ts'

export type FlowsHttpDeps = {
  readonly run: Flows['run']
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Takes a request from the caps; the returned function gives back what was not spent. Throws a `Failure` when a cap is reached. */
  readonly reserve: (
    release: Release,
    caller: Caller,
  ) => Promise<(used: { costMicroUsd: string; tokens: number; model: string | null }) => void>
  /** Keeps the trace and returns its id. */
  readonly keep: (kept: {
    caller: Caller
    release: Release
    turns: readonly Turn[]
    result: FlowResult
    latencyMs: number
  }) => string
}

export const flowsHttp = ({ run, releaseOf, reserve, keep }: FlowsHttpDeps): Mounted[] => [
  handle(answerRelease, async ({ params, body, caller, signal }) => {
    const release = await releaseOf(params.id)
    demandApplication(caller, release.application)
    if (body.turns.at(-1)?.role !== 'user')
      throw new Failure('invalid', 'flows.no-question', 'The conversation must end with a turn of the user.')
    const settle = await reserve(release, caller)
    let spent: Parameters<typeof settle>[0] = { costMicroUsd: '0', tokens: 0, model: null }
    try {
      const started = monotonicMs()
      let { turns } = body
      const result = await run({
        manifest: release.manifest,
        arm: 'flow',
        turns: body.turns,
        signal,
        recordContent: true,
        onGuarded: (guarded) => {
          turns = [...guarded]
        },
        fallingBack: ANY_OF_THEM,
        task: body.task,
      })
      spent = {
        costMicroUsd: result.costMicroUsd ?? '0',
        tokens: result.usage.inputTokens + result.usage.outputTokens,
        model: result.servedBy,
      }
      const latencyMs = monotonicMs() - started
      const trace = keep({ caller, release, turns, result, latencyMs })
      const { answer, abstained, passages, citations, invalidCitations, usage, costMicroUsd } = result
      const { servedBy, fallbacks, toolCalls = [] } = result
      const guardrails = verdictsIn(result.steps)
      const { inputTokens, outputTokens, estimated } = usage
      return reply(200, {
        answer,
        abstained,
        passages,
        citations,
        invalidCitations,
        servedBy,
        fallbacks,
        toolCalls,
        targets: chosenTargetsIn(
          result.steps.map(({ id, error, attributes }) => ({ step: id, failed: error !== null, attributes })),
        ),
        guardrails,
        usage: { inputTokens, outputTokens, estimated },
        costMicroUsd,
        latencyMs,
        trace,
      })
    } finally {
      settle(spent)
    }
  }),
]

/** In the playground every model of the release may be asked, as listed, and nobody counts failures. */
const ANY_OF_THEM: FallingBack = {
  inOrder: (_, targets) => targets,
  whyNot: () => undefined,
  isResting: () => false,
  began: () => {},
  ended: () => {},
}
