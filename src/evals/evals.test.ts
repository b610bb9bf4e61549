import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { lastUserTurn } from '../core/conversation.ts'
import { Example, Suite } from '../core/dataset.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import { createIds } from '../kernel/ids.ts'
import type { MicroUsd } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { sleep, systemClock } from '../kernel/time.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openStore } from '../store/store.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import type { FlowOutcome, RunFlow } from './deps.ts'
import { createEvals } from './evals.ts'
import type { Experiment, ExperimentRow } from './experiment.ts'
import { evalsHttp } from './http.ts'
import { evalsMigrations } from './migrations.ts'
import { exampleRelease } from './release.example.ts'
import { own } from './store.ts'

const newId = createIds({ clock: systemClock, random: secureBytes })
const engine = await openEmbedded(null)
const folder = mkdtempSync(join(tmpdir(), 'airworthy-evals-'))
let queue = 0
afterAll(() => engine.close())

const actor = newId('act')
const all = new Set(['view', 'build'])
const callers: Record<string, unknown> = {
  builder: {
    actor,
    name: 'ada',
    organisation: 'default',
    role: 'builder',
    permissions: all,
    key: null,
    application: null,
  },
  viewer: {
    actor,
    name: 'tom',
    organisation: 'default',
    role: 'viewer',
    permissions: new Set(['view']),
    key: null,
    application: null,
  },
  stranger: {
    actor,
    name: 'eve',
    organisation: 'default',
    role: 'builder',
    permissions: all,
    key: 'key_1',
    application: 'other',
  },
}

const outcome = (answer: string, more: Partial<FlowOutcome> = {}): FlowOutcome => ({
  answer,
  abstained: false,
  passages: [],
  citations: [],
  invalidCitations: [],
  usage: { inputTokens: 10, outputTokens: 2, estimated: true },
  costMicroUsd: '1.5' as MicroUsd,
  servedBy: 'scripted/echo',
  ...more,
})
/** The flow answers every question rightly but each tenth, the baseline only each second. */
const answers: RunFlow = async ({ turns, arm }) => {
  const question = lastUserTurn(turns)
  const number = Number(/\d+/.exec(question)?.[0])
  const isRight = arm === 'baseline' ? number % 2 === 0 : number % 10 !== 0
  return outcome(isRight ? `answer ${number}` : 'wrong')
}
const questions = (count: number, more: (number: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, at) =>
    Example.parse({ id: `q${at + 1}`, input: `question ${at + 1}`, expected: `answer ${at + 1}`, ...more(at + 1) }),
  )
const suite = (name = 'facts', more: Partial<Suite> = {}): Suite =>
  Suite.parse({
    name,
    dataset: 'questions',
    evaluators: [{ use: 'exact' }, { use: 'token-f1' }],
    primary: 'exact',
    ...more,
  })

