/**
 * When requests are due, in milliseconds from the beginning of a step: those of many users who know nothing of each
 * other, which is a Poisson process. Given how many come, its times are those of independent uniform draws in order
 * (Ross, Stochastic Processes, 2.3), so that the rate is exactly what was planned.
 *
 * The schedule is open: a request is due whether or not the one before was answered. A closed loop sends less when the
 * server is slow, and its waiting is left out of the figures (Schroeder, Wierman & Harchol-Balter, NSDI 2006; Tene's
 * "coordinated omission", which wrk2 measures around in the same way: from when a request was due).
 */
import { seededRandom } from '../../kernel/random.ts'
import type { PlannedStep } from './contract.ts'

export function arrivalsOf(
  { requests, seconds }: Pick<PlannedStep, 'requests' | 'seconds'>,
  seed: number,
): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: requests }, () => random() * seconds * 1000).sort()
}
