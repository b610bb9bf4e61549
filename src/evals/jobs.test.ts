import { afterEach, expect, test, vi } from 'vitest'
import { lastUserTurn } from '../core/conversation.ts'
import type { Release } from '../core/release.ts'
import type { MicroUsd } from '../kernel/money.ts'
import { sleep } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { armsTables, createReadArms } from './arms/index.ts'
import { createExamplesOf } from './datasets/index.ts'
import type { RunFlow } from './deps.ts'
import type { Experiment, ExperimentRow } from './experiment.ts'
import { answers, install, outcome, questions } from './installation.example.ts'
import type { Differences } from './row-pages/index.ts'
import { forgetOrders } from './row-pages/index.ts'

const open: Awaited<ReturnType<typeof install>>[] = []
const installed = async (...given: Parameters<typeof install>) => {
  const installation = await install(...given)
  open.push(installation)
  return installation
}
afterEach(async () => {
  for (const installation of open.splice(0)) await installation.stop()
})

test('after a stop in the middle the experiment goes on without running a row again', async () => {
  const calls: string[] = []
  const counted: RunFlow = async (ask) => {
    calls.push(`${ask.arm} ${lastUserTurn(ask.turns)}`)
    await sleep(2, ask.signal)
    return answers(ask)
  }
  const releases = new Map<string, Release>()
  const before = await installed(counted, { releases })
  const { body } = await before.start(await before.release({ datasets: { questions: questions(1500) } }))
  while ((await before.get(body.id)).progress.done === 0) await sleep(5)
  const worst = '?order=worst-difference-first&limit=1000'
  demandWorstFirst((await before.rows(body.id, worst)).items)
  await before.stop()
  demandWorstFirst((await before.rows(body.id, worst)).items)
  const halted = await before.get(body.id)
  expect(halted.state).toBe('running')
  expect(halted.progress.done).toBeLessThan(3000)
  const kept = new Set((await before.rows(body.id, '?limit=1000')).items.map(({ arm, example }) => `${arm} ${example}`))
  expect(kept.size).toBeGreaterThan(0)
  calls.length = 0

  const after = await installed(counted, { releases })
  const ended = await after.ended(body.id)
  expect(ended).toMatchObject({ state: 'succeeded', progress: { done: 3000, total: 3000 }, spentMicroUsd: '4500' })
  expect(calls).toHaveLength(3000 - halted.progress.done)
  expect(new Set(calls).size).toBe(calls.length)
  expect(after.evidence).toHaveLength(1)
  demandWorstFirst((await after.rows(body.id, worst)).items)
  // More examples than a page can draw are bars of as many each.
  const { body: picture } = await after.ask<Differences>('GET', `/api/v1/experiments/${body.id}/differences`)
  expect(picture).toMatchObject({ n: 1500, bars: expect.objectContaining({ length: 400 }) })
  expect(picture.bars.reduce((sum, { cases }) => sum + cases, 0)).toBe(1500)
  expect(picture.bars.map(({ mean }) => mean)).toEqual(picture.bars.map(({ mean }) => mean).toSorted((a, b) => a - b))
})

/** Wherever the order comes from: numbers in memory, rows read again, or what was kept at the end. */
function demandWorstFirst(items: readonly { exampleNumber: number; difference: number | null }[]): void {
  expect(items.length).toBeGreaterThan(0)
  const given = items.map(({ difference, exampleNumber }) => [difference ?? Number.MAX_VALUE, exampleNumber] as const)
  expect(given).toEqual(given.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]))
}

