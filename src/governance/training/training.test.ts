import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Application } from '../../core/application.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import type { Failure } from '../../kernel/failure.ts'
import { createIds } from '../../kernel/ids.ts'
import { seededBytes } from '../../kernel/random.ts'
import { stoppedClock } from '../../kernel/time.ts'
import { openStore } from '../../store/store.ts'
import { freshEngine } from '../../testing/engine.ts'
import type { Caller } from '../../wire/caller.ts'
import { createServer } from '../../wire/server.ts'
import { gradeOf } from '../advisor/readability.example.ts'
import { trainingHttp } from './http.ts'
import { trainingMigrations } from './migrations.ts'
import { TrainingPack } from './policy.ts'
import { readTrainingRecords } from './read-records.ts'
import { own } from './store.ts'
import { createTraining } from './training.ts'

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../../packs/training/${file}.json`, import.meta.url), 'utf8'))
const core = read('core') as { modules: string[] }
const pack = TrainingPack.parse({ ...core, modules: core.modules.map(read) })
const clock = stoppedClock('2026-03-01T00:00:00.000Z')
const newId = createIds({ clock, random: seededBytes(11) })
const engine = await freshEngine()
const store = await openStore({
  folder: mkdtempSync(join(tmpdir(), 'airworthy-training-')),
  migrations: [trainingMigrations],
  clock,
  newId,
  onJobChange: () => {},
  engine,
})
afterAll(async () => {
  await store.close()
  await engine.close()
})
beforeEach(async () => {
  recorded.length = 0
  await own(store.db).deleteFrom('trainingRecords').execute()
})

const ada = newId('act')
const audited: string[] = []
const builders = { digest: digestOf('builders'), value: ['Ada Love', 'bo@example.com'] }
const documents = { builders, duties: { digest: digestOf('duties'), value: { 'business-owner': 'Grace' } } }
const recorded: EvidenceDraft[] = []
const training = createTraining({
  db: store.db,
  clock,
  newId,
  organisation: 'default',
  record: async (_tx, { action }) => void audited.push(action),
  publish: () => {},
  pack,
  documentsOf: async () => documents,
  applications: async () => [{ name: 'shop', documents }],
  recordEvidence: async (_tx, draft) => void recorded.push(draft),
  standingRelease: async () => null,
  newestAnswer: async (_application, check) => recorded.findLast((one) => one.check === check) as Evidence | undefined,
})
const context = { release: newId('rel'), application: 'shop', by: ada }
const untrained = async (content: string) => (await training.importer(content, context))[0]?.facts.untrained?.value

const HEAD = 'person,module,score,date,expires\n'

test.for([
  { rows: 'Ada Love,intro,85%,2026-02-01,\nbo@example.com,intro,0.8,2025-03-01,', untrained: 0 },
  { rows: ' ada  love ,intro,0.9,2026-02-01,\nBO@EXAMPLE.COM,intro,0.79,2026-02-01,', untrained: 1 },
  { rows: 'Ada Love,intro,0.9,2025-02-28,\nbo@example.com,intro,0.9,2026-03-02,', untrained: 2 },
  { rows: 'Ada Love,intro,0.9,2026-02-01,2026-02-20\nsomebody,intro,1,2026-02-01,', untrained: 2 },
])('with $rows there are $untrained untrained builders', async (row) => {
  expect(await untrained(HEAD + row.rows)).toBe(row.untrained)
})

test('JSON is read like CSV, with a byte order mark, semicolons and quotes as spreadsheets write them', () => {
  const expected = [
    {
      person: 'Love, Ada',
      module: 'say "no"',
      score: 0.85,
      completedAt: '2026-02-01T09:00:00.000Z',
      expiresAt: '2027-02-01T00:00:00.000Z',
    },
  ]
  const csv =
    '\uFEFFName;Course;Score;Completed on;Expires on\r\n"Love, Ada";"say ""no""";85 %;2026-02-01T10:00:00+01:00;2027-02-01\r\n'
  const json = JSON.stringify({
    records: [
      {
        person: 'Love, Ada',
        module: 'say "no"',
        score: 0.85,
        date: '2026-02-01T09:00:00Z',
        expires: '2027-02-01',
        more: 1,
      },
    ],
  })
  expect(readTrainingRecords(csv)).toEqual(expected)
  expect(readTrainingRecords(json)).toEqual(expected)
})

test.for([
  {
    content: `${HEAD}Ada,intro,85,2026-02-01,\n,intro,0.9,2026-02-30,\n"Bo\nand Cy",,0.9,,soon`,
    lines: ['2 score', '3 completedAt', '3 person', '4 expiresAt', '4 completedAt', '4 module'],
  },
  { content: 'person,module\nAda,intro', lines: ['1 score, completedAt'] },
  { content: HEAD, lines: ['1 content'] },
  {
    content: '[\n{"person": "Ada"},\n{"person": 3, "module": "intro", "score": 0.9, "date": "2026-02-01"}]',
    lines: ['2 score', '2 completedAt', '2 module', '3 person'],
  },
  { content: '[{]', lines: ['1 content'] },
  { content: '{"person": "Ada"}', lines: ['1 content'] },
])('problems of $content are told with their lines', ({ content, lines }) => {
  let failure: Failure | undefined
  try {
    readTrainingRecords(content)
  } catch (thrown) {
    failure = thrown as Failure
  }
  expect(failure).toMatchObject({ kind: 'invalid', code: 'governance.training-records-invalid' })
  expect(failure?.problems.map(({ line, field }) => `${line} ${field}`).sort()).toEqual(lines.sort())
})

test('a file that is imported twice is there once, and an import is in the audit log', async () => {
  const content = `${HEAD}Ada Love,intro,0.9,2026-02-01,`
  audited.length = 0
  await training.importRecords({ content, by: ada })
  await training.importRecords({ content: content.replace('0.9', '0.95'), by: ada })
  expect(await training.listRecords({ limit: 10 })).toMatchObject([{ person: 'Ada Love', score: 0.95, example: false }])
  expect(audited).toEqual(['governance.import-training-records', 'governance.import-training-records'])
})

test('records of example people make example evidence, later too', async () => {
  const content = `${HEAD}Ada Love,intro,0.9,2026-02-01,\nbo@example.com,intro,0.9,2026-02-01,`
  await training.importer(content, { ...context, example: true })
  const producerContext = {
    release: { id: context.release, application: 'shop' } as Partial<Release> as Release,
    application: { name: 'shop', documents: { builders } } as Partial<Application> as Application,
    by: ada,
    signal: new AbortController().signal,
    checks: ['train.builders'],
  }
  expect(await training.producer.run(producerContext)).toMatchObject([
    {
      check: 'train.builders',
      trust: 'imported',
      example: true,
      facts: { builders: { value: 2 }, untrained: { value: 0 } },
      inputs: [{ kind: 'document', name: 'builders', digest: builders.digest }],
    },
  ])
  const nobody = { ...producerContext.application, documents: { builders: { ...builders, value: [] } } }
  expect(await training.producer.run({ ...producerContext, application: nobody })).toEqual([])
})

test('importTrainingRecords and listTrainingRecords work over HTTP, page by page', async () => {
  const server = createServer(trainingHttp(training), {
    callerOf: async () =>
      ({ actor: ada, name: 'Ada Love', permissions: new Set(['view', 'attest']) }) as unknown as Caller,
    report: (thrown) => {
      throw thrown
    },
  })
  const url = 'http://localhost/api/v1/training-records'
  const content = `${HEAD}Ada_Love,a,1,2026-02-01,\nAdasLove,b,1,2026-02-01,\nBo,c,1,2026-02-01,`
  const imported = await server.request(`${url}/imports`, { method: 'POST', body: JSON.stringify({ content }) })
  expect([imported.status, await imported.json()]).toEqual([201, { imported: 3 }])
  const first = (await (await server.request(`${url}?limit=2`)).json()) as { items: unknown[]; next: string }
  const second = await (await server.request(`${url}?limit=2&cursor=${first.next}`)).json()
  expect([first.items.length, second]).toMatchObject([2, { items: [{ person: 'Bo' }], next: null }])
  expect(await (await server.request(`${url}?person=ada_love`)).json()).toMatchObject({
    items: [{ person: 'Ada_Love' }],
  })
})

const caller = (name: string) => ({ actor: ada, name }) as Caller
const rightOf = (id: string) =>
  Object.fromEntries((pack.modules.find((one) => one.id === id)?.questions ?? []).map((one) => [one.id, one.right]))

test('each module is short, in plain words, and asks with one right answer that is not served', async () => {
  expect(pack.modules.map(({ id }) => id)).toEqual([
    'from-sandbox-to-production',
    'use-answers-well',
    'measure-and-break',
    'decide-and-oversee',
  ])
  for (const { title, says, sections, questions, minutes } of pack.modules) {
    const text = [
      says,
      ...sections.flatMap((one) => [`${one.title}.`, ...one.text]),
      ...questions.flatMap((one) => [one.ask, ...one.options.map((option) => `${option}.`), one.because]),
    ].join(' ')
    expect(gradeOf(text), title).toBeLessThanOrEqual(9)
    expect(minutes).toBeLessThanOrEqual(15)
    expect(questions.every(({ right, options }) => right < options.length)).toBe(true)
  }
  expect(JSON.stringify(await training.modules('Ada Love'))).not.toMatch(/"right"|"because"/)
})

test('a quiz makes a record, says what was wrong, and is not guessed through in a day', async () => {
  const id = 'from-sandbox-to-production'
  const wrong = { ...rightOf(id), demo: 0 }
  const first = await training.takeQuiz({ id, answers: { ...wrong, missing: 0 }, by: caller('Ada Love') })
  expect(first).toMatchObject({ score: 0.6, isPassed: false, record: { source: 'quiz', version: '1.0.0' } })
  expect(first.marked.filter(({ isRight }) => !isRight).map((one) => one.id)).toEqual(['demo', 'missing'])
  expect((await training.modules('ada  love'))[0]?.isPassed).toBe(false)
  clock.advance(1)
  expect((await training.takeQuiz({ id, answers: rightOf(id), by: caller('Ada Love') })).isPassed).toBe(true)
  expect((await training.modules('ada  love'))[0]?.isPassed).toBe(true)
  for (let at = 0; at < 3; at += 1) {
    clock.advance(1)
    await training.takeQuiz({ id, answers: wrong, by: caller('Ada Love') })
  }
  await expect(training.takeQuiz({ id, answers: wrong, by: caller('Ada Love') })).rejects.toMatchObject({
    code: 'governance.quiz-again-later',
  })
  await expect(training.takeQuiz({ id: 'none', answers: {}, by: caller('Ada Love') })).rejects.toThrow(
    /use-answers-well/,
  )
})

test('users and overseers are counted by group, and what a check was answered with is said anew', async () => {
  const answer = () => training.producer.run({ ...asked, checks: ['train.users'] })
  const asked = {
    release: { id: context.release, application: 'shop' } as Partial<Release> as Release,
    application: { name: 'shop', documents } as Partial<Application> as Application,
    by: ada,
    signal: new AbortController().signal,
  }
  expect(await answer()).toEqual([])
  await training.setLearners({ application: 'shop', users: ['Uma', 'Ugo', 'uma '], overseers: ['Otto'], by: ada })
  const [said] = await answer()
  expect(said).toMatchObject({
    facts: { trainedUsersShare: { value: 0, n: 2 }, untrainedOverseers: { value: 2, n: 2 } },
    inputs: [{ name: 'duties' }],
  })
  recorded.push(said as EvidenceDraft)
  await training.importRecords({ content: `${HEAD}Uma,intro,1,2026-02-01,\nOtto,intro,1,2026-02-01,`, by: ada })
  expect(recorded.at(-1)).toMatchObject({
    check: 'train.users',
    release: context.release,
    facts: { trainedUsersShare: { value: 0.5 }, untrainedOverseers: { value: 1 } },
  })
  expect(
    (await training.completion()).map(({ group, people, finished, isMet }) => [group, people, finished, isMet]),
  ).toEqual([
    ['consumers', 2, 1, false],
    ['leaders', 2, 1, false],
    ['builders', 2, 0, false],
  ])
})

test('a path may ask for every module, and a policy may refuse a duty to who has not learnt for it', async () => {
  const before = await training.policy()
  const strict = {
    ...before,
    gaps: 'block' as const,
    paths: before.paths.map((path) => (path.group === 'builders' ? { ...path, needs: 'all' as const } : path)),
  }
  await training.importRecords({ content: `${HEAD}Ada Love,measure-and-break,1,2026-02-01,`, by: ada })
  await training.setPolicy(strict, ada)
  const { learners, gaps } = await training.applicationTraining('shop')
  expect(learners.find(({ person }) => person === 'Ada Love')?.missing).toEqual(['From sandbox to production'])
  expect(gaps).toEqual([{ duty: 'business-owner', person: 'Grace', missing: ['Decide, oversee and stop'] }])
  const give = (person: string, held = '') =>
    training.demandLearnt({ duties: { security: person }, before: { security: held } })
  await expect(give('Grace')).rejects.toMatchObject({ code: 'governance.duty-not-learnt' })
  await give('Grace', 'grace')
  await give('Ada Love')
  await training.setPolicy(before, ada)
  await give('Grace')
})

test('a person gets and deletes what training keeps of them', async () => {
  await training.importRecords({ content: `${HEAD}Uma,intro,1,2026-02-01,`, by: ada })
  await training.setLearners({ application: 'shop', users: ['Uma', 'Ugo'], overseers: [], by: ada })
  clock.advance(1)
  const sought = { user: null, identifiers: ['UMA'], before: clock(), traces: new Set<string>() }
  let gone = 0
  for (const place of training.personalPlaces) {
    const found = []
    for await (const holding of place.find(sought)) found.push(holding)
    expect(found).toMatchObject([{ fate: 'remove', content: { person: 'Uma' } }])
    await place.remove?.(sought, async (_tx, _fate, count) => {
      gone += count
    })
  }
  expect(gone).toBe(2)
  expect((await training.applicationTraining('shop')).learners.map(({ person }) => person)).not.toContain('Uma')
})
