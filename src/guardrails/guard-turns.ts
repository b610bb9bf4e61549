/**
 * What was asked, on its way through the guardrails of a release. Every turn of a conversation is looked at, because
 * every turn is sent. What blocks, blocks the newest question; in earlier turns it is taken out, so that a conversation
 * can go on after it.
 *
 * Invariant: in what is returned nothing is left that a guardrail blocks or takes out, whatever the outcome is.
 */
import type { Turn } from '../core/conversation.ts'
import type { GuardVerdict } from '../core/guardrail.ts'
import type { CompiledGuard } from './compiled.ts'
import { GUARD_WORDS, GuardedText, messageOf } from './guarded-text.ts'
import { passed, takesOut } from './take-out.ts'

export type GuardedTurns = {
  /** The turns that were given, where nothing was taken out of any. */
  readonly turns: readonly Turn[]
  readonly verdicts: GuardVerdict[]
  /** What is said instead of an answer; undefined where the question may be asked. */
  readonly blocked: string | undefined
}

export async function guardTurns(guards: readonly CompiledGuard[], turns: readonly Turn[]): Promise<GuardedTurns> {
  const newest = turns.findLastIndex(({ role }) => role === 'user')
  const counts = new Map<string, number>()
  const blocking = new Set<string>()
  const taken: Turn[] = []
  for (const [at, turn] of turns.entries()) {
    // A length is that of the newest question, and nothing is cut from it.
    const acting = guards.filter(({ most }) => at === newest || most === Number.POSITIVE_INFINITY).map(takesOut)
    const text = new GuardedText(acting)
    const content = await passed(turn.content, text)
    taken.push(content === turn.content ? turn : { ...turn, content })
    for (const { id, count } of text.verdicts()) {
      counts.set(id, (counts.get(id) ?? 0) + count)
      if (count > 0 && at === newest) blocking.add(id)
    }
  }
  const blocks = guards.find(({ id, mode }) => mode === 'block' && blocking.has(id))
  return {
    turns: taken.every((turn, at) => turn === turns[at]) ? turns : taken,
    blocked: blocks && messageOf(blocks),
    verdicts: guards.map(({ id, on, mode }) => {
      const count = counts.get(id) ?? 0
      const acts = mode === 'block' && !blocking.has(id) ? 'redacted' : GUARD_WORDS[mode]
      return { id, on, count, verdict: count === 0 ? 'passed' : acts }
    }),
  }
}
