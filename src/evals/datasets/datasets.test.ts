/** Datasets of the installation through the front door: versions, rules of splits, quarantine, who reads what. */
import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { echoApplication } from '../../testing/echo-application.ts'
import { datasetsOf, jsonl, refusal, row } from './datasets.example.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())
const { builder, viewer, made, imported } = await datasetsOf(airworthy)

test('each change is a version with a reason, a lineage and a difference, and old versions stay as they were', async () => {
  const params = await made('growing', [row('a'), row('b', { split: 'build' })])
  await builder.editRows({
    params,
    body: {
      base: 1,
      put: [row('b', { split: 'build', expected: 'better' }), row('c')],
      remove: ['a'],
      reason: 'b was wrong',
    },
  })
  const { items } = await viewer.listDatasetVersions({ params })
  expect(items).toMatchObject([
    { number: 2, rows: 2, reason: 'b was wrong', added: 1, changed: 1, removed: 1, lineage: { kind: 'edit' } },
    {
      number: 1,
      rows: 2,
      reason: 'first rows',
      added: 2,
      lineage: { kind: 'file', from: 'rows.jsonl', format: 'jsonl' },
    },
  ])
  const diff = await viewer.diffDatasetVersions({ params, query: { from: 1, to: 2 } })
  expect(diff.items.map(({ id, kind }) => `${kind} ${id}`).sort()).toEqual(['added c', 'changed b', 'removed a'])
  const old = await viewer.listDatasetRows({ params, query: { version: 1 } })
  expect(old.items.map(({ row }) => row.id)).toEqual(['a', 'b'])
  expect(
    await refusal(builder.editRows({ params, body: { base: 1, put: [row('d')], reason: 'too late' } })),
  ).toMatchObject({
    status: 412,
    code: 'datasets.outdated',
  })
})

test('importing the same rows again makes no version, and the same rows have the digest that a manifest gives them', async () => {
  const params = await made('again', [row('a'), row('b')])
  expect(await imported('again', [row('a'), row('b')], { file: 'other.jsonl' })).toMatchObject({
    version: null,
    unchanged: 2,
  })
  const { items } = await viewer.listDatasetVersions({ params })
  expect(items).toHaveLength(1)
})

test('bad rows wait in quarantine with line and reason, good ones enter, and a mended one enters later', async () => {
  const params = await made('mixed')
  const text = `${JSON.stringify(row('a'))}\nnot json\n${JSON.stringify({ id: 'b' })}\n${JSON.stringify(row('a', { input: 'else' }))}\n`
  const result = await imported('mixed', Buffer.from(text))
  expect(result).toMatchObject({ read: 4, entered: 1, quarantined: 3 })
  expect(result.problems.map(({ line, field }) => `${line} ${field}`)).toEqual(['2 row', '3 input', '4 id'])
  const { items, counts } = await builder.listQuarantine({ params })
  expect(counts).toEqual([{ kind: 'broken', count: 3 }])
  const [bad, halves, twice] = items.map(({ id }) => id)
  const decide = (body: Parameters<typeof builder.decideQuarantine>[0]['body']) =>
    builder.decideQuarantine({ params, body })
  await decide({
    ids: [halves as string],
    decision: 'mended',
    example: row('b'),
    reason: 'the input was lost',
  })
  await decide({ ids: [bad as string, twice as string], decision: 'discarded', reason: 'test lines' })
  expect(await builder.getDataset({ params })).toMatchObject({ waiting: 0, version: { number: 2, rows: 2 } })
})

test('rows with personal data are held back until somebody answers for them', async () => {
  const params = await made('personal')
  const result = await imported('personal', [
    row('a'),
    row('b', { input: 'I am ada.lovelace@example.org, where is it?' }),
  ])
  expect(result).toMatchObject({ entered: 1, quarantined: 1 })
  expect(result.problems[0]?.message).not.toContain('lovelace')
  const { items } = await builder.listQuarantine({ params })
  const ids = items.map(({ id }) => id)
  expect(
    await refusal(viewer.decideQuarantine({ params, body: { ids, decision: 'synthetic', reason: 'made up' } })),
  ).toMatchObject({ status: 403 })
  const decided = await builder.decideQuarantine({
    params,
    body: { ids, decision: 'synthetic', reason: 'made up by me' },
  })
  expect(decided).toMatchObject({ decided: 1, version: { number: 2, rows: 2, lineage: { kind: 'quarantine' } } })
  const { row: entered } = await viewer.getDatasetRow({ params: { ...params, row: 'b' } })
  expect(entered.metadata).toMatchObject({ personalData: 'synthetic' })
})