/** One installation: its own queue over the shared engine; `stop` is what a crash leaves behind. */
async function install(runFlow: RunFlow, given: { releases?: Map<string, Release>; estimate?: string | null } = {}) {
  const store = await openStore({
    folder,
    engine,
    queueSchema: `queue_${++queue}`,
    migrations: [evalsMigrations],
    clock: systemClock,
    newId,
    onJobChange: () => {},
  })
  const releases = given.releases ?? new Map<string, Release>()
  const evidence: EvidenceDraft[] = []
  const audit: string[] = []
  const published = new Set<string>()
  let before: Release['id'] | undefined
  const estimate = given.estimate === undefined ? '1.5' : given.estimate
  const releaseOf = async (id: string) => {
    const release = releases.get(id)
    if (!release) throw new Error(`no release ${id}`)
    return release
  }
  const evals = createEvals({
    db: store.db,
    blobs: store.blobs,
    jobs: store.jobs,
    clock: systemClock,
    newId,
    organisation: 'default',
    programVersion: 'test',
    releaseOf,
    newestReleaseOf: async (application) => [...releases.values()].findLast((one) => one.application === application),
    releaseBefore: async () => before,
    runFlow,
    estimateRun: async () => ({ costMicroUsd: estimate as MicroUsd | null, latencyMs: 100 }),
    record: async (_, { action }) => void audit.push(action),
    recordEvidence: async (_, draft) => void evidence.push(draft),
    publish: ({ topic, id }) => published.add(`${topic} ${id}`),
  })
  await store.jobs.start()
  const server = createServer(evalsHttp(evals, { releaseOf }), {
    callerOf: async (request) => callers[request.headers.get('authorization') ?? 'builder'] as Caller | undefined,
    report: (thrown) => console.error(thrown),
  })
  const ask = async <Body>(method: string, path: string, body?: unknown, who = 'builder') => {
    const answer = await server.request(path, {
      method,
      headers: { authorization: who },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Body }
  }
  return {
    evals,
    store,
    evidence,
    audit,
    published,
    ask,
    stop: () => store.jobs.stop(),
    setBefore: (release: Release) => {
      before = release.id
    },
    async release(more: Partial<Parameters<typeof exampleRelease>[0]> = {}) {
      const release = await exampleRelease({
        newId,
        blobs: store.blobs,
        datasets: { questions: questions(40) },
        suites: [suite()],
        ...more,
      })
      releases.set(release.id, release)
      return release
    },
    start: (release: Release, body: Record<string, unknown> = {}) =>
      ask<Experiment>('POST', `/api/v1/releases/${release.id}/experiments`, { suite: 'facts', ...body }),
    get: async (id: string) => (await ask<Experiment>('GET', `/api/v1/experiments/${id}`)).body,
    rows: async (id: string, query = '') =>
      (await ask<{ items: ExperimentRow[]; next: string | null }>('GET', `/api/v1/experiments/${id}/rows${query}`))
        .body,
    async ended(id: string): Promise<Experiment> {
      for (;;) {
        const experiment = await this.get(id)
        if (!['queued', 'running'].includes(experiment.state)) return experiment
        await sleep(20)
      }
    },
  }
}
type Installation = Awaited<ReturnType<typeof install>>
const open: Installation[] = []
const installed = async (...given: Parameters<typeof install>) => {
  const installation = await install(...given)
  open.push(installation)
  return installation
}
beforeEach(() => async () => {
  for (const installation of open.splice(0)) await installation.stop()
})

test('an experiment measures a release beside its baseline and records what it proves', async () => {
  const airworthy = await installed(answers)
  const release = await airworthy.release()
  const started = await airworthy.start(release)
  expect(started).toMatchObject({
    status: 201,
    body: {
      state: 'queued',
      against: 'baseline',
      progress: { done: 0, total: 80 },
      quote: { calls: 80, costMicroUsd: '120' },
    },
  })
  expect(started.body.quote.detectableDifference).toBeCloseTo(0.1923, 3)

  const ended = await airworthy.ended(started.body.id)
  expect(ended).toMatchObject({ state: 'succeeded', progress: { done: 80, total: 80 }, spentMicroUsd: '120' })
  expect(ended.arms).toMatchObject([
    {
      arm: 'candidate',
      label: 'release 1',
      rows: 40,
      failed: 0,
      costMicroUsd: '60',
      tokens: { input: 400, output: 80, estimated: true },
    },
    { arm: 'control', label: 'baseline baseline' },
  ])
  expect(ended.arms[0]?.scores[0]).toMatchObject({
    evaluator: 'exact',
    version: 1,
    n: 40,
    missing: 0,
    errors: 0,
    mean: 0.9,
    interval: { method: 'wilson' },
  })
  expect(ended.arms[0]?.behaviour).toMatchObject([{ kind: 'flow', name: 'answer' }])
  expect(ended.comparison[0]).toMatchObject({
    evaluator: 'exact',
    n: 40,
    verdict: 'better',
    discordant: { onlyCandidate: 20, onlyControl: 4 },
    excluded: { count: 0, examples: [] },
  })
  expect(ended.comparison[0]?.difference).toBeCloseTo(0.4, 12)
  expect(airworthy.evidence).toMatchObject([
    {
      check: 'eval.smoke',
      release: release.id,
      trust: 'measured',
      by: actor,
      source: `experiment ${ended.id}`,
      facts: {
        cases: { value: 40, n: 40 },
        harnessErrors: { value: 0 },
        difference: { n: 40, interval: { method: 'newcombe-paired' } },
      },
    },
  ])
  expect(airworthy.evidence[0]?.inputs.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'baseline baseline',
    'dataset questions',
    'evaluator exact',
    'evaluator token-f1',
    'flow answer',
    'suite facts',
  ])
  expect(airworthy.audit).toEqual(['evals.create-experiment', 'evals.finish-experiment'])
  expect(airworthy.published).toContain(`experiment ${ended.id}`)
})

