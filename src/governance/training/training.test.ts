import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Application } from '../../core/application.ts'
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
import { trainingHttp } from './http.ts'
import { trainingMigrations } from './migrations.ts'
import { readTrainingRecords } from './read-records.ts'
import { own } from './store.ts'
import { createTraining } from './training.ts'

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
beforeEach(() => own(store.db).deleteFrom('trainingRecords').execute())

const ada = newId('act')
const audited: string[] = []
const builders = { digest: digestOf('builders'), value: ['Ada Love', 'bo@example.com'] }
const training = createTraining({
  db: store.db,
  clock,
  newId,
  organisation: 'default',
  record: async (_tx, { action }) => void audited.push(action),
  publish: () => {},
  buildersOf: async () => builders,
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
    checks: [],
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
    callerOf: async () => ({ actor: ada, permissions: new Set(['view', 'attest']) }) as unknown as Caller,
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
