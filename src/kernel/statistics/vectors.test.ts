/**
 * The reference vectors (data/statistics-vectors), every entry of seven files.
 *
 * An entry whose function is neither in `IMPLEMENTED` nor in `NOT_IMPLEMENTED` fails, and so does an
 * expected value that is neither computed nor listed in `NOT_COMPUTED`: nothing is left out silently.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asymptoticHalfWidth, asymptoticRho } from './asymptotic-sequence.ts'
import { bootstrap, pairedBootstrap } from './bootstrap.ts'
import { clusteredMean, clusteredPairedDifference } from './clustered.ts'
import { type EventStep, eventEProcess, logEventEvidence } from './event-e-process.ts'
import { EVENT_PRIOR } from './event-prior.ts'
import { gatePassProbability } from './gate-pass.ts'
import { mcnemar } from './mcnemar.ts'
import { msprt } from './msprt.ts'
import { newcombe, newcombePaired } from './newcombe.ts'
import { oneArmCeiling } from './one-arm-ceiling.ts'
import { pairedT } from './paired.ts'
import { clopperPearson, type Proportion, wilson, wilsonLower, zeroFailuresUpper } from './proportions.ts'
import { quantileRadius, quantileRadiusOneLook } from './quantile-radius.ts'
import { averagePrecision, meanOverQueries, ndcg, precisionAtK, recallAtK, reciprocalRank } from './retrieval.ts'
import { riskRatioSequence } from './risk-ratio-sequence.ts'
import { logRatioEvidence, type RatioStep, sampleRatio } from './sample-ratio.ts'
import { meanDetectable, meanSampleSize, repeatedAnswersSampleSize } from './samplesize-means.ts'
import {
  nonInferioritySampleSize,
  pairedProportionsDetectable,
  pairedProportionsSampleSize,
  unpairedProportionsSampleSize,
} from './samplesize-proportions.ts'
import { eventSample, stratifiedSequence } from './stratified-sequence.ts'
import { mean, quantile, variance } from './summary.ts'

const FILES = ['proportions', 'paired', 'bootstrap', 'clustered', 'power', 'sequential', 'retrieval']

const NOT_IMPLEMENTED: Readonly<Record<string, string>> = {
  wilcoxonSignedRank: 'no metric of the product is decided by ranks',
  'wilcoxonSignedRank.pratt': 'no metric of the product is decided by ranks',
  'permutation.twoSample': 'the bootstrap covers means',
  'permutation.paired': 'the bootstrap covers means',
}

const NOT_COMPUTED: Readonly<Record<string, readonly string[]>> = {
  mcnemar: ['chiSquared', 'chiSquaredCorrected', 'pChiSquared', 'pChiSquaredCorrected'],
  'newcombe.paired': ['lowUncorrectedPhi', 'highUncorrectedPhi'],
  'bootstrap.bca': ['strict', 'rBoot'],
  clusteredMean: ['seMiller'],
  clusteredPairedDifference: ['seMiller'],
  'pairedProportions.n': ['nWald', 'nWaldCeil'],
  'pairedProportions.mde': ['mdeWald'],
  'unpairedProportions.n': ['nPerArmUnpooled'],
  asympCS: ['rhoTwoSidedExact'],
}

type Entry = {
  function: string
  input?: unknown
  expected?: Record<string, unknown>
  m?: number[]
  weight?: number[]
  rows?: string[]
  tolerance?: number
}

const IMPLEMENTED: Readonly<Record<string, (entry: Entry) => unknown>> = {
  wilson: from((input: Proportion) => wilson(input)),
  'wilson.oneSidedLower': from((input: Proportion) => ({ low: wilsonLower(input) })),
  clopperPearson: from((input: Proportion) => clopperPearson(input)),
  zeroFailuresUpper: from((input: { n: number; confidence: number }) => ({ high: zeroFailuresUpper(input) })),
  'newcombe.unpaired': from((input: Parameters<typeof newcombe>[0]) => newcombe(input)),
  'newcombe.paired': from((input: Parameters<typeof newcombePaired>[0]) => newcombePaired(input)),
  mcnemar: from((input: Parameters<typeof mcnemar>[0]) => mcnemar(input)),

  pairedT: from((input: Parameters<typeof pairedT>[0]) => {
    const { standardDeviation: sd, degreesOfFreedom: df, ...rest } = pairedT(input)
    return { sd, df, ...rest }
  }),

  'bootstrap.indexes': () => ({ rows: Array.from({ length: 199 }, rowOfIndexes(indexesFromVectors())) }),
  'bootstrap.bca': from((input: { data: number[]; statistic: string; confidence: number }) => {
    const answer = bootstrap({
      values: input.data,
      statistic: statisticNamed(input.statistic),
      confidence: input.confidence,
      resamples: 199,
      random: indexesFromVectors(),
    })
    const { bias: z0, standardError: bootstrapSE, percentile, ...rest } = answer
    return { ...rest, z0, bootstrapSE, percentileLow: percentile.low, percentileHigh: percentile.high }
  }),

  clusteredMean: from((input: Parameters<typeof clusteredMean>[0]) => namedAsInVectors(clusteredMean(input))),
  clusteredPairedDifference: from((input: Parameters<typeof clusteredPairedDifference>[0]) =>
    namedAsInVectors(clusteredPairedDifference(input)),
  ),

  'nonInferiority.n': from((input: Parameters<typeof nonInferioritySampleSize>[0]) => {
    const { exact, n } = nonInferioritySampleSize(input)
    return { nExact: exact, n }
  }),
  'pairedProportions.n': from((input: Parameters<typeof pairedProportionsSampleSize>[0]) => {
    const { exact, n } = pairedProportionsSampleSize(input)
    return { nConnor: exact, nConnorCeil: n }
  }),
  'pairedProportions.mde': from((input: Parameters<typeof pairedProportionsDetectable>[0]) => ({
    mdeConnor: pairedProportionsDetectable(input),
  })),
  'pairedMean.n': from((input: { sdOfDifference: number; difference: number }) => {
    const comparison = { ...input, standardDeviation: input.sdOfDifference }
    const normal = meanSampleSize({ ...comparison, method: 'normal' })
    return { nNormal: normal.exact, nNormalCeil: normal.n, nT: meanSampleSize(comparison).exact }
  }),
  'pairedMean.mde': from((input: { sdOfDifference: number; n: number }) => {
    const comparison = { ...input, standardDeviation: input.sdOfDifference }
    return { mdeNormal: meanDetectable({ ...comparison, method: 'normal' }), mdeT: meanDetectable(comparison) }
  }),
  'unpairedMean.n': from((input: { sd: number; difference: number }) => {
    const comparison = { ...input, standardDeviation: input.sd, design: 'unpaired' as const }
    return {
      nPerArmNormal: meanSampleSize({ ...comparison, method: 'normal' }).exact,
      nPerArmT: meanSampleSize(comparison).exact,
    }
  }),
  'unpairedProportions.n': from((input: Parameters<typeof unpairedProportionsSampleSize>[0]) => ({
    nPerArm: unpairedProportionsSampleSize(input).exact,
  })),
  'miller.n': from(
    (input: {
      omegaSquared: number
      sigmaA2: number
      sigmaB2: number
      samplesA: number
      samplesB: number
      difference: number
    }) => ({
      n: repeatedAnswersSampleSize({
        ...input,
        betweenVariance: input.omegaSquared,
        withinVariance1: input.sigmaA2,
        withinVariance2: input.sigmaB2,
        answers1: input.samplesA,
        answers2: input.samplesB,
      }).exact,
    }),
  ),
  gatePass: from((input: { n: number; atLeast: number; p: number }) => ({
    pass: gatePassProbability(input),
    passBestOf3: gatePassProbability({ ...input, attempts: 3 }),
  })),

  'eventEProcess.prior': () => ({
    m: EVENT_PRIOR.map((point) => point.multiple),
    weight: EVENT_PRIOR.map((point) => point.weight),
  }),
  eventEProcess: from((input: { canary: number[]; weight: number[]; r0: number }) => {
    const events = input.canary.map((isCanary, i) => ({
      arm: isCanary === 1 ? ('canary' as const) : ('control' as const),
      weight: input.weight[i] ?? Number.NaN,
    }))
    const { logE, firstCrossing } = eventEProcess({ events, nullRatio: input.r0, alpha: 0.01 })
    return { e: logE.map(Math.exp), firstCrossing100: firstCrossing ?? null }
  }),
  'eventEProcess.counts': from((input: { steps: EventStep[]; r0: number }) => ({
    logE: logEventEvidence({ steps: input.steps, nullRatio: input.r0 }),
  })),
  riskRatioSequence: from((input: { steps: EventStep[]; alpha: number }) => riskRatioSequence(input)),
  oneArmCeiling: from((input: Parameters<typeof oneArmCeiling>[0]) => withE(oneArmCeiling(input))),
  'oneArmCeiling.truncated': from((input: Parameters<typeof oneArmCeiling>[0]) =>
    withE(oneArmCeiling({ ...input, isTruncated: true })),
  ),
  asympCS: from((input: { se: number; n: number; alpha: number; nStar: number }) => {
    const given = { ...input, plannedUnits: input.nStar }
    return {
      rhoTwoSided: asymptoticRho(given),
      halfWidthTwoSided: asymptoticHalfWidth(given),
      rhoOneSided: asymptoticRho({ ...given, sides: 1 }),
      halfWidthOneSided: asymptoticHalfWidth({ ...given, sides: 1 }),
    }
  }),
  'asympCS.stratified': from((input: { steps: UnitCounts[]; alpha: number; plannedSe: number }) => {
    const steps = input.steps.map((step) => ({
      canary: eventSample({ events: step.canaryEvents, units: step.canaryUnits }),
      control: eventSample({ events: step.controlEvents, units: step.controlUnits }),
    }))
    const twoSided = stratifiedSequence({ ...input, steps })
    const oneSided = stratifiedSequence({ ...input, steps, sides: 1 })
    return { ...twoSided, halfWidthTwoSided: twoSided?.halfWidth, halfWidthOneSided: oneSided?.halfWidth }
  }),
  msprt: from((input: { difference: number; null: number; variancePerPair: number; n: number; tau2: number }) =>
    msprt({ ...input, nullDifference: input.null, mixingVariance: input.tau2 }),
  ),
  quantileRadius: from((input: { n: number; alpha: number }) => ({
    supNormSequence: quantileRadius(input),
    dkwFixedN: quantileRadiusOneLook(input),
  })),
  srm: from((input: RatioStep & { alpha: number }) => sampleRatio({ steps: [input], alpha: input.alpha })),
  'srm.steps': from((input: { steps: RatioStep[]; alpha: number }) => ({
    ...sampleRatio(input),
    logEPerStep: input.steps.map(logRatioEvidence),
  })),

  retrieval: from((input: { ranking: string[]; relevance: Record<string, number>; k: number }) => ({
    ndcgLinear: ndcg(input),
    ndcgExponential: ndcg({ ...input, gain: 'exponential' }),
    precision: precisionAtK(input),
    recall: recallAtK(input),
    reciprocalRank: reciprocalRank(input),
    averagePrecision: averagePrecision(input),
  })),
  'retrieval.mean': from((input: { queries: { ranking: string[]; relevant: string[] }[] }) => {
    const queries = input.queries.map(({ ranking, relevant }) => ({
      ranking,
      relevance: Object.fromEntries(relevant.map((document) => [document, 1])),
    }))
    return {
      mrr: meanOverQueries(queries.map(reciprocalRank)).mean,
      map: meanOverQueries(queries.map(averagePrecision)).mean,
    }
  }),
}

describe.for(FILES)('%s', (file) => {
  const entries = entriesOf(file).map((entry, index) => ({ entry, title: `${index} ${entry.function}` }))
  test.for(entries.filter(({ entry }) => !(entry.function in NOT_IMPLEMENTED)))('meets vector $title', ({ entry }) => {
    const run = IMPLEMENTED[entry.function]
    if (!run) throw new Error(`The vectors name ${entry.function}, which is neither implemented nor listed as not.`)

    const left = NOT_COMPUTED[entry.function] ?? []
    const { m, weight, rows } = entry
    const expected = entry.expected ?? JSON.parse(JSON.stringify({ m, weight, rows }))
    const wanted = Object.fromEntries(Object.entries(expected).filter(([name]) => !left.includes(name)))

    expectClose({ actual: run(entry), expected: wanted, tolerance: entry.tolerance ?? 1e-10, path: entry.function })
  })
})

test('bootstraps a paired difference as it does the list of differences', () => {
  const data = [0.62, 0.71, 0.55, 0.93, 0.4, 0.88, 0.67, 0.75, 0.59, 0.81]
  const plan = { resamples: 199, confidence: 0.95 }
  const paired = pairedBootstrap({ ...plan, first: data, second: data.map(() => 0), random: indexesFromVectors() })
  expect(paired).toEqual(bootstrap({ ...plan, values: data, random: indexesFromVectors() }))
})

function entriesOf(file: string): Entry[] {
  const url = new URL(`../../../data/statistics-vectors/${file}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** A vector's input is typed by the function it is for; the comparison with `expected` would show a wrong shape. */
