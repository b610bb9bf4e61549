/** The turns of a conversation on their way through the guardrails of a release. */
import type { Turn } from '../core/conversation.ts'
import type { CompiledGuard } from './compiled.ts'
import { type GuardedTexts, guardTexts } from './guard-texts.ts'

export type GuardedTurns = Omit<GuardedTexts, 'texts'> & {
  /** The turns that were given, where nothing was taken out of any. */
  readonly turns: readonly Turn[]
}

export async function guardTurns(guards: readonly CompiledGuard[], turns: readonly Turn[]): Promise<GuardedTurns> {
  const newest = turns.findLastIndex(({ role }) => role === 'user')
  const { texts, ...said } = await guardTexts(
    guards,
    turns.map(({ content }, at) => ({ text: content, isNewest: at === newest })),
  )
  const taken = turns.map((turn, at) => ({ ...turn, content: texts[at] ?? '' }))
  return { ...said, turns: taken.every(({ content }, at) => content === turns[at]?.content) ? turns : taken }
}
