/**
 * The guardrails of a release around one run of its flow: what was asked before anything is done with it, and what is
 * answered before anybody hears it.
 *
 * Invariant: no step sees, and no record keeps, what a guardrail blocks or takes out; every guardrail that looked leaves
 * one record with its verdict, which never holds what was found.
 */
import type { Turn } from '../core/conversation.ts'
import { GUARD_ATTRIBUTES, GUARD_STEP, type GuardSide, type GuardVerdict } from '../core/guardrail.ts'
import { GuardedText, type Guards, guardTurns } from '../guardrails/index.ts'
import { type Clock, type Instant, monotonicMs } from '../kernel/time.ts'
import type { StepRecord } from './flow-result.ts'

type Deps = { readonly clock: Clock; readonly keep: (record: StepRecord) => void }

/** The turns as they may be used, and what is said at once where they may not. */
export async function guardAsked(
  { input }: Guards,
  turns: readonly Turn[],
  { clock, keep }: Deps,
): Promise<{ turns: readonly Turn[]; blocked: string | undefined }> {
  if (input.length === 0) return { turns, blocked: undefined }
  const [startedAt, started] = [clock(), monotonicMs()]
  const { verdicts, ...asked } = await guardTurns(input, turns)
  for (const verdict of verdicts) keep(recordOf(verdict, { startedAt, durationMs: monotonicMs() - started }))
  return asked
}

/** An answer on its way out. `tell` keeps the verdicts, once, however the run has ended. */
export type GuardedAnswer = {
  /** More of the text; what of it may leave. */
  push(text: string): string
  /** The rest of it; and then all that has left. */
  end(): { rest: string; text: string; isBlocked: boolean }
  readonly hasBegun: boolean
  tell(): void
}

/** Undefined where nothing looks at answers. */
export function guardAnswer({ output }: Guards, { clock, keep }: Deps): GuardedAnswer | undefined {
  if (output.length === 0) return undefined
  const guarded = new GuardedText(output)
  let begun: Instant | undefined
  let ms = 0
  let said = ''
  let isTold = false
  const timed = (work: () => string) => {
    begun ??= clock()
    const started = monotonicMs()
    const out = work()
    ms += monotonicMs() - started
    said += out
    return out
  }
  return {
    push: (text) => timed(() => guarded.push(text)),
    end() {
      const rest = timed(() => guarded.end())
      return { rest, text: said, isBlocked: guarded.blockedBy !== undefined }
    },
    get hasBegun() {
      return begun !== undefined
    },
    tell() {
      if (isTold || begun === undefined) return
      isTold = true
      for (const verdict of guarded.verdicts()) keep(recordOf(verdict, { startedAt: begun, durationMs: ms }))
    },
  }
}

const TARGETS: Readonly<Record<GuardSide, string>> = { input: 'llm_input', output: 'llm_output' }
const DECISIONS: Readonly<Record<GuardVerdict['verdict'], string>> = {
  passed: 'allow',
  observed: 'audit',
  redacted: 'modify',
  blocked: 'deny',
}

/** Under the names that are proposed for OpenTelemetry (none is stable yet), and ours for what they have none for. */
export const recordOf = (
  { id, on, verdict, count }: GuardVerdict,
  when: Pick<StepRecord, 'startedAt' | 'durationMs'>,
  target = TARGETS[on],
): StepRecord => ({
  id,
  name: `apply_guardrail ${id}`,
  kind: GUARD_STEP,
  ...when,
  attributes: {
    'gen_ai.operation.name': 'apply_guardrail',
    'gen_ai.guardian.id': id,
    'gen_ai.security.target.type': target,
    'gen_ai.security.decision.type': DECISIONS[verdict],
    [GUARD_ATTRIBUTES.verdict]: verdict,
    [GUARD_ATTRIBUTES.count]: count,
  },
  error: null,
})
