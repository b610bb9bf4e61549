import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { GateCatalogue } from '../core/check.ts'
import { type EvidenceDraft, SignedEvidence } from '../core/evidence.ts'
import type { ReleaseId } from '../core/release.ts'
import { digestOf } from '../kernel/digest.ts'
import { createIds } from '../kernel/ids.ts'
import { seededBytes } from '../kernel/random.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { createEvidence, evidenceHttp, evidenceMigrations, newSigningKey, verifySigned } from './index.ts'

const clock = stoppedClock()
const newId = createIds({ clock, random: seededBytes(7) })
const engine = await freshEngine()
const store = await openStore({
  folder: mkdtempSync(join(tmpdir(), 'airworthy-evidence-')),
  migrations: [evidenceMigrations],
  clock,
  newId,
  onJobChange: () => {},
  engine,
})
afterAll(async () => {
  await store.close()
  await engine.close()
})

const catalogue = GateCatalogue.parse(
  JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8')),
)
const release = newId('rel')
const ada = newId('act')
const prompt = { kind: 'prompt' as const, name: 'answer', digest: digestOf('prompt') }
const charter = { kind: 'document' as const, name: 'charter', digest: digestOf('charter') }
const risks = { kind: 'document' as const, name: 'risks', digest: digestOf('risks') }
const audited: string[] = []
const subjectOf = async (id: ReleaseId) => {
  if (id !== release) throw new Error(`no ${id}`)
  return {
    application: 'shop',
    parts: [prompt, charter, risks],
    duties: { 'business-owner': ' ada ', risk: 'Mary Risk', 'technical-lead': ada },
  }
}
const signingKey = newSigningKey()
const evidence = createEvidence({
  db: store.db,
  clock,
  newId,
  organisation: 'default',
  signingKeyOf: () => signingKey,
  record: async (_tx, { action, subject }) => void audited.push(`${action} ${subject}`),
  publish: () => {},
  checks: catalogue.checks,
  subjectOf,
  importers: {
    'training-records': (content, { application, by, example }) =>
      JSON.parse(content).map((untrained: number) => ({
        ...draftOf({
          check: 'train.builders',
          facts: { untrained: { value: untrained }, example: { value: example } },
        }),
        application,
        by,
      })),
  },
})

function draftOf(more: Partial<EvidenceDraft> = {}): EvidenceDraft {
  return {
    application: 'shop',
    release,
    check: 'eval.smoke',
    summary: 'It beats its baseline.',
    facts: {
      difference: {
        value: 0.1,
        n: 40,
        interval: { low: 0.02, high: 0.18, method: 'clustered-t', sides: 2, level: 0.95 },
      },
    },
    inputs: [prompt],
    producer: { name: 'evals', version: '1' },
    trust: 'measured',
    by: ada,
    ...more,
  }
}
const append = (draft: EvidenceDraft) => inTransaction(store.db, (tx) => evidence.record(tx, draft))

const callerOf = (application: string | null, ...permissions: string[]) =>
  ({
    actor: ada,
    name: 'Ada',
    organisation: 'default',
    role: 'owner',
    key: null,
    application,
    permissions: new Set(permissions),
  }) as unknown as Caller
const app = createServer(evidenceHttp(evidence, { subjectOf }), {
  callerOf: async (request) =>
    ({
      ada: callerOf(null, 'view', 'attest'),
      viewer: callerOf(null, 'view'),
      elsewhere: callerOf('elsewhere', 'view', 'attest'),
    })[request.headers.get('authorization') ?? 'ada'],
  report: (thrown) => console.error(thrown),
})
async function ask(method: string, path: string, body?: unknown, who = 'ada') {
  const response = await app.request(path, {
    method,
    headers: { authorization: who },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}
const attestation = (more: Record<string, unknown> = {}) => ({
  release,
  check: 'biz.charter',
  duty: 'business-owner',
  reason: 'Agreed in the meeting of 3 March.',
  ...more,
})

test('a piece of evidence is signed so that a third party verifies it with the public key alone', async () => {
  const { id } = await append(draftOf())
  const { body } = await ask('GET', `/api/v1/evidence/${id}`)
  const { body: keys } = await ask('GET', '/api/v1/evidence/keys')
  const signed = SignedEvidence.parse(body)
  expect(verifySigned(signed, keys.items[0].publicKey)).toEqual({ kind: 'valid' })
  const statement = JSON.parse(Buffer.from(signed.envelope.payload, 'base64').toString())
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'prompt:answer', digest: { sha256: prompt.digest.slice(7) } }],
    predicateType: 'https://airworthy.dev/evidence/v1',
    predicate: { id, check: 'eval.smoke', costMicroUsd: '0', example: false },
  })
  expect(audited).toContain(`evidence.record ${id}`)
})

