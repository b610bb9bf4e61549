/** Further arms, what was promised before, runs that count together, answers taken again, and ends that come early. */
import { afterAll, expect, test } from 'vitest'
import { lastUserTurn } from '../core/conversation.ts'
import { Failure } from '../kernel/failure.ts'
import { sleep } from '../kernel/time.ts'
import type { RunFlow } from './deps.ts'
import type { Experiment } from './experiment.ts'
import { actor, answers, install, outcome, questions, suite } from './installation.example.ts'

let calls = 0
let behave: RunFlow = answers
const airworthy = await install(async (ask) => {
  calls++
  return behave(ask)
})
afterAll(() => airworthy.stop())

async function measured(
  release: Awaited<ReturnType<typeof airworthy.release>>,
  body: Record<string, unknown> = {},
): Promise<Experiment> {
  const started = await airworthy.start(release, body)
  expect(started).toMatchObject({ status: 201 })
  return airworthy.ended(started.body.id)
}

const targetOf = (ask: Parameters<RunFlow>[0]) => ask.manifest.target?.url
const numberOf = (ask: Parameters<RunFlow>[0]) => Number(/\d+/.exec(lastUserTurn(ask.turns))?.[0])

test('variants are arms of one table, each against the control, corrected for being several', async () => {
  behave = async (ask) => {
    if (targetOf(ask)?.includes('good')) return outcome(`answer ${numberOf(ask)}`)
    if (targetOf(ask)?.includes('bad')) return outcome('no')
    return answers(ask)
  }
  const release = await airworthy.release({ number: 11 })
  const ended = await measured(release, {
    variants: [
      { name: 'rival', target: { kind: 'http', url: 'http://good.example/ask' }, effort: { hours: 3 } },
      { name: 'old', target: { kind: 'http', url: 'http://bad.example/ask' } },
    ],
  })
  expect(ended.arms.map(({ arm, rows }) => [arm, rows])).toEqual([
    ['candidate', 40],
    ['control', 40],
    ['rival', 40],
    ['old', 40],
  ])
  expect(ended.arms[2]?.behaviour.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'flow target',
    'target http://good.example/ask',
  ])
  expect(ended.further).toMatchObject([
    { arm: 'rival', to: 'control', comparison: [{ evaluator: 'exact', verdict: 'better', difference: 0.5 }, {}] },
    { arm: 'old', to: 'control', comparison: [{ verdict: 'worse', difference: -0.5, nonInferior: false }, {}] },
  ])
  const [rival] = ended.further[0]?.comparison ?? []
  expect(rival?.adjustedP).toBeGreaterThan(rival?.pValue ?? 1)
  expect(ended.registered).toMatchObject({ n: 40, margin: 0.05, runsBefore: 0, stopping: null, passAt: 0.5 })
  behave = answers
})

test.for([
  [
    'of one name',
    [
      { name: 'a', models: {} },
      { name: 'a', models: {} },
    ],
    'evals.variant-twice',
  ],
  ['of a model that is not there', [{ name: 'a', models: { answer: { model: 'x/y' } } }], 'evals.variant-unknown-part'],
  ['that change nothing', [{ name: 'a' }], 'wire.body-invalid'],
  ['with the name of an arm', [{ name: 'control', prompts: {} }], 'wire.body-invalid'],
] as const)('variants %s are refused', async ([, variants, code]) => {
  const release = await airworthy.release({ number: 12 })
  expect(await airworthy.start(release, { variants })).toMatchObject({ body: { code } })
})

test('a second run of the same counts together with the first and replaces nothing', async () => {
  let run = 0
  behave = async (ask) => {
    const isLucky = run === 2 || numberOf(ask) % 4 === 0
    return outcome(ask.arm === 'baseline' || !isLucky ? 'no' : `answer ${numberOf(ask)}`)
  }
  const release = await airworthy.release({ number: 13, behaviour: 'lucky' })
  run = 1
  const first = await measured(release)
  run = 2
  const second = await measured(release)
  expect(first.combined).toBeNull()
  expect(second.comparison[0]?.difference).toBe(1)
  expect(second.registered?.runsBefore).toBe(1)
  expect(second.combined?.experiments).toEqual([first.id, second.id])
  expect(second.combined?.comparison[0]).toMatchObject({ difference: 0.625, n: 40 })
  const smoke = airworthy.evidence.filter(({ check, release: id }) => check === 'eval.smoke' && id === release.id)
  expect(smoke.map(({ facts }) => facts.difference?.value)).toEqual([0.25, 0.625])
  behave = answers
})

