/** A gap between two groups of people, with what would decide it. Pure. */

/** A gap within it does not matter, as the catalogue has it. */
export const MARGIN = 0.05

export type Group = {
  readonly value: string
  readonly n: number
  readonly mean: number
  readonly low: number
  readonly high: number
}
export type Gap = {
  readonly suite: string
  readonly by: string
  readonly best: Group
  readonly worst: Group
  readonly gap: number
  /** Of several attributes, the end that holds for all of them at once. */
  readonly low: number
  readonly high: number
  /** Of the lower end: 0.95, or more where several attributes are looked at. */
  readonly level: number
  /** Set where the cases are counterfactual pairs: how many. */
  readonly pairs?: number
  /** More cases in these two groups that would decide at these rates; 0 when it is decided. */
  readonly missingCases: number
}
/** A gap whose interval can be asked for at any level. */
export type GapAt = (level: number) => Gap

/** The interval has to lie on one side of the margin; its width falls with the root of the cases. */
export function missingFor(
  { gap, low, high, n }: { gap: number; low: number; high: number; n: number },
  margin = MARGIN,
): number {
  if (high <= margin || low > margin) return 0
  const distance = Math.max(Math.abs(margin - gap), margin / 10)
  const width = gap > margin ? gap - low : high - gap
  return Math.max(1, Math.ceil(n * ((width / distance) ** 2 - 1)))
}
