/** Figures in words: money, intervals, ages, releases. The same everywhere in the CLI. */

/** `r3 9f31c2aa`. */
export const releaseName = ({ number, digest }: { number: number; digest: string }): string =>
  `r${number} ${digest.slice(7, 15)}`

/** Dollars with as many digits as matter, from micro-dollars. */
export function money(microUsd: string | null): string {
  if (microUsd === null) return 'price not known'
  const usd = Number(microUsd) / 1_000_000
  if (usd === 0) return '$0'
  return `$${usd >= 1 ? usd.toFixed(2) : usd.toPrecision(2)}`
}

export const figure = (value: number | null): string =>
  value === null ? '-' : Number.isInteger(value) ? String(value) : value.toFixed(4)

/** `0.3121 [0.2807, 0.3435]`. */
export const withInterval = (value: number | null, interval: { low: number; high: number } | null): string =>
  interval ? `${figure(value)} [${figure(interval.low)}, ${figure(interval.high)}]` : figure(value)

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

export const MARKS: Readonly<Record<string, string>> = {
  PASS: '✔',
  FAIL: '✘',
  MISSING: '◌',
  STALE: '◷',
  INCONCLUSIVE: '◐',
  WAIVED: '◇',
  NOT_APPLICABLE: '–',
}
