/**
 * pass@k and pass^k of a task that was tried n times with `correct` successes, both unbiased.
 *
 * pass@k = 1 - C(n-c,k)/C(n,k) (Chen et al. 2021): at least one of k tries succeeds.
 * pass^k = C(c,k)/C(n,k) (tau-bench, Yao et al. 2024): all of k tries succeed. The plain (c/n)^k is biased upwards.
 */
import { requireCount, requirePart } from './argument.ts'

/** Tries of one task: `n` of them, `correct` of those right; `k` of them are drawn without putting back, 1 to n. */
export type Tries = { readonly n: number; readonly correct: number; readonly k: number }

/** Chance that at least one of k tries is right. */
export function passAtK({ n, correct, k }: Tries): number {
  requireTries({ n, correct, k })
  return 1 - shareOfDraws(n - correct, n, k)
}

/** Chance that all of k tries are right. */
export function passHatK({ n, correct, k }: Tries): number {
  requireTries({ n, correct, k })
  return shareOfDraws(correct, n, k)
}

function requireTries({ n, correct, k }: Tries): void {
  requirePart({ name: 'correct', value: correct }, { name: 'n', value: n })
  requireCount({ name: 'k', value: k, least: 1 })
  requirePart({ name: 'k', value: k }, { name: 'n', value: n })
}

/** C(part,k) / C(whole,k) as a product, so that nothing overflows. */
function shareOfDraws(part: number, whole: number, k: number): number {
  if (part < k) return 0
  let share = 1
  for (let i = 0; i < k; i++) share *= (part - i) / (whole - i)
  return share
}