function from<Input>(run: (input: Input) => unknown): (entry: Entry) => unknown {
  return (entry) => run(entry.input as Input)
}

/** Relative to the expected value, absolute below 1e-3, by logarithms below 1e-15 (README of the vectors). */
function expectClose(given: { actual: unknown; expected: unknown; tolerance: number; path: string }): void {
  const { actual, expected, tolerance, path } = given
  if (typeof expected === 'number') {
    expect(actual, path).toBeTypeOf('number')
    expect(distance(Number(actual), expected), `${path}: ${actual} for ${expected}`).toBeLessThanOrEqual(tolerance)
    return
  }
  if (typeof expected === 'object' && expected !== null) {
    expect(actual, path).toBeTypeOf('object')
    const found = new Map(Object.entries(actual ?? {}))
    for (const [name, value] of Object.entries(expected)) {
      expectClose({ actual: found.get(name), expected: value, tolerance, path: `${path}.${name}` })
    }
    return
  }
  expect(actual, path).toBe(expected)
}

function distance(actual: number, expected: number): number {
  if (expected !== 0 && Math.abs(expected) < 1e-15) return Math.abs(Math.log(actual / expected))
  return Math.abs(actual - expected) / (Math.abs(expected) < 1e-3 ? 1 : Math.abs(expected))
}

/** The generator of entry 0 of bootstrap.json, as numbers in [0, 1) that give the listed indexes for ten values. */
function indexesFromVectors(): () => number {
  let state = 12345n
  return () => {
    state = (1103515245n * state + 12345n) % 2n ** 31n
    return (Number((state >> 16n) % 10n) + 0.5) / 10
  }
}

const rowOfIndexes = (random: () => number) => () =>
  Array.from({ length: 10 }, () => String(Math.floor(random() * 10))).join('')

function statisticNamed(name: string): (values: readonly number[]) => number {
  if (name === 'mean') return mean
  if (name === 'median') return (values) => quantile(values, 0.5)
  if (name === 'variance, ddof 1') return variance
  throw new Error(`The vectors name the statistic ${name}, which this test does not know.`)
}

const namedAsInVectors = ({ degreesOfFreedom, ...rest }: ReturnType<typeof clusteredMean>) => ({
  ...rest,
  dfCR2Satterthwaite: degreesOfFreedom,
})

const withE = (answer: { logE: number; belowCeiling: boolean }) => ({ ...answer, e: Math.exp(answer.logE) })

type UnitCounts = { canaryUnits: number; canaryEvents: number; controlUnits: number; controlEvents: number }
