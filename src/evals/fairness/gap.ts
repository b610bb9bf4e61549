/** A gap between two groups of people, with what would decide it. */

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
  readonly low: number
  readonly high: number
  /** Set where the cases are counterfactual pairs: how many. */
  readonly pairs?: number
  /** More cases in these two groups that would decide at these rates; 0 when it is decided. */
  readonly missingCases: number
}
