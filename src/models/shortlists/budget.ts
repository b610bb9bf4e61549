/**
 * What a model would cost a month: its price times what is expected, as an interval whose ends are the least and the
 * most of everything that was said. Exact; an unknown price stays unknown.
 */
import { z } from 'zod'
import { compareMoney, microUsd, Price, picoOf, picoOfUnits } from '../../kernel/money.ts'

const Range = (most: number) =>
  z
    .strictObject({ low: z.number().int().min(0).max(most), high: z.number().int().min(0).max(most) })
    .refine(({ low, high }) => low <= high, 'low must not be above high')

/** What is expected: the least and the most. Tokens are those of one request. */
export const Volume = z.strictObject({
  requestsPerMonth: Range(1_000_000_000),
  inputTokens: Range(2_000_000),
  outputTokens: Range(1_000_000),
})
export type Volume = z.infer<typeof Volume>

export type Budget = { readonly dollarsPerMonth: Price; readonly volume: Volume }

/** Dollars a month. */
export const MonthlyCost = z.object({ low: z.string(), high: z.string() })
export type MonthlyCost = z.infer<typeof MonthlyCost>

/** Null when a price is not known. @param prices dollars per million tokens */
export function monthlyCostOf(volume: Volume, prices: { input: unknown; output: unknown }): MonthlyCost | null {
  const input = Price.safeParse(prices.input)
  const output = Price.safeParse(prices.output)
  if (!input.success || !output.success) return null
  const at = (end: 'low' | 'high'): string => {
    const one = picoOfUnits(volume.inputTokens[end], input.data) + picoOfUnits(volume.outputTokens[end], output.data)
    return dollars(one * BigInt(volume.requestsPerMonth[end]))
  }
  return { low: at('low'), high: at('high') }
}

/** fits: also at the most · depends: at the least and not at the most · exceeds: not even at the least. */
export function budgetVerdict(
  { dollarsPerMonth }: Budget,
  monthly: MonthlyCost | null,
): 'fits' | 'depends' | 'exceeds' | 'unknown' {
  if (!monthly) return 'unknown'
  if (compareMoney(monthly.high, dollarsPerMonth) <= 0) return 'fits'
  return compareMoney(monthly.low, dollarsPerMonth) <= 0 ? 'depends' : 'exceeds'
}

/** Pico-dollars as dollars, to the cent upwards, so that nothing looks cheaper than it is. */
function dollars(pico: bigint): string {
  const CENT = 10_000_000_000n
  const cents = (pico + CENT - 1n) / CENT
  return microUsd(picoOf('1') * cents).replace(
    /^(\d+)$/,
    (text) => `${text.slice(0, -2) || '0'}.${text.padStart(2, '0').slice(-2)}`,
  )
}
