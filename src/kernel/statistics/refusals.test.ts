/** What the statistics refuse: every message names the argument and its value. */
import { expect, test } from 'vitest'
import { asymptoticHalfWidth } from './asymptotic-sequence.ts'
import { bootstrap } from './bootstrap.ts'
import { clusteredMean } from './clustered.ts'
import { countEvent, eventEProcess, logEventEvidence } from './event-e-process.ts'
import { gatePassProbability } from './gate-pass.ts'
import { mcnemar } from './mcnemar.ts'
import { msprt } from './msprt.ts'
import { newcombe, newcombePaired } from './newcombe.ts'
import { normalQuantile } from './normal.ts'
import { oneArmCeiling } from './one-arm-ceiling.ts'
import { pairedT } from './paired.ts'
import { clopperPearson, wilson, zeroFailuresUpper } from './proportions.ts'
import { quantileRadius } from './quantile-radius.ts'
import { ndcg, precisionAtK } from './retrieval.ts'
import { riskRatioSequence } from './risk-ratio-sequence.ts'
import { sampleRatio } from './sample-ratio.ts'
import { meanDetectable, meanSampleSize } from './samplesize-means.ts'
import {
  nonInferioritySampleSize,
  pairedProportionsSampleSize,
  unpairedProportionsSampleSize,
} from './samplesize-proportions.ts'
import { eventSample, stratifiedSequence } from './stratified-sequence.ts'
import { mean, quantile, variance } from './summary.ts'

const step = (n: number) => ({
  canary: { n, mean: 0, variance: 1 },
  control: { n, mean: 0, variance: 1 },
})

const REFUSALS: readonly [string, () => unknown, string][] = [
  ['a negative n', () => wilson({ successes: 0, n: -1 }), 'n must be a whole number of at least 0, but it is -1.'],
  ['more successes than n', () => wilson({ successes: 11, n: 10 }), 'successes must be at most n (10), but it is 11.'],
  ['half a success', () => clopperPearson({ successes: 0.5, n: 1 }), 'successes must be a whole number of at least 0'],
  ['a NaN', () => zeroFailuresUpper({ n: Number.NaN }), 'n must be a whole number of at least 0, but it is NaN.'],
  ['a confidence of 1', () => wilson({ successes: 1, n: 2, confidence: 1 }), 'confidence must lie strictly between'],
  ['an empty sample', () => newcombe({ successes1: 0, n1: 0, successes2: 1, n2: 1 }), 'n1 must be'],
  [
    'no cases',
    () => newcombePaired({ bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0 }),
    'the number of cases must be a whole number of at least 1, but it is 0.',
  ],
  ['a negative count', () => mcnemar({ onlyFirst: 1, onlySecond: -2 }), 'onlySecond must be'],
  ['one pair', () => pairedT({ first: [1], second: [0] }), 'first must hold at least 2 values, but it holds 1.'],
  ['unequal lists', () => pairedT({ first: [1, 2], second: [0] }), 'hold 2 and 1 values.'],
  [
    'an infinite score',
    () => pairedT({ first: [1, Number.POSITIVE_INFINITY], second: [0, 0] }),
    'first[1] must be a finite number',
  ],
  ['a random of 1', () => bootstrap({ values: [1, 2], random: () => 1 }), 'random must return numbers from 0 up to'],
  [
    'one cluster',
    () => clusteredMean({ scores: [1, 2], clusters: ['a', 'a'] }),
    'at least 2 clusters, but it names 1.',
  ],
  ['a power of 1', () => meanSampleSize({ difference: 1, standardDeviation: 1, power: 1 }), 'power must lie strictly'],
  [
    'no difference',
    () => meanSampleSize({ difference: 0, standardDeviation: 1 }),
    'difference must be a number above 0',
  ],
  ['one case', () => meanDetectable({ n: 1, standardDeviation: 1 }), 'n must be a whole number of at least 2'],
  [
    'a difference above psi',
    () => pairedProportionsSampleSize({ discordant: 0.1, difference: 0.2 }),
    'difference must',
  ],
  ['equal rates', () => unpairedProportionsSampleSize({ p1: 0.5, p2: 0.5 }), 'p2 must differ from p1 (0.5)'],
  ['a margin of 0', () => nonInferioritySampleSize({ p: 0.8, margin: 0 }), 'margin must be a number above 0'],
  ['a p of 1.2', () => gatePassProbability({ n: 5, atLeast: 5, p: 1.2 }), 'p must lie between 0 and 1, but it is 1.2.'],
  [
    'a weight of 2',
    () => countEvent([], { arm: 'canary', weight: 2 }),
    'weight must lie between 0 and 1, but it is 2.',
  ],
  [
    'an event of an arm without traffic',
    () => logEventEvidence({ steps: [{ weight: 0, canary: 1, control: 0 }] }),
    'canary must be 0 at weight 0, but it is 1.',
  ],
  ['a null ratio of 0', () => logEventEvidence({ steps: [], nullRatio: 0 }), 'nullRatio must be a number above 0'],
  ['an alpha of 0', () => eventEProcess({ events: [], alpha: 0 }), 'alpha must lie strictly between 0 and 1'],
  ['an alpha of NaN', () => riskRatioSequence({ steps: [], alpha: Number.NaN }), 'alpha must lie strictly'],
  ['a ceiling of 1', () => oneArmCeiling({ events: 0, n: 1, ceiling: 1 }), 'ceiling must lie strictly between'],
  ['an se of 0', () => asymptoticHalfWidth({ se: 0, n: 100, plannedUnits: 1 }), 'se must be a number above 0'],
  [
    'an alpha of 0.5 on one side',
    () => asymptoticHalfWidth({ se: 1, n: 100, plannedUnits: 1, alpha: 0.5, sides: 1 }),
    'alpha must be below 0.5 on one side, but it is 0.5.',
  ],
  [
    'more events than units',
    () => eventSample({ events: 3, units: 2 }),
    'events must be at most units (2), but it is 3.',
  ],
  ['a planned se of 0', () => stratifiedSequence({ steps: [step(5)], plannedSe: 0 }), 'plannedSe must be'],
  ['a negative arm', () => stratifiedSequence({ steps: [step(-5)], plannedSe: 1 }), 'canary.n must be'],
  [
    'weights that do not sum to 1',
    () => sampleRatio({ steps: [{ counts: [1, 1], weights: [0.5, 0.6] }] }),
    'weights must sum to 1, but they sum to 1.1.',
  ],
  ['a variance of 0', () => msprt({ difference: 0, n: 1, variancePerPair: 0, mixingVariance: 1 }), 'variancePerPair'],
  ['no values', () => quantileRadius({ n: 0 }), 'n must be a whole number of at least 1, but it is 0.'],
  ['a k of 0', () => precisionAtK({ ranking: ['a'], relevance: {}, k: 0 }), 'k must be a whole number of at least 1'],
  [
    'a NaN grade',
    () => ndcg({ ranking: ['a'], relevance: { a: Number.NaN } }),
    'relevance of a must be a finite number',
  ],
  ['an empty list', () => mean([]), 'values must hold at least 1 values, but it holds 0.'],
  ['a single value', () => variance([1]), 'values must hold at least 2 values'],
  ['a level of -1', () => quantile([1], -1), 'level must lie between 0 and 1, but it is -1.'],
  ['a probability of 0', () => normalQuantile(0), 'probability must lie strictly between 0 and 1, but it is 0.'],
]

test.for(REFUSALS)('refuses %s', ([_, call, message]) => {
  expect(call).toThrow(RangeError)
  expect(call).toThrow(message)
})
