/**
 * One draw of a binomial: by counting up where few successes are expected, else by transformed rejection (BTRS,
 * Hörmann 1993), which is exact and takes about as long whatever n is.
 */

/** Successes in `n` tries (a whole number) of chance `p`; `random` returns numbers in [0, 1). */
export function binomialDraw({ n, p, random }: { n: number; p: number; random: () => number }): number {
  if (n === 0 || p <= 0) return 0
  if (p >= 1) return n
  if (p > 0.5) return n - binomialDraw({ n, p: 1 - p, random })
  return n * p < 10 ? byCountingUp(n, p, random) : byRejection(n, p, random)
}

function byCountingUp(n: number, p: number, random: () => number): number {
  const odds = p / (1 - p)
  let chance = (1 - p) ** n
  let left = random()
  let count = 0
  while (left > chance && count < n) {
    left -= chance
    chance *= (odds * (n - count)) / (count + 1)
    count++
  }
  return count
}

/** The letters are those of the paper. */
function byRejection(n: number, p: number, random: () => number): number {
  const deviation = Math.sqrt(n * p * (1 - p))
  const b = 1.15 + 2.53 * deviation
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const c = n * p + 0.5
  const accepted = 0.92 - 4.2 / b
  const alpha = (2.83 + 5.1 / b) * deviation
  const odds = p / (1 - p)
  const mode = Math.floor((n + 1) * p)
  for (;;) {
    const u = random() - 0.5
    const v = random()
    const distance = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / distance + b) * u + c)
    if (distance >= 0.07 && v <= accepted) return k
    if (k < 0 || k > n) continue
    const height = Math.log((v * alpha) / (a / (distance * distance) + b))
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(n - mode) -
      stirlingTail(k) -
      stirlingTail(n - k)
    if (height <= bound) return k
  }
}

const TAILS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.0092554621827127, 0.0083305634333631,
]

/** ln k! less Stirling's approximation of it. */
function stirlingTail(k: number): number {
  const known = TAILS[k]
  if (known !== undefined) return known
  const next = k + 1
  return (1 / 12 - (1 / 360 - 1 / 1260 / (next * next)) / (next * next)) / next
}
