/**
 * What cases say of a judge. Pure.
 *
 * Invariants: what could not be read counts as wrong; a comparison counts as right only when it is right in both orders;
 * too little data is never a pass.
 */
import { seededRandom } from '../../kernel/random.ts'
import { cohenKappa, krippendorffAlpha, krippendorffInterval, wilsonLower } from '../../kernel/statistics/index.ts'
import { biasOf } from './bias.ts'
import type { CalibrationCase, CalibrationResult, Figure, Standing } from './calibration.ts'
import { LEVEL, lowerFigure, NOTHING, rateFigure } from './figures.ts'

/** What the catalogue asks of a judge that may hold a gate (`eval.judgecal`). */
export const BAR = { labels: 100, doubleLabelled: 50, kappa: 0.6, bound: 0.75 } as const
/** Below this people do not agree moderately (Landis & Koch 1977), and there is nothing to hold a judge against. */
const LEAST_AGREEMENT = 0.4
/** Resamples for alpha; units are few. */
const SEED = 20_311

export function calibrate(cases: readonly CalibrationCase[]): CalibrationResult {
  const settled = cases.flatMap((one) => {
    const gold = goldOf(one)
    return gold === undefined ? [] : [{ ...one, gold, told: toldOf(one) }]
  })
  const positives = settled.filter(({ gold }) => gold)
  const negatives = settled.filter(({ gold }) => !gold)
  const counts = {
    truePositive: positives.filter(({ told }) => told === true).length,
    positives: positives.length,
    trueNegative: negatives.filter(({ told }) => told === false).length,
    negatives: negatives.length,
  }
  const twice = cases.filter(({ labels }) => labels.filter(({ value }) => value !== null).length >= 2)
  const measured = {
    labels: settled.length,
    cases: cases.length,
    doubleLabelled: twice.length,
    unsettled: cases.length - settled.length,
    unreadable: settled.filter(({ verdict, swapped }) => verdict === null || swapped === null).length,
    kappa: kappaOfPeople(cases),
    alpha: alphaOfPeople(twice),
    accuracy: rateFigure(counts.truePositive + counts.trueNegative, settled.length),
    kappaWithPeople: kappaFigure(
      settled.flatMap(({ gold, told }) => (told === undefined ? [] : [[gold, told] as const])),
    ),
    sensitivity: lowerFigure(counts.truePositive, counts.positives),
    specificity: lowerFigure(counts.trueNegative, counts.negatives),
    counts,
    bias: biasOf(settled),
  }
  return { ...measured, ...standingOf(measured), neededLabels: neededLabels(measured) }
}

type Measured = Pick<
  CalibrationResult,
  'labels' | 'doubleLabelled' | 'kappa' | 'alpha' | 'sensitivity' | 'specificity' | 'counts' | 'cases' | 'unsettled'
>

/** How far a judge may be trusted, and why no further. */
export function standingOf(found: Measured): { standing: Standing; why: string[] } {
  const { labels, doubleLabelled, kappa, alpha, sensitivity, specificity } = found
  const agreement = alpha.value ?? kappa.value
  const youden = (sensitivity.interval?.low ?? 0) + (specificity.interval?.low ?? 0) - 1
  const best = (sensitivity.value ?? 0) + (specificity.value ?? 0) - 1

  if (doubleLabelled >= BAR.doubleLabelled && agreement !== null && agreement < LEAST_AGREEMENT)
    return {
      standing: 'refused',
      why: [
        `People do not agree (${shown(agreement)} over ${doubleLabelled} cases): nothing can be held against them.`,
      ],
    }
  if (labels >= BAR.labels && best <= 0)
    return { standing: 'refused', why: ['It tells good from bad no better than chance.'] }
  const why = [
    ...(labels < BAR.labels ? [`${labels} of ${BAR.labels} cases are labelled.`] : []),
    ...(doubleLabelled < BAR.doubleLabelled
      ? [`${doubleLabelled} of ${BAR.doubleLabelled} are labelled by two people.`]
      : []),
    ...(kappa.value !== null && doubleLabelled >= BAR.doubleLabelled && kappa.value < BAR.kappa
      ? [`Two people agree with kappa ${shown(kappa.value)}, below ${BAR.kappa}.`]
      : []),
    ...below('sensitivity', sensitivity),
    ...below('specificity', specificity),
  ]
  if (why.length === 0) return { standing: 'strong', why }
  if (labels >= BAR.labels && youden > 0) return { standing: 'weak', why }
  if (labels >= BAR.labels)
    return { standing: 'refused', why: ['It is not shown to tell good from bad better than chance.', ...why] }
  return { standing: 'informs', why }
}