test('a cancelled experiment stops, keeps its rows and proves nothing', async () => {
  const airworthy = await installed(async (ask) => {
    await sleep(5, ask.signal)
    return answers(ask)
  })
  const { body } = await airworthy.start(await airworthy.release({ datasets: { questions: questions(2000) } }))
  while ((await airworthy.get(body.id)).progress.done === 0) await sleep(5)
  const cancelled = await airworthy.ask<Experiment>('POST', `/api/v1/experiments/${body.id}/cancel`)
  expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  await sleep(400)
  const left = await airworthy.get(body.id)
  expect(left).toMatchObject({ state: 'cancelled', arms: [{ scores: [] }, { scores: [] }] })
  expect(left.progress.done).toBeLessThan(4000)
  expect(airworthy.evidence).toEqual([])
  const again = await airworthy.ask('POST', `/api/v1/experiments/${body.id}/cancel`)
  expect(again).toMatchObject({ status: 409, body: { code: 'evals.experiment-ended' } })
  demandWorstFirst((await airworthy.rows(body.id, '?order=worst-difference-first&limit=1000')).items)
})

test('an error is an error and no 0: it is counted, named, and left out of the pairs', async () => {
  const airworthy = await installed(async (ask) => {
    if (ask.arm === 'flow' && lastUserTurn(ask.turns) === 'question 7') throw new Error('the upstream hung up')
    return answers(ask)
  })
  const datasets = { questions: questions(40, (number) => (number === 3 ? { expected: null } : {})) }
  const { body } = await airworthy.start(await airworthy.release({ datasets }))
  const ended = await airworthy.ended(body.id)
  expect(ended.arms[0]).toMatchObject({ rows: 40, failed: 1, scores: [{ n: 38, missing: 1, errors: 1 }, { n: 38 }] })
  expect(ended.arms[0]?.scores[0]?.mean).toBeCloseTo(34 / 38, 12)
  expect(ended.comparison[0]).toMatchObject({ n: 38, excluded: { count: 2, examples: ['q3', 'q7'] } })
  expect(airworthy.evidence[0]?.facts).toMatchObject({ harnessErrors: { value: 1 }, cases: { value: 38 } })
  expect((await airworthy.rows(body.id, '?failed=true')).items).toMatchObject([
    { example: 'q7', error: 'the upstream hung up', difference: null },
  ])
})

test('an answer with a NUL or half a character is kept readable', async () => {
  const airworthy = await installed(async () => outcome(`a\0b \\u0000 ${'\u{1F600}'.slice(0, 1)}`))
  const { body } = await airworthy.start(await airworthy.release({ datasets: { questions: questions(2) } }))
  expect(await airworthy.ended(body.id)).toMatchObject({ state: 'succeeded' })
  expect((await airworthy.rows(body.id)).items[0]?.answer).toBe('a\uFFFDb \\u0000 \uFFFD')
})

test('repeats are averaged in each example first, so they add no examples', async () => {
  let turn = 0
  const airworthy = await installed(async ({ turns }) =>
    outcome(++turn % 2 === 0 ? 'no' : lastUserTurn(turns).replace('question', 'answer')),
  )
  const release = await airworthy.release({ baseline: false, datasets: { questions: questions(6) } })
  const { body } = await airworthy.start(release, { repeats: 4 })
  const ended = await airworthy.ended(body.id)
  expect(ended).toMatchObject({ against: null, comparison: [], progress: { done: 24, total: 24 } })
  expect(ended.arms[0]?.scores[0]).toMatchObject({ n: 6, mean: 0.5 })
  expect(airworthy.evidence).toEqual([])
})

test('an experiment stops when its budget is spent, and says so', async () => {
  const airworthy = await installed(async (ask) => ({ ...(await answers(ask)), costMicroUsd: '10' as MicroUsd }))
  const { body } = await airworthy.start(await airworthy.release(), { maxCostMicroUsd: '150' })
  const ended = await airworthy.ended(body.id)
  expect(ended).toMatchObject({ state: 'failed', error: expect.stringContaining('of 150 micro-dollars') })
  expect(Number(ended.spentMicroUsd)).toBeGreaterThanOrEqual(150)
  expect(Number(ended.spentMicroUsd)).toBeLessThanOrEqual(230)
  expect(Number(ended.spentMicroUsd)).toBe(ended.progress.done * 10)
  expect(airworthy.evidence).toEqual([])
})

