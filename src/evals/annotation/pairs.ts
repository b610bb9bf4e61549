/**
 * Two answers to one question, of which people prefer one. Which stands first is drawn for each person and each pair,
 * so that whoever likes what stands first favours nobody. Pure.
 *
 * Invariant: what is kept speaks of the pair as it is kept; what a person sees and says speaks of the pair as it was
 * shown to this person.
 */
import type { ActorId } from '../../core/actor.ts'
import { hash64 } from '../../kernel/digest.ts'
import type { Choice, ItemId, ItemLabel, Queue, QueueItem } from './annotation.ts'

/** Better is the one that stands first, or the one that stands second. */
const [FIRST, SECOND] = ['A', 'B'] as const
export const TIE = 'tie'
const NEITHER = 'both bad'

export const PAIR_CHOICES: Choice[] = [
  { value: FIRST, meaning: 'is better', isGood: null },
  { value: SECOND, meaning: 'is better', isGood: null },
  { value: TIE, meaning: 'equally good', isGood: null },
  { value: NEITHER, meaning: 'neither would do', isGood: null },
]

/** What is preferred of a pair as it is kept: its first answer, its second, or neither. */
export const preferred = (value: string | null): 'first' | 'second' | 'tie' | 'both-bad' | null =>
  value === FIRST
    ? 'first'
    : value === SECOND
      ? 'second'
      : value === TIE
        ? 'tie'
        : value === NEITHER
          ? 'both-bad'
          : null

/** Whether this person sees the pair the other way round; drawn once, and the same each time they come back. */
export const isTurnedFor = ({ kind }: Pick<Queue, 'kind'>, item: ItemId, by: ActorId): boolean =>
  kind === 'pairs' && hash64('order of a pair', item, by) % 2n === 1n

/** The choice as it is meant when both answers change places; done twice, it is what it was. */
export const turned = <Value extends string | null>(value: Value, isTurned: boolean): Value | string =>
  !isTurned ? value : value === FIRST ? SECOND : value === SECOND ? FIRST : value

/** A pair as a person sees it, with what was decided about it. */
export function shownTo<Shown extends Pick<QueueItem, 'answer' | 'other' | 'adjudicated'>>(
  shown: Shown,
  isTurned: boolean,
): Shown {
  const { answer, other, adjudicated } = shown
  if (!isTurned || other === null) return shown
  return {
    ...shown,
    answer: other,
    other: answer,
    adjudicated: adjudicated && { ...adjudicated, value: turned(adjudicated.value, isTurned) },
  }
}

export const labelShown = (label: ItemLabel, isTurned: boolean): ItemLabel => ({
  ...label,
  value: turned(label.value, isTurned),
})
