/**
 * What a usage costs at the rates of a model: pure, exact, and null when a part of it has no known price.
 * Cached, audio and picture tokens lie inside the whole, so they are taken out before the rest is priced.
 */
import type { Usage } from '../core/usage.ts'
import { type MicroUsd, microUsd, type Price, picoOf, picoOfUnits } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { Rates, Rating } from './price-book-file.ts'

/** What providers call the way that everybody is served. */
const USUAL = new Set(['default', 'standard', 'auto', 'on_demand', 'on-demand', 'standard_only'])

export function costAt(rating: Rating, usage: Usage, at: Instant): MicroUsd | null {
  const served = servedAt(rating, usage, at)
  const pico = served && picoAt(longRates(served, usage), usage, excessOf(served, usage))
  return pico === null ? null : microUsd(pico)
}

type Served = Rates & Pick<Rating, 'longContext'>

/** By the hour and the way of serving. Null for a way that has no price, and for a long prompt where that has none. */
function servedAt(rating: Rating, { inputTokens, tier }: Usage, at: Instant): Served | null {
  const isUsual = tier === undefined || USUAL.has(tier)
  // Nearly every model has one price all day, and copying its rates cost more than the sum.
  if (isUsual && !rating.hours) return rating
  const { tiers, hours = [], ...usual } = rating
  const time = at.slice(11, 16)
  const hour = hours.find(({ from, until }) =>
    from <= until ? from <= time && time < until : from <= time || time < until,
  )
  const rates = merged(usual, hour?.rates)
  if (isUsual) return rates
  const special = tiers?.[tier]
  const isLong = usual.longContext?.some(({ above }) => inputTokens > above) ?? false
  return special && (special.longContext || !isLong) ? merged(rates, special) : null
}

/** The rates of the highest bound that the prompt is above, for the whole of it. */
function longRates(served: Served, { inputTokens }: Usage): Rates {
  if (!served.longContext) return served
  const { longContext, ...rates } = served
  const steps = longContext
    .filter(({ above, applies }) => applies === 'whole' && inputTokens > above)
    .toSorted((a, b) => b.above - a.above)
  return merged(rates, steps[0]?.rates)
}

/** What is not named stays. */
const merged = <Rated extends Rates>(rates: Rated, changed?: { readonly [name in keyof Rates]?: unknown }): Rated =>
  changed ? ({ ...rates, ...changed } as Rated) : rates

const NO_EXCESS: readonly Excess[] = []
type Excess = { readonly tokens: number; readonly price: Price }

/** Plain input tokens above a bound that cost more than those below it; the steps from the lowest bound up. */
function excessOf({ longContext }: Served, { inputTokens }: Usage): readonly Excess[] {
  if (!longContext) return NO_EXCESS
  const steps = longContext
    .filter(({ above, applies }) => applies === 'excess' && inputTokens > above)
    .toSorted((a, b) => a.above - b.above)
  return steps.flatMap(({ above, rates }, i) =>
    rates.input === undefined ? [] : [{ tokens: (steps[i + 1]?.above ?? inputTokens) - above, price: rates.input }],
  )
}

function picoAt(rates: Rates, usage: Usage, excess: readonly Excess[]): bigint | null {
  const parts = splitInput(usage)
  const out = splitOutput(usage)
  const cacheRead = rates.cacheRead ?? rates.input
  const extras = picoOfExtras(rates, usage)
  // Where tokens into the cache cost more, those for an hour cost more still.
  const writeHour = rates.cacheWriteHour ?? (rates.cacheWrite ? null : rates.input)
  if (extras === null || (parts.writeHour > 0 && writeHour === null)) return null
  let plain = parts.plain
  let pico = extras
  for (const { tokens, price } of excess.toReversed()) {
    const dear = Math.min(plain, tokens)
    pico += picoOfUnits(dear, price)
    plain -= dear
  }
  return (
    pico +
    picoOfUnits(plain, rates.input) +
    picoOfUnits(parts.read, cacheRead) +
    picoOfUnits(parts.readAudio, rates.cacheReadAudio ?? cacheRead) +
    picoOfUnits(parts.write, rates.cacheWrite ?? rates.input) +
    picoOfUnits(parts.writeHour, writeHour ?? rates.input) +
    picoOfUnits(parts.audio, rates.inputAudio ?? rates.input) +
    picoOfUnits(parts.image, rates.inputImage ?? rates.input) +
    picoOfUnits(out.plain, rates.output) +
    picoOfUnits(out.reasoning, rates.reasoning ?? rates.output) +
    picoOfUnits(out.audio, rates.outputAudio ?? rates.output) +
    picoOfUnits(out.image, rates.outputImage ?? rates.output)
  )
}

/** What is not billed by the token; null when it was used and has no price. */
function picoOfExtras(rates: Rates, { pictures = 0, toolCalls = {} }: Usage): bigint | null {
  let pico = rates.perThousandRequests ? perThousand(1, rates.perThousandRequests) : 0n
  if (pictures > 0) {
    if (!rates.perThousandPictures) return null
    pico += perThousand(pictures, rates.perThousandPictures)
  }
  for (const [name, calls] of Object.entries(toolCalls)) {
    const price = rates.perThousandCalls?.[name]
    if (calls > 0 && price === undefined) return null
    pico += price === undefined ? 0n : perThousand(calls, price)
  }
  return pico
}

/** A dollar per thousand is a thousand micro-dollars a piece. */
const perThousand = (units: number, price: Price): bigint => BigInt(units) * picoOf(price) * 1000n

/** Takes parts out of a whole, never more than there is. */
function takerOf(whole: number) {
  let left = whole
  return {
    take(part = 0): number {
      const taken = Math.min(part, left)
      left -= taken
      return taken
    },
    rest: () => left,
  }
}

function splitInput(usage: Usage) {
  const { cacheReadTokens = 0, cacheWriteTokens = 0, cacheReadAudioTokens = 0, inputAudioTokens = 0 } = usage
  const input = takerOf(usage.inputTokens)
  const readAudio = input.take(Math.min(cacheReadAudioTokens, cacheReadTokens))
  const read = input.take(cacheReadTokens - readAudio)
  const writeHour = input.take(Math.min(usage.cacheWriteHourTokens ?? 0, cacheWriteTokens))
  const write = input.take(cacheWriteTokens - writeHour)
  const audio = input.take(Math.max(0, inputAudioTokens - readAudio))
  const image = input.take(usage.inputImageTokens)
  return { read, readAudio, write, writeHour, audio, image, plain: input.rest() }
}

function splitOutput({ outputTokens, reasoningTokens, outputAudioTokens, outputImageTokens }: Usage) {
  const output = takerOf(outputTokens)
  const audio = output.take(outputAudioTokens)
  const image = output.take(outputImageTokens)
  const reasoning = output.take(reasoningTokens)
  return { audio, image, reasoning, plain: output.rest() }
}
