/**
 * What was asked, on its way through guardrails. Every text of a conversation is looked at, because every text is sent.
 * What blocks, blocks the newest question; in earlier texts it is taken out, so that a conversation can go on after it.
 *
 * Invariant: in what is returned nothing is left that a guardrail blocks or takes out, whatever the outcome is.
 */
import type { GuardVerdict } from '../core/guardrail.ts'
import type { CompiledGuard } from './compiled.ts'
import { GUARD_WORDS, GuardedText, messageOf } from './guarded-text.ts'
import { passed, takesOut } from './take-out.ts'

/** A text that is sent; `isNewest` where it belongs to the newest question. */
export type AskedText = { readonly text: string; readonly isNewest: boolean }

export type GuardedTexts = {
  /** In the order of those that were given. */
  readonly texts: readonly string[]
  readonly verdicts: GuardVerdict[]
  /** What is said instead of an answer; undefined where the question may be asked. */
  readonly blocked: string | undefined
}

export async function guardTexts(guards: readonly CompiledGuard[], asked: readonly AskedText[]): Promise<GuardedTexts> {
  const counts = new Map<string, number>()
  const blocking = new Set<string>()
  const texts: string[] = []
  for (const { text, isNewest } of asked) {
    // A length is that of the newest question, and nothing is cut from it.
    const acting = guards.filter(({ most }) => isNewest || most === Number.POSITIVE_INFINITY).map(takesOut)
    const guarded = new GuardedText(acting)
    texts.push(await passed(text, guarded))
    for (const { id, count } of guarded.verdicts()) {
      counts.set(id, (counts.get(id) ?? 0) + count)
      if (count > 0 && isNewest) blocking.add(id)
    }
  }
  const blocks = guards.find(({ id, mode }) => mode === 'block' && blocking.has(id))
  return {
    texts,
    blocked: blocks && messageOf(blocks),
    verdicts: guards.map(({ id, on, mode }) => {
      const count = counts.get(id) ?? 0
      const acts = mode === 'block' && !blocking.has(id) ? 'redacted' : GUARD_WORDS[mode]
      return { id, on, count, verdict: count === 0 ? 'passed' : acts }
    }),
  }
}
