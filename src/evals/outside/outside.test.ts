/** Runs of other programs through the front door: MLflow by REST and by folder, JUnit, and the way back. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { echoApplication } from '../../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())
const COMMIT = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: { commit: COMMIT } })
const params = { name: 'parcels' }
const take = (body: Parameters<typeof client.importOutsideRuns>[0]['body']) =>
  client.importOutsideRuns({ params, body })
const only = async (body: Parameters<typeof take>[0]) => {
  const { items } = await take(body)
  expect(items).toHaveLength(1)
  const [run] = items
  if (!run) throw new Error('One run was asked for.')
  return run
}

const REST = {
  run: {
    info: {
      run_id: '5cee35d3c05d46e29b0b52dc9c28745a',
      run_uuid: '5cee35d3c05d46e29b0b52dc9c28745a',
      run_name: 'sedate-boar-307',
      experiment_id: '470850165402704540',
      user_id: 'sam',
      status: 'FINISHED',
      start_time: 1716200000000,
      end_time: '1716200060000',
      artifact_uri: 'mlflow-artifacts:/470850165402704540/5cee35d3c05d46e29b0b52dc9c28745a/artifacts',
      lifecycle_stage: 'active',
    },
    data: {
      metrics: [
        { key: 'loss', value: 0.9, timestamp: 1716200010000, step: 0 },
        { key: 'loss', value: 0.31, timestamp: 1716200050000, step: 10 },
        { key: 'eval/accuracy', value: 0.84, timestamp: 1716200055000, step: 0, model_id: 'm-1' },
        { key: 'diverged', value: 'NaN', timestamp: 1716200055000, step: 0 },
      ],
      params: [{ key: 'learning_rate', value: '2e-05' }],
      tags: [
        { key: 'mlflow.source.git.commit', value: COMMIT },
        { key: 'mlflow.user', value: 'sam' },
      ],
    },
    inputs: {
      dataset_inputs: [
        {
          tags: [],
          dataset: { name: 'returns', digest: 'a1b2c3d4', source_type: 'local', source: '{"uri":"returns.csv"}' },
        },
      ],
    },
  },
}

test('a run of MLflow comes in with its producer named, and speaks as imported evidence for the release of its commit', async () => {
  const run = await only({ tool: 'mlflow', content: JSON.stringify(REST), kind: 'pipeline' })
  expect(run).toMatchObject({
    producer: { name: 'mlflow', version: 'rest 2.0' },
    run: REST.run.info.run_id,
    name: 'sedate-boar-307',
    state: 'finished',
    kind: 'pipeline',
    release: release.id,
    finishedAt: '2024-05-20T10:14:20.000Z',
    parameters: { learning_rate: '2e-05' },
    datasets: [{ name: 'returns', digest: 'a1b2c3d4' }],
    figures: [
      { name: 'loss', value: 0.31, step: 10 },
      { name: 'eval/accuracy', value: 0.84, n: null },
      { name: 'diverged', value: null },
    ],
  })
  const evidence = await client.getEvidence({ params: { id: run.evidence[0] ?? '' } })
  expect(evidence).toMatchObject({ trust: 'imported', producer: { name: 'mlflow' }, release: release.id })
  expect(evidence.facts).toMatchObject({ loss: { value: 0.31 }, 'eval/accuracy': { value: 0.84 } })

  expect((await only({ tool: 'mlflow', content: JSON.stringify(REST), kind: 'pipeline' })).id).toBe(run.id)
  const { items } = await client.listOutsideRuns({ params, query: {} })
  expect(items.map(({ id }) => id)).toEqual([run.id])
})

const LOSS = '1716200010000 0.9 0\n1716200050000 0.31 10\n'
const FOLDER = {
  'meta.yaml': 'experiment_id: "470850165402704540"\nlifecycle_stage: active\nname: returns\n',
  '5cee/meta.yaml':
    'artifact_uri: file:///x\nend_time: 1716200060000\nexperiment_id: "470850165402704540"\nlifecycle_stage: active\nrun_id: 5cee\nrun_name: sedate-boar-307\nrun_uuid: 5cee\nstart_time: 1716200000000\nstatus: 3\ntags: []\nuser_id: sam\n',
  '5cee/metrics/loss': LOSS,
  '5cee/metrics/eval/accuracy': '1716200055000 0.84 0\n',
  '5cee/metrics/diverged': '1716200055000 nan 0\n',
  '5cee/params/learning_rate': '2e-05',
  '5cee/tags/mlflow.user': 'sam',
  '5cee/inputs/9f/meta.yaml': 'destination_id: 5cee\nsource_id: d1\nsource_type: DATASET\n',
  'datasets/d1/meta.yaml': 'name: returns\ndigest: a1b2c3d4\nsource: returns.csv\nsource_type: local\n',
  'b0ar/meta.yaml': 'run_id: b0ar\nstatus: 4\nstart_time: 1716200000000\nend_time: null\n',
}

test('a folder of mlruns says the same as the interface, and a run that failed records nothing', async () => {
  const { items } = await take({ tool: 'mlflow', files: FOLDER, release: release.id })
  const [first, second] = items
  expect(first).toMatchObject({
    producer: { version: 'mlruns' },
    run: '5cee',
    datasets: [{ name: 'returns', digest: 'a1b2c3d4', source: 'returns.csv' }],
    parameters: { learning_rate: '2e-05' },
  })
  expect(first?.figures.map(({ name, value, step }) => [name, value, step])).toEqual([
    ['loss', 0.31, 10],
    ['eval/accuracy', 0.84, 0],
    ['diverged', null, 0],
  ])
  expect(second).toMatchObject({ run: 'b0ar', state: 'failed', evidence: [], release: release.id })
})

test('an experiment that goes out as an MLflow run comes in with the same figures, and goes out the same again', async () => {
  const begun = await client.createExperiment({ params: { id: release.id }, body: { suite: 'parcels' } })
  const experiment = (begun.body as { id: string }).id
  await expect
    .poll(async () => (await client.getExperiment({ params: { id: experiment } })).state, { timeout: 60_000 })
    .toBe('succeeded')
  const { content } = await client.getExperimentReport({ params: { id: experiment }, query: { format: 'mlflow' } })
  const run = await only({ tool: 'mlflow', content, release: release.id })
  const { arms } = await client.getExperiment({ params: { id: experiment } })
  const scores = arms.flatMap(({ arm, scores }) => scores.map((score) => ({ ...score, arm })))
  expect(scores.length).toBeGreaterThan(0)
  for (const { arm, evaluator, mean, interval, n } of scores)
    expect(run.figures.find(({ name }) => name === `${arm}/${evaluator.replace('#', '-')}`)).toMatchObject({
      value: mean,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      n,
    })
  const out = await client.getOutsideRunReport({ params: { id: run.id } })
  expect(await only({ tool: 'mlflow', content: out.content, release: release.id })).toMatchObject({
    figures: run.figures,
    parameters: run.parameters,
    tags: run.tags,
    datasets: run.datasets,
    id: run.id,
  })
})

test('JUnit comes in as tests with their suites, what did not pass first', async () => {
  const content = `<?xml version="1.0"?><testsuites name="all"><testsuite name="prompts &amp; more" timestamp="2026-03-01T10:00:00">
    <properties><property name="python" value="3.13"/></properties>
    <testcase classname="a.B" name="adds" time="0.5"><system-out><![CDATA[<failure>]]></system-out></testcase>
    <testcase name="greets" time="1,000.25"><failure message="not &lt;polite&gt;">trace</failure></testcase>
    <!-- <testcase name="no"/> --><testcase name="asks"><error>boom &#x41;</error></testcase>
    <testcase name="later"><skipped/></testcase></testsuite></testsuites>`
  const run = await only({ tool: 'junit', content, kind: 'prompt', release: release.id })
  expect(run).toMatchObject({
    name: 'prompts & more',
    kind: 'prompt',
    counts: { passed: 1, failed: 1, broken: 1, skipped: 1 },
    parameters: { python: '3.13' },
    startedAt: '2026-03-01T10:00:00.000Z',
    figures: [
      { name: 'passed', value: 1 / 3, n: 3, low: expect.closeTo(0.0615, 3), high: expect.closeTo(0.7923, 3) },
      { name: 'seconds', value: 1000.75, n: 2 },
    ],
    tests: [
      { name: 'greets', outcome: 'failed', message: 'not <polite>' },
      { name: 'asks', outcome: 'broken', message: 'boom A', suite: 'prompts & more' },
      { name: 'later', outcome: 'skipped' },
      { name: 'adds', outcome: 'passed', seconds: 0.5 },
    ],
  })
  expect(await client.getEvidence({ params: { id: run.evidence[0] ?? '' } })).toMatchObject({
    producer: { name: 'junit' },
    facts: { tests: { value: 4 }, failures: { value: 1 }, errors: { value: 1 }, skipped: { value: 1 } },
  })
})

test.for([
  ['junit', '<html/>', /begins with <html>/],
  ['junit', '<testsuite></testsuite>', /nothing was tested/],
  ['junit', '<testsuite>\n<testcase name="a">', /<testsuite> is not closed/],
  ['junit', '<testsuite>\n<testcase></testsuite>', /line 2 closes <testsuite>/],
  ['junit', '<!DOCTYPE x [<!ENTITY a "b">]><testsuite/>', /line 1 holds no tag/],
  ['junit', `<testsuite>${'<'.repeat(100_000)}`, /line 1 holds no tag/],
  ['mlflow', 'run', /not JSON/],
  ['mlflow', '{"runs":[]}', /cannot be read as mlflow/],
  ['mlflow', '{"run":{"info":{"run_id":"a","status":"DONE"},"data":{}}}', /status/],
] as const)('a report of %s that cannot be read is refused with what to send: %s', async ([tool, content, why]) => {
  await expect(take({ tool, content })).rejects.toMatchObject({
    status: 400,
    code: 'evals.outside-run-unreadable',
    message: expect.stringMatching(why),
  })
})

test('a folder without a run, both forms at once and a release of another application are refused', async () => {
  const refused = (body: Parameters<typeof take>[0]) => expect(take(body)).rejects
  await refused({ tool: 'mlflow', files: { 'metrics/loss': LOSS } }).toMatchObject({
    message: expect.stringContaining('none of the files'),
  })
  await refused({ tool: 'mlflow', files: { ...FOLDER, '5cee/metrics/loss': 'low' } }).toMatchObject({
    message: expect.stringContaining('5cee/metrics/loss line 1'),
  })
  await refused({ tool: 'junit', content: 'x', files: {} }).toMatchObject({ code: 'evals.outside-run-empty' })
  await client.createApplication({ body: { name: 'letters', files: echoApplication('first') } })
  const content = '<testsuite><testcase name="a"/></testsuite>'
  await expect(
    client.importOutsideRuns({ params: { name: 'letters' }, body: { tool: 'junit', content, release: release.id } }),
  ).rejects.toMatchObject({ code: 'evals.outside-run-release' })
  await expect(
    client.importOutsideRuns({ params: { name: 'nowhere' }, body: { tool: 'junit', content } }),
  ).rejects.toMatchObject({ status: 404 })
})