test('what was seen is no exam: production cases and known inputs stay out of the holdout', async () => {
  const params = await made('exam', [row('seen', { split: 'build' })])
  const trace = 'trace 4bf92f3577b34da6a3ce929d0e0e4736'
  const result = await imported('exam', [
    row('live', { split: 'holdout', source: trace }),
    row('again', { split: 'holdout', input: 'Question SEEN!' }),
    row('fresh', { split: 'holdout' }),
    row('live-case', { source: trace }),
  ])
  expect(result).toMatchObject({ entered: 2, quarantined: 2 })
  expect(result.problems.map(({ field, line }) => `${line} ${field}`)).toEqual(['1 split', '2 split'])
  const move = builder.editRows({ params, body: { base: 2, put: [row('seen', { split: 'holdout' })], reason: 'move' } })
  expect(await refusal(move)).toMatchObject({ status: 400, code: 'datasets.edit-invalid' })
})

test('builders never see the holdout; who may is counted and, when the reads are used up, refused', async () => {
  const params = await made('held', [row('a'), row('h', { split: 'holdout' })])
  const rows = await builder.listDatasetRows({ params })
  expect(rows).toMatchObject({ hidden: 1, items: [{ row: { id: 'a' } }] })
  expect(rows.items).toHaveLength(1)
  for (const asked of [
    () => builder.listDatasetRows({ params, query: { split: 'holdout' } }),
    () => builder.getDatasetRow({ params: { ...params, row: 'h' } }),
    () => builder.exportDataset({ params, query: { split: 'holdout' } }),
  ])
    expect(await refusal(asked())).toMatchObject({ status: 403, code: 'datasets.forbidden' })
  // A builder who replaces the rest keeps the exam.
  await imported('held', [row('b')], { mode: 'replace' })
  const access = { readers: ['owner', 'builder'], holdoutReaders: ['owner'], holdoutReads: 1 } as const
  await client.changeDataset({
    params,
    body: { access: { ...access, readers: [...access.readers], holdoutReaders: ['owner'] } },
  })
  const seen = await client.listDatasetRows({ params, query: { split: 'holdout' } })
  expect(seen.items.map(({ row }) => row.id)).toEqual(['h'])
  expect(await refusal(client.listDatasetRows({ params, query: { split: 'holdout' } }))).toMatchObject({
    status: 429,
    code: 'datasets.holdout-spent',
  })
  expect(await viewer.listHoldoutReads({ params })).toMatchObject({ left: 0, items: [{ purpose: 'rows', rows: 1 }] })
  // A role that the owner does not name reads nothing, and the try stays in the audit log.
  expect(await refusal(viewer.listDatasetRows({ params }))).toMatchObject({ status: 403, code: 'datasets.forbidden' })
  const { items } = await client.listAudit({ query: { limit: 50 } })
  expect(items.filter(({ action }) => action === 'datasets.refuse').length).toBeGreaterThanOrEqual(4)
})

test('a version comes out as JSON lines and as CSV, and the CSV comes back in as the same rows', async () => {
  const rows = [
    row('a', { contexts: ['p1', 'p2'], metadata: { team: 'red, "blue"' }, source: 'desk' }),
    row('b', {
      input: [{ role: 'user', content: 'hi\nthere' }],
      expected: ['x', 'y'],
      source: 'desk',
      synthetic: true,
    }),
  ]
  const params = await made('out', rows)
  const csv = await (await viewer.exportDataset({ params, query: { format: 'csv' } })).text()
  await made('back')
  const back = await imported('back', Buffer.from(csv), { file: 'out-1.csv' })
  const lines = await (await viewer.exportDataset({ params })).text()
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject(rows)
  const { version } = await viewer.getDataset({ params })
  expect(back.version?.digest).toBe(version?.digest)
})

test('a row of two megabytes enters and is shown cut; one beyond the limit waits with its reason', async () => {
  const params = await made('large')
  const result = await imported('large', [
    row('big', { expected: 'x'.repeat(2_000_000) }),
    row('huge', { expected: 'x'.repeat(4_300_000) }),
  ])
  expect(result).toMatchObject({ entered: 1, quarantined: 1, problems: [{ line: 2, field: 'row' }] })
  const { items } = await viewer.listDatasetRows({ params })
  expect(items).toMatchObject([{ isCut: true, row: { id: 'big' } }])
  expect(JSON.stringify(items).length).toBeLessThan(10_000)
  const whole = await viewer.getDatasetRow({ params: { ...params, row: 'big' } })
  expect(whole.row.expected).toHaveLength(2_000_000)
})

