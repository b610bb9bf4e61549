/** One figure of many numbers, as the formula of a KPI says, with what the sample leaves open. Pure. */
import { wilson } from '../../kernel/statistics/index.ts'

export const OPERATIONS = ['mean', 'median', 'sum', 'share', 'count'] as const
export type Operation = (typeof OPERATIONS)[number]

export type Figure = {
  readonly value: number
  /** 95 % interval; null where the sample says nothing about it. */
  readonly interval: { readonly low: number; readonly high: number } | null
}

/** @param numbers at least one; of a share, 1 for a case that counts and 0 for one that does not */
export function figureOf(operation: Operation, numbers: readonly number[]): Figure {
  const sum = numbers.reduce((total, one) => total + one, 0)
  const n = numbers.length
  if (operation === 'share') {
    const areCases = numbers.every((one) => one === 0 || one === 1)
    return { value: sum / n, interval: areCases ? wilson({ successes: sum, n }) : null }
  }
  if (operation === 'sum') return { value: sum, interval: null }
  if (operation === 'count') return { value: n, interval: null }
  if (operation === 'median') return { value: median(numbers), interval: null }
  const mean = sum / n
  const spread = Math.sqrt(numbers.reduce((total, one) => total + (one - mean) ** 2, 0) / Math.max(1, n - 1))
  const half = (Z95 * spread) / Math.sqrt(n)
  return { value: mean, interval: n > 1 ? { low: mean - half, high: mean + half } : null }
}

const Z95 = 1.959964

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}