test('answers are taken again only when asked, for exactly the same, and cost nothing then', async () => {
  const release = await airworthy.release({ number: 14, behaviour: 'kept' })
  calls = 0
  const first = await measured(release, { reuse: true })
  expect(calls).toBe(80)
  const again = await measured(release, { reuse: true })
  expect(calls).toBe(80)
  expect(again).toMatchObject({ spentMicroUsd: '0', isReusing: true, arms: [{ reused: 40 }, { reused: 40 }] })
  expect(again.comparison[0]?.difference).toBe(first.comparison[0]?.difference)
  await measured(release)
  expect(calls).toBe(160)
  const other = await airworthy.release({ number: 15, behaviour: 'changed' })
  expect((await measured(other, { reuse: true })).arms.map(({ reused }) => reused)).toEqual([0, 40])
})

test('slices have their n, those that are too small say so, and one among many must hold for all', async () => {
  const datasets = {
    questions: questions(100, (number) => ({
      metadata: { language: number <= 60 ? 'en' : number <= 95 ? 'de' : 'fr' },
    })),
  }
  const release = await airworthy.release({ number: 16, datasets, suites: [suite('facts', { slices: ['language'] })] })
  const { slices } = await measured(release)
  expect(slices.map(({ by, value, n, isEnough }) => [by, value, n, isEnough])).toEqual([
    ['language', 'en', 60, true],
    ['language', 'de', 35, true],
    ['language', 'fr', 5, false],
  ])
  expect(slices[0]?.comparison?.adjustedP).toBeGreaterThan(slices[0]?.comparison?.pValue ?? 1)
  expect(slices[2]?.comparison).toMatchObject({ adjustedP: null })
  expect(slices[0]?.isDeclared).toBe(true)
})

test('with repeats a rate has pass@k and pass^k', async () => {
  const turns = new Map<number, number>()
  behave = async (ask) => {
    const turn = (turns.get(numberOf(ask)) ?? 0) + 1
    turns.set(numberOf(ask), turn)
    return outcome(turn % 2 === 0 ? 'no' : `answer ${numberOf(ask)}`)
  }
  const release = await airworthy.release({ number: 17, baseline: false, datasets: { questions: questions(6) } })
  const { arms } = await measured(release, { repeats: 4 })
  const reliability = arms[0]?.scores[0]?.reliability
  expect(reliability?.map(({ k, n }) => [k, n])).toEqual([
    [1, 6],
    [2, 6],
    [3, 6],
    [4, 6],
  ])
  expect(reliability?.[0]).toMatchObject({ passAtK: 0.5, passAllK: 0.5 })
  expect(reliability?.[1]?.passAllK).toBeCloseTo(1 / 6, 10)
  expect(reliability?.[3]).toMatchObject({ passAtK: 1, passAllK: 0 })
  behave = answers
})

test('a dear experiment ends as soon as it is decided, and its interval was looked at all the time', async () => {
  behave = async (ask) => {
    // A model takes its time; else all have answered before the first rows are kept and looked at.
    await sleep(10)
    return outcome(ask.arm === 'flow' ? `answer ${numberOf(ask)}` : 'no')
  }
  const release = await airworthy.release({ number: 18, behaviour: 'dear', datasets: { questions: questions(600) } })
  const ended = await measured(release, { stopEarly: true })
  expect(ended.stoppedEarly).toMatch(/^Decided after \d+ of 600 pairs: better/)
  expect(ended.progress.done).toBeLessThan(1200)
  expect(ended.comparison[0]).toMatchObject({
    verdict: 'better',
    interval: { method: 'empirical Bernstein, at every look' },
  })
  const refused = await airworthy.start(release, { stopEarly: true, repeats: 2 })
  expect(refused.body).toMatchObject({ code: 'evals.cannot-stop-early', detail: expect.stringContaining('repeats') })
  behave = answers
})

