/**
 * What a judge favours that people do not: what stands first, the longer, its own family's, the formatted.
 *
 * But for position, a bias is the judge's favour less that of people on the same answers, so that an answer which is
 * longer because it is better counts for nothing.
 */
import type { CalibrationCase, CalibrationResult } from './calibration.ts'
import { differenceFigure, meanFigure, NOTHING, rateFigure } from './figures.ts'

type Settled = CalibrationCase & { readonly gold: boolean }

export function biasOf(cases: readonly Settled[]): CalibrationResult['bias'] {
  const pairs = cases.filter(({ swapped }) => swapped !== undefined)
  const first = pairs.flatMap(({ verdict, swapped }) => [
    ...(verdict === null ? [] : [verdict]),
    // In the other order the second answer stood first.
    ...(swapped === null || swapped === undefined ? [] : [!swapped]),
  ])
  return {
    position: pairs.length === 0 ? NOTHING : rateFigure(first.filter(Boolean).length, first.length),
    consistency: rateFigure(
      pairs.filter(({ verdict, swapped }) => verdict !== null && verdict === swapped).length,
      pairs.length,
    ),
    length: lengthBias(cases),
    selfPreference: favour(cases, ({ ownFamily }) => ownFamily),
    format: favour(cases, ({ formatted }) => formatted),
  }
}

function lengthBias(cases: readonly Settled[]) {
  const compared = cases.flatMap(({ verdict, gold, characters, otherCharacters }) => {
    if (verdict === null || characters === undefined || otherCharacters === undefined) return []
    if (characters === otherCharacters) return []
    const isFirstLonger = characters > otherCharacters
    return [Number(verdict === isFirstLonger) - Number(gold === isFirstLonger)]
  })
  if (compared.length > 0) return meanFigure(compared)
  const lengths = cases.flatMap(({ characters }) => characters ?? []).sort((one, other) => one - other)
  const middle = lengths[Math.floor(lengths.length / 2)]
  if (middle === undefined) return NOTHING
  return favour(cases, ({ characters }) => (characters === undefined ? undefined : characters >= middle))
}

/** How much more than people it favours those of which `isOne` holds, less the same for the others. */
function favour(cases: readonly Settled[], isOne: (one: Settled) => boolean | undefined) {
  const over = (wanted: boolean) =>
    cases.flatMap((one) =>
      one.verdict !== null && isOne(one) === wanted ? [Number(one.verdict) - Number(one.gold)] : [],
    )
  return differenceFigure(over(true), over(false))
}
