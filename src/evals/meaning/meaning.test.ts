/** S1.17c · When a release may compare questions by meaning, and how its false hits are counted. */
import { expect, test } from 'vitest'
import type { Evidence } from '../../core/evidence.ts'
import type { Stage } from '../../core/stage.ts'
import { digestOf } from '../../kernel/digest.ts'
import { clopperPearsonUpper } from '../../kernel/statistics/index.ts'
import { createMeaning, type MeaningDeps } from './meaning.ts'
import { type ComparedPair, chosenThreshold, measured } from './measure.ts'

const named = (name: string) => ({ name, digest: digestOf(name) })
const release = {
  ...{ id: 'rel_1', application: 'shop' },
  manifest: {
    models: [{ ...named('vectors'), model: 'makes/vectors' }],
    datasets: [named('pairs')],
    cache: {
      ...{ minutes: 5, sharedBy: 'user' },
      byMeaning: { model: 'vectors', threshold: 0.9, pairs: 'pairs', mostFalseHits: 0.01 },
    },
  },
} as unknown as Parameters<ReturnType<typeof createMeaning>['ruleFor']>[0]
const evidence = (high: number, { stale = [] as string[], trust = 'measured' } = {}) =>
  ({
    ...{ id: 'evi_1', at: '', summary: 'Measured.', trust, stale },
    facts: {
      falseHitRate: { value: 0, n: 400, interval: { low: 0, high } },
      dimensions: { value: 3 },
    },
  }) as unknown as Evidence & { stale: string[] }

/** As the gateway asks: the first time it is looked at, the second time it is known. */
async function ruleIn(stage: Stage, kept: readonly (Evidence & { stale: string[] })[], off?: string) {
  const looked = Promise.withResolvers<void>()
  const meaning = createMeaning({
    evidenceOf: async () => kept,
    whyOff: () => off,
    report: looked.reject,
  } as unknown as MeaningDeps)
  const first = meaning.ruleFor(release, stage)
  await meaning.standingOf(release)
  await new Promise(setImmediate)
  return { first, next: meaning.ruleFor(release, stage) }
}

test.for([
  ['nothing measured, in the sandbox', 'sandbox', [], true],
  ['nothing measured', 'pilot', [], false],
  ['few false hits', 'pilot', [evidence(0.009)], true],
  ['too many', 'pilot', [evidence(0.011)], false],
  ['few, measured with something else', 'pilot', [evidence(0.001, { stale: ['Another threshold.'] })], false],
  ['few, as somebody attests', 'pilot', [evidence(0.001, { trust: 'attested' })], false],
  ['too many in the newest that holds', 'pilot', [evidence(0.2), evidence(0.001)], false],
  ['few in the newest that holds', 'pilot', [evidence(0.2, { stale: ['Another model.'] }), evidence(0.001)], true],
] as const)('%s: in %s it is in force or not', async ([, stage, kept, isInForce]) => {
  const { first, next } = await ruleIn(stage, kept)
  expect(next !== undefined).toBe(isInForce)
  // What is not known yet is off.
  if (stage !== 'sandbox') expect(first).toBeUndefined()
  if (next) expect(next).toMatchObject({ model: 'makes/vectors', threshold: 0.9 })
  expect((await ruleIn(stage, kept, 'It is off.')).next).toBeUndefined()
})

const pairs = (isSame: boolean, ...cosines: number[]): ComparedPair[] =>
  cosines.map((cosine) => ({ cosine, isSame, isToChoose: true }))

test('false hits are different questions at the threshold or above, with their exact bound', () => {
  expect(measured([...pairs(false, 0.95, 0.9, 0.5), ...pairs(true, 0.92, 0.4)], 0.9)).toEqual({
    ...{ different: 3, falseHits: 2, rate: 2 / 3, same: 2, hits: 1 },
    upper: clopperPearsonUpper({ successes: 2, n: 3, confidence: 0.95 }),
  })
  expect(measured(pairs(true, 1), 0.9)).toMatchObject({ different: 0, rate: null, upper: 1 })
})

test('the least threshold is chosen whose bound keeps the limit, and none where too few pairs could', () => {
  const cosines = Array.from({ length: 200 }, (_, n) => n / 250)
  const all = pairs(false, ...cosines)
  const chosen = chosenThreshold(all, 0.05) ?? 0
  expect(measured(all, chosen).upper).toBeLessThanOrEqual(0.05)
  expect(measured(all, chosen - 0.005).upper).toBeGreaterThan(0.05)
  expect([chosenThreshold(all, 0.01), chosenThreshold([], 0.05)]).toEqual([null, null])
})
