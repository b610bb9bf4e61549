/**
 * Texts that are neither the newest question nor the answer: earlier turns, and what goes to a tool or comes from one.
 * What blocks is taken out of them, and whoever asked is told what was found how often.
 */
import { setImmediate } from 'node:timers/promises'
import type { CompiledGuard } from './compiled.ts'
import { GuardedText } from './guarded-text.ts'

export type TakenOut = {
  readonly text: string
  /** How often each guardrail found something, by its id; 0 where it did not. */
  readonly counts: ReadonlyMap<string, number>
}

/** The text without what guardrails block or take out. A length is that of a question or an answer, and not held here. */
export async function takeOut(guards: readonly CompiledGuard[], text: string): Promise<TakenOut> {
  const guarded = new GuardedText(guards.filter(({ most }) => most === Number.POSITIVE_INFINITY).map(takesOut))
  const out = await passed(text, guarded)
  return { text: out, counts: new Map(guarded.verdicts().map(({ id, count }) => [id, count])) }
}

export const takesOut = (guard: CompiledGuard): CompiledGuard =>
  guard.mode === 'block' ? { ...guard, mode: guard.detector ? 'redact' : 'observe' } : guard

/** A long text in slices, so that other requests go on meanwhile. */
export async function passed(content: string, text: GuardedText): Promise<string> {
  let out = ''
  for (let at = 0; at < content.length; at += SLICE) {
    if (at > 0) await setImmediate()
    out += text.push(content.slice(at, at + SLICE))
  }
  return out + text.end()
}

/** Some milliseconds of work at most. */
const SLICE = 32 * 1024
