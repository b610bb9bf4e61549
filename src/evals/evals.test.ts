import { afterEach, expect, test } from 'vitest'
import type { Experiment } from './experiment.ts'
import { actor, answers, install, questions } from './installation.example.ts'
import type { Differences } from './row-pages/index.ts'

const open: Awaited<ReturnType<typeof install>>[] = []
const installed = async (...given: Parameters<typeof install>) => {
  const installation = await install(...given)
  open.push(installation)
  return installation
}
afterEach(async () => {
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
      latencyMs: { p50: expect.any(Number), p95: expect.any(Number) },
    },
    { arm: 'control', label: 'baseline' },
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
  const { body: picture } = await airworthy.ask<Differences>('GET', `/api/v1/experiments/${body.id}/differences`)
  expect(picture).toMatchObject({ n: 40, lower: 4, largest: 1 })
  expect(picture.lower + picture.same + picture.higher).toBe(40)
  expect(picture.bars).toHaveLength(40)
  expect(picture.bars[0]).toEqual({ mean: -1, cases: 1, example: 'q10' })
  expect((await airworthy.rows(body.id, '?failed=true')).items).toEqual([])
  expect((await airworthy.rows(body.id, '?example=q7')).items).toHaveLength(2)
})

test.for(['dataset', 'worst-difference-first'])('pages in the order %s show every row once', async (order) => {
  const airworthy = await installed(answers)
  const { body } = await airworthy.start(await airworthy.release())
  await airworthy.ended(body.id)
  const whole = await airworthy.rows(body.id, `?order=${order}&limit=100`)
  expect([whole.items.length, whole.next]).toEqual([80, null])

  const paged: typeof whole.items = []
  let next: string | null = ''
  while (next !== null) {
    // An odd length, so that pages end between the two rows of an example.
    const page: typeof whole = await airworthy.rows(body.id, `?order=${order}&limit=7${next && `&cursor=${next}`}`)
    paged.push(...page.items)
    next = page.next
  }
  expect(paged).toEqual(whole.items)
  const other = order === 'dataset' ? 'worst-difference-first' : 'dataset'
  const { next: cursor } = await airworthy.rows(body.id, `?order=${order}&limit=7`)
  expect(
    await airworthy.ask('GET', `/api/v1/experiments/${body.id}/rows?order=${other}&cursor=${cursor}`),
  ).toMatchObject({
    status: 400,
    body: { code: 'evals.cursor-invalid' },
  })
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

test('datasets and examples of the newest release are listed, and CSV becomes JSON lines', async () => {
  const airworthy = await installed(answers)
  await airworthy.release({
    datasets: { questions: questions(5, (number) => ({ split: number < 3 ? 'build' : 'regress' })) },
  })
  const datasets = await airworthy.ask('GET', '/api/v1/applications/helpdesk/datasets')
  expect(datasets.body).toMatchObject({ items: [{ name: 'questions', rows: 5, splits: { build: 2, regress: 3 } }] })
  const path = '/api/v1/applications/helpdesk/datasets/questions/examples'
  const examples = await airworthy.ask<{ next: string }>('GET', `${path}?split=regress&limit=2`)
  expect(examples.body).toMatchObject({ items: [{ id: 'q3' }, { id: 'q4' }], next: '4' })
  expect((await airworthy.ask('GET', `${path}?split=regress&cursor=4`)).body).toMatchObject({
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
  expect((await airworthy.ask<{ items: unknown[] }>('GET', '/api/v1/evaluators')).body.items).toHaveLength(48)
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