test('one flipped byte anywhere breaks it', async () => {
  const signed = await append(draftOf())
  const { publicKey } = (await evidence.keys())[0] ?? { publicKey: '' }
  const payload = Buffer.from(signed.envelope.payload, 'base64')
  for (const place of [0, Math.floor(payload.length / 2), payload.length - 1]) {
    const flipped = Buffer.from(payload)
    flipped[place] = (flipped[place] ?? 0) ^ 1
    const envelope = { ...signed.envelope, payload: flipped.toString('base64') }
    expect(verifySigned({ ...signed, envelope }, publicKey).kind).toBe('broken')
  }
  const [signature] = signed.envelope.signatures
  const sig = Buffer.from(signature?.sig ?? '', 'base64')
  sig[10] = (sig[10] ?? 0) ^ 1
  const signatures = [{ keyid: signature?.keyid ?? '', sig: sig.toString('base64') }]
  expect(verifySigned({ ...signed, envelope: { ...signed.envelope, signatures } }, publicKey).kind).toBe('broken')
  expect(verifySigned({ ...signed, summary: 'It does not.' }, publicKey).kind).toBe('broken')
  expect(verifySigned({ ...signed, envelope: { ...signed.envelope, payloadType: 'text/plain' } }, publicKey).kind).toBe(
    'broken',
  )
})

test.for(['update evidence set summary = $$better$$', 'delete from evidence', 'truncate evidence'])(
  'the database refuses to %s',
  async (statement) => {
    await append(draftOf())
    await expect(sql.raw(statement).execute(store.db)).rejects.toThrow(/appended and never changed/)
  },
)

test('a person attests a check under its duty, confirming every requirement, bound to the document that answers it', async () => {
  const { status, body } = await ask('POST', '/api/v1/evidence', attestation())
  expect(status).toBe(201)
  expect(body).toMatchObject({
    trust: 'attested',
    duty: 'business-owner',
    by: ada,
    inputs: [charter],
    facts: { complete: { value: true }, kpisWithBaselineAndTarget: { value: 1 }, missing: { value: 0 } },
    summary: 'Ada attests as business-owner: Agreed in the meeting of 3 March.',
  })
})

test.for([
  ['a check that must be measured', attestation({ check: 'eval.smoke' }), 403, 'evidence.not-attestable'],
  ['a check that must be imported', attestation({ check: 'train.builders' }), 403, 'evidence.not-attestable'],
  ['a check that does not exist', attestation({ check: 'biz.luck' }), 400, 'evidence.check-unknown'],
  ['a duty that does not sign it', attestation({ duty: 'security' }), 403, 'evidence.other-duty'],
  [
    'a duty that another person holds',
    attestation({ check: 'gov.classification', duty: 'risk' }),
    403,
    'evidence.duty-not-held',
    /held by Mary Risk in shop\. You are Ada \(act_\w+\): ask that person/,
  ],
  [
    'a duty that nobody holds',
    attestation({ check: 'data.inventory', duty: 'data-steward' }),
    403,
    'evidence.duty-not-held',
    /Nobody holds the duty data-steward in shop\..*`duties` in airworthy\.yaml/,
  ],
  ['no duty', { ...attestation(), duty: undefined }, 400, 'wire.body-invalid'],
  ['a reason of nine characters', attestation({ reason: '123456789' }), 400, 'wire.body-invalid'],
] as const)('an attestation is refused for %s', async ([, body, status, code, detail = /./]) => {
  const answer = await ask('POST', '/api/v1/evidence', body)
  expect(answer).toMatchObject({ status, body: { code, detail: expect.stringMatching(detail) } })
})