/** A judge may hold a gate when it is shown to tell good from bad; a weak one by corrected scores alone. */
export const mayGate = (standing: Standing): boolean => standing === 'strong' || standing === 'weak'

const below = (name: string, { value, interval }: Figure): string[] =>
  value === null || (interval?.low ?? 0) < BAR.bound
    ? [
        `Its ${name} is ${value === null ? 'not known' : `${shown(value)}, at least ${shown(interval?.low ?? 0)}`}; ${BAR.bound} is asked for.`,
      ]
    : []

/** What people settled on; undefined when they did not. */
export function goldOf({ labels, agreed }: Pick<CalibrationCase, 'labels' | 'agreed'>): boolean | undefined {
  if (agreed !== undefined) return agreed
  const said = labels.flatMap(({ value }) => value ?? [])
  const yes = said.filter(Boolean).length
  if (yes * 2 === said.length) return undefined
  return yes * 2 > said.length
}

/** What the judge said; undefined when it said nothing, or another thing in the other order. */
function toldOf({ verdict, swapped }: CalibrationCase): boolean | undefined {
  if (verdict === null) return undefined
  return swapped === undefined || swapped === verdict ? verdict : undefined
}

/** The two raters with the most cases in common. */
function kappaOfPeople(cases: readonly CalibrationCase[]): Figure {
  const pairs = new Map<string, (readonly [boolean, boolean])[]>()
  for (const { labels } of cases) {
    const said = labels
      .flatMap(({ by, value }) => (value === null ? [] : [{ by, value }]))
      .sort((a, b) => (a.by < b.by ? -1 : 1))
    said.forEach((one, at) => {
      for (const other of said.slice(at + 1)) {
        const key = JSON.stringify([one.by, other.by])
        pairs.set(key, [...(pairs.get(key) ?? []), [one.value, other.value]])
      }
    })
  }
  const [most] = [...pairs.values()].sort((one, other) => other.length - one.length)
  return most ? kappaFigure(most) : NOTHING
}

function kappaFigure(pairs: readonly (readonly [boolean, boolean])[]): Figure {
  const count = (one: boolean, other: boolean) => pairs.filter(([a, b]) => a === one && b === other).length
  const found = cohenKappa({
    table: [
      [count(true, true), count(true, false)],
      [count(false, true), count(false, false)],
    ],
  })
  if (!found) return { ...NOTHING, n: pairs.length }
  const { kappa, low, high } = found
  return {
    value: kappa,
    n: pairs.length,
    interval: { low, high, method: 'fleiss-cohen-everitt', sides: 2, level: LEVEL },
  }
}

function alphaOfPeople(cases: readonly CalibrationCase[]): Figure {
  const units = cases.map(({ labels }) => labels.map(({ value }) => (value === null ? null : Number(value))))
  const found = krippendorffAlpha({ units, level: 'nominal' })
  if (!found) return { ...NOTHING, n: units.length }
  const interval = krippendorffInterval({ units, level: 'nominal', random: seededRandom(SEED), resamples: 500 })
  return {
    value: found.alpha,
    n: found.units,
    interval: interval
      ? { low: interval.low, high: interval.high, method: 'bootstrap over cases', sides: 2, level: LEVEL }
      : null,
  }
}

/** Labels of both kinds together at which the lower bounds would reach the bar, at the rates that were seen. */
function neededLabels({ sensitivity, specificity, labels }: Measured): number | null {
  const worst = Math.min(sensitivity.value ?? 0, specificity.value ?? 0)
  if (worst <= BAR.bound) return null
  for (let each = BAR.labels / 2; each <= 5_000; each += 5)
    if (wilsonLower({ successes: Math.floor(worst * each), n: each, confidence: 0.9 }) >= BAR.bound)
      return Math.max(labels, 2 * each)
  return null
}

const shown = (value: number): string => value.toFixed(3)