test('a blueprint names a version of a dataset, and its release has the rows while nobody sees the exam in it', async () => {
  const params = await made('by-name', [row('a', { split: 'build' }), row('h', { split: 'holdout' })])
  const { version } = await builder.getDataset({ params })
  const files = { ...echoApplication('first'), 'datasets/exam.yaml': 'dataset: by-name\nversion: 1\n' }
  const name = 'examined'
  await client.createApplication({ body: { name, files } })
  const { body: release } = await builder.freezeRelease({ params: { name }, body: {} })
  const part = release.manifest.datasets.find((one) => one.name === 'exam')
  expect(part).toMatchObject({ digest: version?.digest, rows: 2, from: { dataset: 'by-name', version: 1 } })
  const shown = await client.listExamples({ params: { name, dataset: 'exam' } })
  expect(shown.items.map(({ id }) => id)).toEqual(['a'])
  // A newer version changes nothing of the release or of what the blueprint freezes to.
  await imported('by-name', [row('b')])
  expect((await builder.freezeRelease({ params: { name }, body: {} })).body.id).toBe(release.id)
  // A prompt shows rows of it, and none that measures.
  const showing = (id: string) => ({
    ...files,
    'prompts/answer.prompt': `---\nexamples: {dataset: exam, ids: [${id}]}\n---\n{{#each examples}}{{input}}{{/each}}{{question}}`,
  })
  await client.putBlueprint({ params: { name }, body: { files: showing('a') } })
  const { manifest } = (await builder.freezeRelease({ params: { name }, body: {} })).body
  expect(manifest.prompts[0]?.frontMatter).toMatchObject({ input: { default: { examples: [{ id: 'a' }] } } })
  await client.putBlueprint({ params: { name }, body: { files: showing('h') } })
  expect(await refusal(builder.freezeRelease({ params: { name }, body: {} }))).toMatchObject({
    code: 'datasets.examples-unusable',
  })
  const other = { ...files, 'datasets/exam.yaml': 'dataset: by-name\nversion: 9\n' }
  await client.putBlueprint({ params: { name }, body: { files: other } })
  expect(await refusal(builder.freezeRelease({ params: { name }, body: {} }))).toMatchObject({
    code: 'datasets.reference-unknown',
  })
})

test('a run on the holdout counts as a read, and what it asked is shown to nobody who builds', async () => {
  const params = await made('sealed', [row('h1', { split: 'holdout' }), row('h2', { split: 'holdout' })])
  const access = { readers: ['owner' as const, 'builder' as const], holdoutReaders: ['owner' as const] }
  await builder.changeDataset({ params, body: { access: { ...access, holdoutReads: 2 } } })
  const name = 'sealed-app'
  const files = {
    ...echoApplication('first'),
    'datasets/sealed.yaml': 'dataset: sealed\nversion: 1\n',
    'evals/exam.yaml': 'dataset: sealed\nsplits: [holdout]\nevaluators: [exact]\n',
  }
  await client.createApplication({ body: { name, files } })
  const { body: release } = await builder.freezeRelease({ params: { name }, body: {} })
  const run = () =>
    builder
      .createExperiment({ params: { id: release.id }, body: { suite: 'exam', against: null } })
      .then(({ body }) => {
        if (!('id' in body)) throw new Error('It did not start.')
        return { id: body.id }
      })
  const experiment = { params: await run() }
  await expect.poll(async () => (await builder.getExperiment(experiment)).state, { timeout: 20_000 }).toBe('succeeded')
  const holdout = async () => {
    const { items } = await client.listEvidence({ query: { release: release.id, check: 'eval.holdout' } })
    return items[0]?.facts
  }
  expect(await holdout()).toMatchObject({ accesses: { value: 1 }, shownToBuilders: { value: false } })
  const { items } = await builder.listExperimentRows(experiment)
  expect(items).toHaveLength(2)
  expect(items[0]).toMatchObject({ example: 'h1', isHidden: true, answer: '', scores: { exact: { score: 0 } } })
  const reports = ['junit', 'promptfoo', 'markdown'] as const
  const told = await Promise.all(
    reports.map((format) => builder.getExperimentReport({ ...experiment, query: { format } })),
  )
  expect(JSON.stringify([items, told, await builder.listFailureClusters(experiment)])).not.toContain('question h')
  const seeing = { ...experiment, query: { holdout: 'true' as const } }
  expect(await refusal(builder.listExperimentRows(seeing))).toMatchObject({ status: 403, code: 'datasets.forbidden' })
  // The owner of the installation may look, and that is the second read of two.
  expect((await client.listExperimentRows(seeing)).items[0]).toMatchObject({ isHidden: false, input: 'question h1' })
  expect(await refusal(run())).toMatchObject({ code: 'datasets.holdout-spent' })
})

