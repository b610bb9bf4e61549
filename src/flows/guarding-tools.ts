/**
 * The guardrails of a release around its tools: those of answers look at arguments on their way out, those of questions
 * at results on their way into the prompt.
 *
 * Invariant: no tool is called with, no model sees, and no record keeps what a guardrail blocks or takes out.
 */
import type { GuardVerdict } from '../core/guardrail.ts'
import { GUARD_WORDS, type Guards, takeOut } from '../guardrails/index.ts'
import { type Clock, type Instant, monotonicMs } from '../kernel/time.ts'
import type { StepRecord } from './flow-result.ts'
import { recordOf } from './guarding.ts'

export type ToolGuards = {
  /** Arguments as they may leave; `blockedBy` names the guardrail that lets no call be made with them. */
  outward(text: string): Promise<{ readonly text: string; readonly blockedBy: string | undefined }>
  /** What a tool, or whoever called it, gave, as a model may read it. */
  inward(text: string): Promise<string>
  /** Keeps the verdicts of what was looked at, once. */
  tell(): void
}

type Side = { readonly counts: Map<string, number>; begun: Instant | undefined; ms: number }

export function guardTools(
  guards: Guards | undefined,
  { clock, keep }: { readonly clock: Clock; readonly keep: (record: StepRecord) => void },
): ToolGuards {
  const { input = [], output = [] } = guards ?? {}
  const sides = { outward: newSide(), inward: newSide() }
  async function look(side: Side, by: typeof input, text: string) {
    side.begun ??= clock()
    const started = monotonicMs()
    const taken = await takeOut(by, text)
    side.ms += monotonicMs() - started
    for (const [id, count] of taken.counts) side.counts.set(id, (side.counts.get(id) ?? 0) + count)
    return taken
  }
  const told = (side: Side, by: typeof input, target: string, blocked: GuardVerdict['verdict']) => {
    const { begun, counts, ms } = side
    if (begun === undefined) return
    for (const { id, on, mode } of by) {
      const count = counts.get(id)
      if (count === undefined) continue
      const verdict = count === 0 ? 'passed' : mode === 'block' ? blocked : GUARD_WORDS[mode]
      keep(recordOf({ id, on, verdict, count }, { startedAt: begun, durationMs: ms }, target))
    }
    side.begun = undefined
  }
  return {
    async outward(text) {
      if (output.length === 0) return { text, blockedBy: undefined }
      const taken = await look(sides.outward, output, text)
      const blocking = output.find(({ id, mode }) => mode === 'block' && (taken.counts.get(id) ?? 0) > 0)
      return { text: taken.text, blockedBy: blocking?.id }
    },
    async inward(text) {
      return input.length === 0 ? text : (await look(sides.inward, input, text)).text
    },
    tell() {
      told(sides.outward, output, 'tool_call', 'blocked')
      told(sides.inward, input, 'tool_result', 'redacted')
    },
  }
}

const newSide = (): Side => ({ counts: new Map(), begun: undefined, ms: 0 })
