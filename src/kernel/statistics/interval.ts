/** A confidence interval, in the units of what it estimates. Invariant: `low <= high`. */
export type Interval = { readonly low: number; readonly high: number }
