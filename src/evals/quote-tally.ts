/** Adds up who will be asked what, by purpose and model. What nobody knows stays unknown and is named. */
import { microUsd, picoOf } from '../kernel/money.ts'
import type { EstimatedCall } from './deps.ts'
import type { QuotePart } from './experiment.ts'

type Sum = Pick<QuotePart, 'of' | 'model'> & {
  calls: number
  tokens: { input: number; output: number } | null
  pico: bigint
  isPriced: boolean
}
export type Tally = ReturnType<typeof createTally>

export function createTally() {
  const sums = new Map<string, Sum>()
  return {
    /** A call, so many times. */
    add({ of, model, tokens, costMicroUsd }: EstimatedCall & Pick<QuotePart, 'of'>, times = 1): void {
      const name = `${of} ${model}`
      const sum = sums.get(name) ?? { of, model, calls: 0, tokens: { input: 0, output: 0 }, pico: 0n, isPriced: true }
      sum.calls += times
      sum.tokens = tokens && sum.tokens && plus(sum.tokens, tokens, times)
      if (costMicroUsd === null) sum.isPriced = false
      else sum.pico += picoOf(costMicroUsd) * BigInt(times)
      sums.set(name, sum)
    },
    /** What `rows` take when `runs` take what was added. */
    times: (rows: number, runs: number): QuotePart[] =>
      [...sums.values()].map(({ of, model, calls, tokens, pico, isPriced }) => ({
        of,
        model,
        calls: scaled(calls, rows, runs),
        tokens: tokens && { input: scaled(tokens.input, rows, runs), output: scaled(tokens.output, rows, runs) },
        costMicroUsd: isPriced ? microUsd(scaledPico(pico, rows, runs)) : null,
      })),
    /** The money that is known of it, in pico-dollars, and whose price is not. */
    known(rows: number, runs: number): { atLeast: bigint; unpriced: string[] } {
      const all = [...sums.values()]
      return {
        atLeast: all.reduce((sum, { pico }) => sum + scaledPico(pico, rows, runs), 0n),
        unpriced: [...new Set(all.flatMap(({ model, isPriced }) => (isPriced ? [] : [model])))],
      }
    },
  }
}

const plus = (sum: { input: number; output: number }, more: { input: number; output: number }, times: number) => ({
  input: sum.input + more.input * times,
  output: sum.output + more.output * times,
})
const scaled = (count: number, rows: number, runs: number): number => Math.round((count * rows) / runs)
const scaledPico = (pico: bigint, rows: number, runs: number): bigint => (pico * BigInt(rows)) / BigInt(runs)