test('rows page, filter, and come with the worst difference first', async () => {
  const airworthy = await installed(answers)
  const { body } = await airworthy.start(await airworthy.release())
  await airworthy.ended(body.id)

  const first = await airworthy.rows(body.id, '?limit=30&arm=candidate')
  expect(first.items).toHaveLength(30)
  expect(first.items[0]).toMatchObject({
    example: 'q1',
    arm: 'candidate',
    repeat: 1,
    input: 'question 1',
    expected: 'answer 1',
    answer: 'answer 1',
    difference: 1,
  })
  const second = await airworthy.rows(body.id, `?limit=30&arm=candidate&cursor=${first.next}`)
  expect([second.items.length, second.next]).toEqual([10, null])

  const worst = await airworthy.rows(body.id, '?order=worst-difference-first&arm=candidate&limit=5')
  expect(worst.items.map(({ example, difference }) => [example, difference])).toEqual([
    ['q10', -1],
    ['q20', -1],
    ['q30', -1],
    ['q40', -1],
    ['q2', 0],
  ])
  expect((await airworthy.rows(body.id, '?failed=true')).items).toEqual([])
  expect((await airworthy.rows(body.id, '?example=q7')).items).toHaveLength(2)
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
  await before.stop()
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
})

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

test.for([
  ['a dry run', { dryRun: true }, '1.5', 200, { kind: 'quote', quote: { calls: 80, costMicroUsd: '120' } }],
  [
    'a budget that is too small',
    { maxCostMicroUsd: '119.5' },
    '1.5',
    409,
    { kind: 'over-budget', quote: { costMicroUsd: '120' } },
  ],
  [
    'a budget with an unknown price',
    { maxCostMicroUsd: '9999' },
    null,
    409,
    { kind: 'over-budget', quote: { costMicroUsd: null } },
  ],
  [
    'an unknown suite',
    { suite: 'nothing' },
    '1.5',
    404,
    { code: 'evals.suite-unknown', detail: expect.stringContaining('It has facts') },
  ],
  ['a repeat of none', { repeats: 0 }, '1.5', 400, { code: 'wire.body-invalid' }],
] as const)('%s starts nothing', async ([, body, estimate, status, answer]) => {
  const airworthy = await installed(answers, { estimate })
  const release = await airworthy.release()
  expect(await airworthy.start(release, body)).toMatchObject({ status, body: answer })
  const list = await airworthy.ask<{ items: Experiment[] }>('GET', `/api/v1/experiments?release=${release.id}`)
  expect(list.body.items).toEqual([])
})

test('an experiment stops when its budget is spent, and says so', async () => {
  const airworthy = await installed(async (ask) => ({ ...(await answers(ask)), costMicroUsd: '10' as MicroUsd }))
  const { body } = await airworthy.start(await airworthy.release(), { maxCostMicroUsd: '150' })
  const ended = await airworthy.ended(body.id)
  expect(ended).toMatchObject({ state: 'failed', error: expect.stringContaining('of 150 micro-dollars') })
  expect(Number(ended.spentMicroUsd)).toBeLessThanOrEqual(230)
  expect(airworthy.evidence).toEqual([])
})

test('a release is compared with an earlier one, and the drop is what the gate reads', async () => {
  const airworthy = await installed(async ({ manifest, turns }) => {
    const number = Number(/\d+/.exec(lastUserTurn(turns))?.[0])
    const isWorse = manifest.flow.steps.some((step) => step.use === 'generate' && step.model === 'second')
    return outcome(isWorse && number % 2 === 0 ? 'wrong' : `answer ${number}`)
  })
  const first = await airworthy.release()
  const second = await airworthy.release({ behaviour: 'second', number: 2 })
  const { body } = await airworthy.start(second, { against: first.id })
  const ended = await airworthy.ended(body.id)
  expect(ended.comparison[0]).toMatchObject({ verdict: 'worse', difference: -0.5 })
  expect(airworthy.evidence).toMatchObject([
    { check: 'eval.regress', facts: { drop: { value: 0.5 }, against: { value: first.id }, cases: { value: 40 } } },
  ])
  const drop = airworthy.evidence[0]?.facts.drop
  expect(drop?.interval?.low).toBeGreaterThan(0.3)
  expect(drop?.interval?.high).toBeLessThan(0.7)
  expect(airworthy.evidence[0]?.inputs.some(({ kind }) => kind === 'baseline' || kind === 'release')).toBe(false)
})

