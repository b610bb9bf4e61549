/**
 * Gaps of several attributes, corrected for being several (Holm 1979): among five attributes one is "unfair" by chance
 * alone. Pure.
 *
 * Only what accuses is corrected, which is the lower end. That all gaps are small must hold for each of them, and a
 * conclusion that needs every single one to hold is wrong no more often for being about several.
 */
import { type Gap, type GapAt, MARGIN, missingFor } from './gap.ts'

const LEVEL = 0.95

/** In the order in which they came. @param gaps one for each attribute of a suite */
export function forSeveral(gaps: readonly GapAt[]): Gap[] {
  const found = gaps.map((at, place) => ({ at, place, plain: at(LEVEL) }))
  // The clearest first: how far beyond the margin, in widths of its own.
  const ordered = found.toSorted((one, other) => clarity(other.plain) - clarity(one.plain))
  const corrected = new Array<Gap>(gaps.length)
  let left = gaps.length
  let isOver = false
  for (const { at, place, plain } of ordered) {
    const level = 1 - (1 - LEVEL) / left
    const { low } = at(level)
    corrected[place] = withLow(plain, { low: isOver ? Math.min(low, MARGIN) : low, level })
    // Holm stops at the first that does not hold; those after it are held to the same level.
    if (low > MARGIN && !isOver) left -= 1
    else isOver = true
  }
  return corrected
}

function clarity({ gap, low }: Gap): number {
  const width = gap - low
  return width > 0 ? (gap - MARGIN) / width : gap > MARGIN ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

function withLow(plain: Gap, { low, level }: Pick<Gap, 'low' | 'level'>): Gap {
  const { gap, high, best, worst, pairs } = plain
  const missing = missingFor({ gap, low, high, n: pairs ?? best.n + worst.n })
  // A pair is two cases.
  return { ...plain, low, level, missingCases: pairs === undefined ? missing : missing * 2 }
}