test('who holds a duty may be named by the id of the actor', async () => {
  const body = attestation({ check: 'strat.decision', duty: 'technical-lead' })
  expect(await ask('POST', '/api/v1/evidence', body)).toMatchObject({ status: 201, body: { by: ada } })
})

test('a viewer may not attest, and a key of another application sees and adds nothing', async () => {
  const { id } = await append(draftOf())
  expect(await ask('POST', '/api/v1/evidence', attestation(), 'viewer')).toMatchObject({ status: 403 })
  expect(await ask('POST', '/api/v1/evidence', attestation(), 'elsewhere')).toMatchObject({ status: 403 })
  expect(await ask('GET', `/api/v1/evidence/${id}`, undefined, 'elsewhere')).toMatchObject({ status: 403 })
  expect(await ask('GET', '/api/v1/evidence', undefined, 'elsewhere')).toMatchObject({
    status: 200,
    body: { items: [] },
  })
})

test('a report is imported by the reader of its tool, and never counts as measured', async () => {
  const report = { tool: 'training-records', release, content: '[0]' }
  expect(await ask('POST', '/api/v1/evidence/imports', report)).toMatchObject({
    status: 201,
    body: { items: [{ check: 'train.builders', trust: 'imported' }] },
  })
  expect(await ask('POST', '/api/v1/evidence/imports', { ...report, example: true })).toMatchObject({
    body: { items: [{ example: true, facts: { example: { value: true } } }] },
  })
  expect(await ask('POST', '/api/v1/evidence/imports', { ...report, tool: 'constructor' })).toMatchObject({
    status: 400,
    body: { code: 'evidence.tool-unknown', detail: expect.stringContaining('training-records') },
  })
})

test('evidence is listed newest first, filtered and page by page', async () => {
  for (const n of [1, 2, 3]) await append(draftOf({ check: 'sec.secrets', summary: `scan ${n}` }))
  const first = await ask('GET', `/api/v1/evidence?release=${release}&check=sec.secrets&limit=2`)
  expect(first.body.items.map(({ summary }: { summary: string }) => summary)).toEqual(['scan 3', 'scan 2'])
  const rest = await ask('GET', `/api/v1/evidence?check=sec.secrets&limit=2&cursor=${first.body.next}`)
  expect(rest.body).toMatchObject({ items: [{ summary: 'scan 1' }], next: null })
})

test('evidence says whether it holds for a release, and is found by that and by what made it', async () => {
  const made = { producer: { name: 'scanner', version: '1' } }
  const old = await append(draftOf({ ...made, inputs: [] }))
  clock.advance(400 * DAY)
  const gone = await append(draftOf({ ...made, inputs: [{ ...prompt, digest: digestOf('before') }] }))
  const fits = await append(draftOf({ ...made, inputs: [prompt, charter] }))
  const list = async (query: string) => (await ask('GET', `/api/v1/evidence?producer=scanner&${query}`)).body
  const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)
  const all = await list(`against=${release}`)
  expect(all.items.map(({ stale }: { stale: string[] }) => stale)).toEqual([
    [],
    ['The prompt answer has changed since.'],
    ['It is 370 days older than this check accepts.'],
  ])
  expect(ids(await list(`against=${release}&holds=true`))).toEqual([fits.id])
  expect(ids(await list(`against=${release}&holds=false`))).toEqual([gone.id, old.id])
  expect((await list('limit=2')).items.map(({ stale }: { stale: unknown }) => stale)).toEqual([null, null])
  expect(ids(await list(`since=${gone.at}`))).toEqual([fits.id, gone.id])
  expect(ids(await list(`until=${gone.at}`))).toEqual([old.id])
  expect(ids(await list(`since=${old.at}&until=${old.at}`))).toEqual([])
  expect(await ask('GET', '/api/v1/evidence?holds=true')).toMatchObject({
    status: 400,
    body: { code: 'evidence.holds-for-what' },
  })
})