test('the producer measures every suite against baseline and the release before, and the weakest suite counts', async () => {
  const airworthy = await installed(answers)
  const suites = [suite('facts'), suite('hard', { dataset: 'tens' })]
  const datasets = { questions: questions(40), tens: questions(60).filter(({ id }) => Number(id.slice(1)) % 10 === 0) }
  const first = await airworthy.release({ suites, datasets, behaviour: 'other' })
  const release = await airworthy.release({ suites, datasets, number: 2 })
  airworthy.setBefore(first)
  const context = { release, application: 'helpdesk', by: actor, signal: new AbortController().signal }
  expect(await airworthy.evals.producer.quote(context)).toMatchObject({ calls: 2 * (80 + 12), costMicroUsd: '276' })
  expect(await airworthy.evals.producer.run(context)).toEqual([])

  const smoke = airworthy.evidence.filter(({ check }) => check === 'eval.smoke')
  expect(smoke[0]?.facts.difference).toEqual({ value: null })
  expect(smoke[0]?.summary).toContain('Not measured yet: hard.')
  const last = smoke.at(-1)
  expect(last?.facts.difference?.value).toBe(-1)
  expect(last?.facts['difference of facts']?.value).toBeCloseTo(0.4, 12)
  expect(last?.facts.cases).toEqual({ value: 46, n: 46 })
  expect(last?.inputs.filter(({ kind }) => kind === 'suite').map(({ name }) => name)).toEqual(['facts', 'hard'])
  expect(airworthy.evidence.filter(({ check }) => check === 'eval.regress').at(-1)?.facts.drop?.value).toBe(0)
})

test('datasets and examples of the newest release are listed, and CSV becomes JSON lines', async () => {
  const airworthy = await installed(answers)
  await airworthy.release({
    datasets: { questions: questions(5, (number) => ({ split: number < 3 ? 'build' : 'regress' })) },
  })
  const datasets = await airworthy.ask('GET', '/api/v1/applications/helpdesk/datasets')
  expect(datasets.body).toMatchObject({ items: [{ name: 'questions', rows: 5, splits: { build: 2, regress: 3 } }] })
  const path = '/api/v1/applications/helpdesk/datasets/questions/examples'
  const examples = await airworthy.ask<{ next: string }>('GET', `${path}?split=regress&limit=2`)
  expect(examples.body).toMatchObject({ items: [{ id: 'q3' }, { id: 'q4' }], next: 'q4' })
  expect((await airworthy.ask('GET', `${path}?split=regress&cursor=q4`)).body).toMatchObject({
    items: [{ id: 'q5' }],
    next: null,
  })

  const converted = await airworthy.ask('POST', '/api/v1/datasets/conversions', {
    name: 'q',
    format: 'csv',
    content: 'id,input\ne1,hello\n',
  })
  expect(converted.body).toMatchObject({ rows: 1, content: '{"id":"e1","input":"hello","split":"regress"}\n' })
  const bad = await airworthy.ask('POST', '/api/v1/datasets/conversions', {
    name: 'q',
    format: 'csv',
    content: 'id,input\ne1,\n',
  })
  expect(bad).toMatchObject({
    status: 400,
    body: { code: 'evals.dataset-invalid', problems: [{ line: 2, field: 'input' }] },
  })
  expect((await airworthy.ask<{ items: unknown[] }>('GET', '/api/v1/evaluators')).body.items).toHaveLength(13)
})

test.for([
  ['a viewer', 'viewer', 'POST', 403],
  ['a key of another application', 'stranger', 'POST', 403],
  ['a viewer', 'viewer', 'GET', 200],
  ['a key of another application', 'stranger', 'GET', 403],
] as const)('%s (%s) who %ss gets %i', async ([, who, method, status]) => {
  const airworthy = await installed(answers)
  const release = await airworthy.release()
  const { body } = await airworthy.start(release)
  const path = method === 'POST' ? `/api/v1/releases/${release.id}/experiments` : `/api/v1/experiments/${body.id}/rows`
  expect((await airworthy.ask(method, path, method === 'POST' ? { suite: 'facts' } : undefined, who)).status).toBe(
    status,
  )
  await airworthy.ended(body.id)
})

test('the columns of the tables are those of their schemas', async () => {
  const { store } = await installed(answers)
  const tables = await store.db.introspection.getTables()
  const columns = (name: string) =>
    tables
      .find((table) => table.name === name)
      ?.columns.map((column) => column.name)
      .sort()
  expect(columns('experiments')).toEqual(Object.keys(own.schemas.experiments.shape).map(snake).sort())
  expect(columns('experiment_rows')).toEqual(Object.keys(own.schemas.experimentRows.shape).map(snake).sort())
})

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