test('a provider that says too many is waited for, and one that dies half-way costs only its rows', async () => {
  let limited = 0
  let isDead = false
  behave = async (ask) => {
    if (isDead && numberOf(ask) > 30)
      throw new Failure('unavailable', 'models.upstream-refused-key', 'The key is gone.')
    if (++limited % 25 === 0)
      throw new Failure('limited', 'models.upstream-limited', 'too many', { facts: { retryAfterMs: 1 } })
    return answers(ask)
  }
  const release = await airworthy.release({ number: 19, behaviour: 'limited' })
  const ended = await measured(release)
  expect(ended.arms.map(({ failed }) => failed)).toEqual([0, 0])
  isDead = true
  const half = await measured(await airworthy.release({ number: 20, behaviour: 'dying' }))
  expect(half.arms.map(({ failed }) => failed)).toEqual([10, 10])
  expect(airworthy.evidence.at(-1)?.facts.harnessErrors).toEqual({ value: 20 })
  const clusters = await airworthy.ask<{ items: { label: string; n: number; id: string }[] }>(
    'GET',
    `/api/v1/experiments/${half.id}/failure-clusters`,
  )
  expect(clusters.body.items[0]).toMatchObject({ kind: 'error', label: 'The key is gone.', n: 10, decision: null })
  behave = answers
})

test('one that spent its money goes on with more of it, and asks nothing twice', async () => {
  const release = await airworthy.release({ number: 21, behaviour: 'poor' })
  const started = await airworthy.start(release, { maxCostMicroUsd: '120' })
  expect(started.body).toMatchObject({ state: 'queued' })
  await airworthy.ended(started.body.id)
  const conflict = await airworthy.ask('POST', `/api/v1/experiments/${started.body.id}/resume`, {})
  expect(conflict).toMatchObject({ status: 409, body: { code: 'evals.experiment-not-stopped' } })
  behave = async (ask) => ({ ...(await answers(ask)), costMicroUsd: '10' as never })
  const dear = await airworthy.start(await airworthy.release({ number: 22, behaviour: 'dear-one' }), {
    maxCostMicroUsd: '150',
  })
  const stopped = await airworthy.ended(dear.body.id)
  expect(stopped.state).toBe('failed')
  calls = 0
  const resumed = await airworthy.ask<Experiment>('POST', `/api/v1/experiments/${dear.body.id}/resume`, {
    maxCostMicroUsd: '9999',
  })
  expect(resumed).toMatchObject({ status: 200, body: { state: 'queued' } })
  expect(await airworthy.ended(dear.body.id)).toMatchObject({ state: 'succeeded', progress: { done: 80, total: 80 } })
  expect(calls).toBe(80 - stopped.progress.done)
  behave = answers
})

test('a suite with a target proves quality, and a decision about failures is counted at once', async () => {
  const suites = [suite('facts', { threshold: 0.7, slices: ['half'], sliceFloor: 0.5 })]
  const datasets = { questions: questions(80, (number) => ({ metadata: { half: number <= 40 ? 'first' : 'second' } })) }
  const release = await airworthy.release({ number: 23, behaviour: 'aimed', suites, datasets })
  const ended = await measured(release)
  const quality = () =>
    airworthy.evidence.filter(({ check, release: id }) => check === 'eval.quality' && id === release.id)
  expect(quality()[0]?.facts).toMatchObject({
    cases: { value: 80 },
    repeats: { value: 1 },
    slicesBelowSize: { value: 0 },
    slicesBelowFloor: { value: 0 },
    untriagedClusters: { value: 1 },
    score: { value: 0.9, n: 80 },
  })
  expect(quality()[0]?.facts.marginToTarget?.value).toBeCloseTo(0.831 - 0.7, 2)
  const path = `/api/v1/experiments/${ended.id}/failure-clusters`
  const { body } = await airworthy.ask<{ items: { id: string }[] }>('GET', path)
  const decided = await airworthy.ask('PUT', `${path}/${body.items[0]?.id}`, { owner: 'ada', decision: 'fix' })
  expect(decided).toMatchObject({ status: 200, body: { owner: 'ada', decision: 'fix', decidedBy: actor } })
  expect(quality().at(-1)?.facts.untriagedClusters).toEqual({ value: 0 })
  expect(
    (await airworthy.ask('PUT', `${path}/${body.items[0]?.id}`, { owner: 'eve', decision: 'fix' }, 'viewer')).status,
  ).toBe(403)
})