test('what went wrong in a trace becomes a case of regress, with the correction that somebody gave', async () => {
  const params = await made('cases')
  const asked = await fetch(new URL('/v1/chat/completions', airworthy.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${airworthy.ownerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'scripted/echo', messages: [{ role: 'user', content: 'Where is parcel 7?' }] }),
  })
  const trace = asked.headers.get('airworthy-trace') ?? ''
  await client.recordFeedback({ body: { trace, value: false, correction: 'At the post office.' } })
  await client.addCase({ params, body: { trace, reason: 'it echoed' } })
  const { items } = await builder.listDatasetRows({ params })
  expect(items).toMatchObject([
    {
      row: {
        id: `trace-${trace}`,
        input: 'Where is parcel 7?',
        expected: 'At the post office.',
        split: 'regress',
        source: `trace ${trace}`,
      },
    },
  ])
  const { items: versions } = await builder.listDatasetVersions({ params })
  expect(versions).toMatchObject([{ lineage: { kind: 'trace', from: trace } }])
  expect((await client.addCase({ params, body: { trace, reason: 'again' } })).status).toBe(200)
})

test('a file is held to the digest that DVC has for it', async () => {
  const params = await made('held-to-dvc')
  const bytes = jsonl([row('a')])
  const dvc = createHash('md5').update(bytes).digest('hex')
  expect(await refusal(imported('held-to-dvc', bytes, { dvc: '0'.repeat(32) }))).toMatchObject({
    status: 409,
    code: 'datasets.dvc-differs',
  })
  await imported('held-to-dvc', bytes, { dvc, git: 'abc1234:data/rows.jsonl' })
  const { items } = await viewer.listDatasetVersions({ params })
  expect(items[0]?.lineage).toMatchObject({ kind: 'dvc', from: `rows.jsonl, md5 ${dvc}, git abc1234:data/rows.jsonl` })
})

test('quality is measured per version, labels are audited by people, and the sheet says what nobody said', async () => {
  const rows = Array.from({ length: 60 }, (_, at) =>
    row(`q${at}`, { input: `What does parcel number ${at} cost in zone ${at * 7}?` }),
  )
  const params = await made('measured', rows)
  const first = await builder.runDataQuality({ params, body: {} })
  const verdicts = (run: typeof first) => Object.fromEntries(run.measures.map(({ name, verdict }) => [name, verdict]))
  expect(verdicts(first)).toMatchObject({
    schemaValid: 'PASS',
    duplicateShare: 'PASS',
    labelAudit: 'MISSING',
    inPrompts: 'NOT_APPLICABLE',
    intervalHalfWidth: 'FAIL',
  })
  const { items } = await builder.listLabelSample({ params, query: { limit: 50 } })
  expect(items).toHaveLength(50)
  for (const { id } of items) await builder.answerLabel({ params, body: { row: id, isRight: id !== items[0]?.id } })
  await client.changeDataset({ params, body: { limits: { intervalHalfWidth: 0.2 }, qualityEveryDays: 30 } })
  const second = await builder.runDataQuality({ params, body: {} })
  expect(second).toMatchObject({ version: 1, verdict: 'PASS', profile: { rows: 60, splits: { regress: 60 } } })
  expect(second.measures.find(({ name }) => name === 'labelAudit')).toMatchObject({
    value: 0.98,
    n: 50,
    rows: [items[0]?.id],
  })
  const sheet = await (await viewer.getDataSheet({ params })).text()
  expect(sheet).toContain('| licence | Nobody said. |')
  expect(sheet).toContain('Quality of version 1: PASS')
  expect(await (await viewer.getDataSheet({ params, query: { format: 'html' } })).text()).toContain(
    '<h1>Data sheet: measured, version 1</h1>',
  )
})