test('the worst of a run that failed are known at once; what takes a look at many rows is counted by a job, and kept', async () => {
  const airworthy = await installed(answers, { estimate: '0' })
  const release = await airworthy.release({ datasets: { questions: questions(2500) } })
  const { body } = await airworthy.start(release, { maxCostMicroUsd: '6300' })
  const { state, progress } = await airworthy.ended(body.id)
  expect(state).toBe('failed')
  expect(progress.done).toBeGreaterThan(4000)
  const path = `/api/v1/experiments/${body.id}/rows?order=worst-difference-first&limit=1000`
  const worst = () => airworthy.ask<{ items: ExperimentRow[]; facts?: { job: string } }>('GET', path)
  const known = await worst()
  expect(known.status).toBe(200)
  demandWorstFirst(known.body.items)

  // As an experiment that ended before orders were kept.
  await inTransaction(airworthy.store.db, (tx) => forgetOrders(tx, body.id))
  const counting = await worst()
  expect(counting).toMatchObject({ status: 409, body: { code: 'evals.counting' } })
  expect(counting.body.facts?.job).toMatch(/^job_/)
  const again = await vi.waitUntil(
    async () => {
      const found = await worst()
      return found.status === 200 && found
    },
    { timeout: 20_000 },
  )
  expect(again.body).toEqual(known.body)
  expect(await worst()).toEqual(again)

  await airworthy.ask('POST', `/api/v1/experiments/${body.id}/resume`, { maxCostMicroUsd: '9000' })
  expect(await airworthy.ended(body.id)).toMatchObject({ state: 'succeeded', progress: { done: 5000 } })
  const arms = `/api/v1/arm-comparisons?arms=${body.id}:candidate,${body.id}:control`
  const compare = () => airworthy.ask<{ code?: string }>('GET', arms)
  expect(await compare()).toMatchObject({ status: 409, body: { code: 'evals.counting' } })
  const compared = await vi.waitUntil(
    async () => {
      const found = await compare()
      return found.status === 200 && found
    },
    { timeout: 20_000 },
  )
  expect(compared.body).toMatchObject({ examples: 2500, comparisons: [{ comparison: [{ n: 2500 }, {}] }] })
  expect(await compare()).toEqual(compared)

  // What a choice of a model asks was kept at the end; of an experiment from before that, it is read from the rows.
  const [dataset] = release.manifest.datasets
  const experiment = await airworthy.ended(body.id)
  const [own] = experiment.comparison
  if (!dataset || !own) throw new Error('nothing was compared')
  const { db, blobs } = airworthy.store
  const arm = (name: string, from = experiment) => ({ experiment: from, arm: name, dataset })
  const plan = { kind: 'rate', unit: 'share', better: 'higher', margin: own.margin } as const
  const read = (from?: typeof experiment) => {
    const arms = createReadArms({ db, blobs, examplesOf: createExamplesOf(blobs) })
    return Promise.all([
      arms.differenceOf(arm('candidate', from), arm('control', from), plan),
      arms.figuresOf(arm('candidate', from)),
    ])
  }
  const [difference, figures] = await read()
  const { n, interval, verdict, discordant } = own
  expect(difference).toMatchObject({ n, interval, verdict, discordant, difference: own.difference })
  expect(figures).toMatchObject({ runs: 2500, costMicroUsd: '1.5', seconds: expect.any(Number) })
  await inTransaction(db, (tx) => armsTables(tx).deleteFrom('experimentScores').execute())
  const old = { ...experiment, arms: experiment.arms.map((one) => ({ ...one, seconds: null })) }
  expect(await read(old)).toEqual([difference, { ...figures, seconds: expect.closeTo(figures.seconds) }])
}, 60_000)
