/** What a model is made of and what is known to be wrong with it: from files and advisories to evidence at a gate. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { preAuthenticated } from '../kernel/dsse.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { makeSigstore } from '../testing/sigstore.ts'
import { EVIL_PICKLE, gguf, safetensors } from '../testing/weights-files.ts'

const MODEL = 'shed/sage-7b'
const airworthy = await testAirworthy()
const { client, data } = airworthy
afterAll(() => airworthy.close())
await client.putProvider({ params: { name: 'shed' }, body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' } })
await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: { identity: 'Sages/Sage-7B' } } })

const folder = join(data, 'weights')
const shards = safetensors({ a: { dtype: 'BF16', shape: [2, 3], bytes: 12 } }, { license: 'apache-2.0' })
function lay(name: string, files: Readonly<Record<string, string | Buffer>>): void {
  mkdirSync(join(folder, name), { recursive: true })
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, name, path), content)
}
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

type Body = Parameters<typeof client.registerModelWeights>[0]['body']
async function register(path: string, more: Partial<Body> = {}) {
  const { id, job } = await client.registerModelWeights({ body: { model: MODEL, path, ...more } })
  await expect
    .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  return client.getModelWeights({ params: { id } })
}

test('weights of data are hashed, read and accepted, and say on the card what they are', async () => {
  lay('good', { 'model.safetensors': shards, 'config.json': '{}' })
  const found = await register('good', { expected: { 'model.safetensors': sha256(shards) }, revision: 'a1b2' })
  expect(found).toMatchObject({ state: 'accepted', problems: [], signature: { state: 'none' } })
  expect(found.files).toMatchObject([
    { path: 'config.json', format: 'text' },
    { path: 'model.safetensors', sha256: sha256(shards), header: { parameters: 6, types: { BF16: 1 } } },
  ])
  const { fields } = await client.getModelCard({ params: { model: MODEL } })
  expect(fields.find(({ name }) => name === 'parameters')).toMatchObject({
    value: 6,
    standing: 'verified',
    source: 'weights',
  })
  expect(fields.find(({ name }) => name === 'weightsDigest')).toMatchObject({ value: found.digest })
})

test('one GGUF file is weights too', async () => {
  lay('one', { 'sage.gguf': gguf() })
  expect(await register('one/sage.gguf')).toMatchObject({
    state: 'accepted',
    files: [{ path: 'sage.gguf', header: { architecture: 'llama', quantisation: 'Q4_K_M', contextTokens: 32768 } }],
  })
})

test.for([
  ['a pickle beside good weights', { 'model.safetensors': shards, 'extra.bin': EVIL_PICKLE }, {}, 'posix.system'],
  [
    'another file than the one published',
    { 'model.safetensors': shards },
    { expected: { 'model.safetensors': '0'.repeat(64) } },
    'was expected',
  ],
  [
    'a file that is missing',
    { 'model.safetensors': shards },
    { expected: { 'second.safetensors': '0'.repeat(64) } },
    'not there',
  ],
  ['no weights at all', { 'README.md': 'Soon.' }, {}, 'no weights'],
] as const)('weights with %s are refused, and the reason says so', async ([name, files, more, why]) => {
  const path = name.replaceAll(' ', '-')
  lay(path, files)
  const found = await register(path, more)
  expect(found.state).toBe('refused')
  expect(found.problems.join(' ')).toContain(why)
})

test('a link that leads out of the folder is not followed, nor a path', async () => {
  lay('links', { 'model.safetensors': shards })
  symlinkSync('/etc', join(folder, 'links', 'out'))
  expect(await register('links')).toMatchObject({ state: 'failed', problems: [expect.stringContaining('leads out')] })
  await expect(register('../weights')).rejects.toMatchObject({ code: 'wire.body-invalid' })
  await expect(register('nothing')).rejects.toMatchObject({ code: 'models.weights-absent' })
})

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: typeof publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
const statement = (files: Readonly<Record<string, string | Buffer>>) =>
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      resources: Object.entries(files).map(([name, content]) => ({
        name,
        algorithm: 'sha256',
        digest: sha256(content),
      })),
    },
  })
function bundle(files: Readonly<Record<string, Buffer>>): string {
  const payload = Buffer.from(statement(files))
  const payloadType = 'application/vnd.in-toto+json'
  const sig = sign('sha256', preAuthenticated(payloadType, payload), privateKey).toString('base64')
  return JSON.stringify({
    verificationMaterial: {},
    dsseEnvelope: { payload: payload.toString('base64'), payloadType, signatures: [{ sig }] },
  })
}

test('a signature is verified by a key that is trusted; without one it is there and no more', async () => {
  const signed = { 'model.safetensors': shards }
  lay('signed', { ...signed, 'model.sig': bundle(signed) })
  expect(await register('signed', { trustedKey: pem(publicKey) })).toMatchObject({
    state: 'accepted',
    signature: { state: 'verified' },
  })
  expect(await register('signed')).toMatchObject({ state: 'accepted', signature: { state: 'unverified' } })
  const other = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
  expect(await register('signed', { trustedKey: other })).toMatchObject({
    state: 'refused',
    signature: { state: 'broken' },
  })
  lay('signed', { 'more.json': '{}' })
  expect(await register('signed', { trustedKey: pem(publicKey) })).toMatchObject({
    state: 'refused',
    signature: { state: 'broken', why: 'more.json is there and was not signed.' },
  })
  await expect(register('signed', { trustedKey: 'no key' })).rejects.toMatchObject({ code: 'wire.body-invalid' })
})

const sigstore = makeSigstore()
const PUBLISHER = { issuer: 'https://accounts.test', subject: 'publisher@sages.test' }
const TRUSTED = { ...PUBLISHER, trustedRoot: sigstore.trustedRoot }
const keyless = (files: Readonly<Record<string, string | Buffer>>) =>
  JSON.stringify(sigstore.sign({ ...PUBLISHER, payload: statement(files) }))

test('a signature without a key is verified for the issuer and subject that are expected, and for nobody without them', async () => {
  lay('keyless', { 'model.safetensors': shards, 'model.sig': keyless({ 'model.safetensors': shards }) })
  expect(await register('keyless', { trustedIdentity: TRUSTED })).toMatchObject({
    state: 'accepted',
    signature: { state: 'verified', signedBy: PUBLISHER },
  })
  expect(await register('keyless')).toMatchObject({
    state: 'accepted',
    signature: { state: 'unverified', signedBy: null, why: expect.stringContaining('--issuer') },
  })
  const another = { ...TRUSTED, subject: 'else@sages.test' }
  expect(await register('keyless', { trustedIdentity: another })).toMatchObject({
    state: 'refused',
    problems: [expect.stringContaining('made by publisher@sages.test')],
  })
  lay('unsigned', { 'model.safetensors': shards })
  expect(await register('unsigned', { trustedIdentity: TRUSTED })).toMatchObject({
    state: 'refused',
    problems: [expect.stringContaining('must be signed by publisher@sages.test')],
  })
  lay('keyless', { 'model.sig': Buffer.alloc(50_000_000, ' ') })
  expect(await register('keyless', { trustedIdentity: TRUSTED })).toMatchObject({
    state: 'refused',
    signature: { state: 'unverified', why: 'It is larger than 16 MB and was not read.' },
  })
})

test('who signed is found where data of a person is asked for, and stays as what the weights were accepted by', async () => {
  const person = { identifiers: [PUBLISHER.subject] }
  const copy = await (await client.exportPersonalData({ body: person })).text()
  const lines = copy.split('\n').filter((line) => line.includes('"weights of models"'))
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join()).toContain(PUBLISHER.subject)
  expect(lines.join()).not.toContain('certificateAuthorities')
  const { id } = await client.proposeDeletion({ body: person })
  const listed = async () => (await client.getDeletion({ params: { id } })).found
  await expect
    .poll(listed, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ place: 'weights of models', fate: 'keep' }))
})

test('the command asks for issuer, subject and root together, and says who signed', async () => {
  lay('by-command', { 'model.safetensors': shards, 'model.sig': keyless({ 'model.safetensors': shards }) })
  const root = join(data, 'trusted_root.json')
  writeFileSync(root, sigstore.trustedRoot)
  const words = ['models', 'weights', MODEL, 'by-command', '--issuer', PUBLISHER.issuer, '--subject', PUBLISHER.subject]
  const where = { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: data }
  expect((await airworthyCommand(words, where)).err).toContain('--issuer, --subject and --root together')
  const { code, out } = await airworthyCommand([...words, '--root', root], where)
  expect(out).toContain(
    'Signature: verified. publisher@sages.test (https://accounts.test) has signed exactly these files.',
  )
  expect(code).toBe(0)
})

test.for([
  ['no root', { ...TRUSTED, trustedRoot: '{}' }, 'wire.body-invalid'],
  [
    'a root whose keys are none',
    { ...TRUSTED, trustedRoot: TRUSTED.trustedRoot.replaceAll('"rawBytes":"M', '"rawBytes":"A') },
    'models.trusted-root-unreadable',
  ],
  ['no subject', { ...TRUSTED, subject: ' ' }, 'wire.body-invalid'],
] as const)('an identity with %s is not registered', async ([, trustedIdentity, code]) => {
  await expect(register('good', { trustedIdentity })).rejects.toMatchObject({ code })
  await expect(register('good', { trustedIdentity: TRUSTED, trustedKey: pem(publicKey) })).rejects.toMatchObject({
    code: 'wire.body-invalid',
  })
})

const advisory = (more: Record<string, unknown>) => ({
  schema_version: '1.6.0',
  id: 'GHSA-test-0001',
  modified: '2026-02-01T00:00:00Z',
  summary: 'It is broken.',
  ...more,
})
const ABOUT_ZOD = advisory({
  affected: [
    {
      package: { ecosystem: 'npm', name: 'zod' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '999.0.0' }] }],
    },
  ],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
})
const ABOUT_MODEL = advisory({
  id: 'OSV-test-2',
  affected: [{ package: { ecosystem: 'Hugging Face', name: 'sages/sage-7b', purl: 'pkg:huggingface/sages/sage-7b' } }],
  database_specific: { severity: 'HIGH' },
})

async function verdict(id: string) {
  const started = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if ('job' in started.body) {
    const { job } = started.body
    await expect
      .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 20_000 })
      .toBe('succeeded')
  }
  return current(id)
}
const current = async (id: string) =>
  (await client.getGate({ params: { id, stage: 'poc' } })).findings.find(({ check }) => check === 'sec.supplychain')
const send = (...advisories: unknown[]) => client.importAdvisories({ body: { content: JSON.stringify(advisories) } })

test('a gate that asks for it knows nothing without advisories, fails on a critical one, and is stale when a new one comes', async () => {
  const files = {
    'airworthy.yaml': `models: {answer: {model: ${MODEL}}}\ngates: {poc: {add: [sec.supplychain]}}\n`,
    'prompts/answer.prompt': '{{question}}\n',
  }
  await client.createApplication({ body: { name: 'sage-desk', files } })
  const { id } = (await client.freezeRelease({ params: { name: 'sage-desk' }, body: {} })).body
  lay('good', { 'model.sig': keyless({ 'model.safetensors': shards, 'config.json': '{}' }) })
  await register('good', { trustedIdentity: TRUSTED })
  expect(await verdict(id)).toMatchObject({
    verdict: 'INCONCLUSIVE',
    why: [expect.stringContaining('No advisories'), expect.anything(), expect.anything(), expect.anything()],
  })

  const harmless = advisory({ affected: [{ package: { ecosystem: 'npm', name: 'left-pad' } }] })
  expect(await send(harmless)).toEqual({ added: 1, updated: 0, unchanged: 0, hits: 0 })
  expect(await verdict(id)).toMatchObject({
    verdict: 'PASS',
    trust: 'measured',
    why: expect.arrayContaining([expect.stringContaining('signed by publisher@sages.test (https://accounts.test)')]),
  })

  expect(await send(ABOUT_MODEL)).toMatchObject({ added: 1, hits: 1 })
  expect(await current(id), 'something about its model came').toMatchObject({ verdict: 'STALE' })
  expect(await verdict(id), 'a high one is said and does not hold').toMatchObject({ verdict: 'PASS' })
  const { items } = await client.listAdvisories({ query: { model: MODEL } })
  expect(items).toMatchObject([{ id: 'OSV-test-2', severity: 'high', hits: [{ name: MODEL, touch: 'affected' }] }])

  await send({ ...ABOUT_ZOD, modified: '2026-02-02T00:00:00Z' })
  expect(await verdict(id)).toMatchObject({
    verdict: 'FAIL',
    why: [expect.stringContaining('GHSA-test-0001 about zod'), expect.anything()],
  })
  await send({ ...ABOUT_ZOD, modified: '2026-02-03T00:00:00Z', withdrawn: '2026-02-03T00:00:00Z' })
  expect(await verdict(id), 'it was withdrawn').toMatchObject({ verdict: 'PASS' })

  const later = new Date(Date.now() + 60_000)
  utimesSync(join(folder, 'good', 'model.safetensors'), later, later)
  await send({ ...ABOUT_MODEL, modified: '2026-02-04T00:00:00Z' })
  expect(await verdict(id)).toMatchObject({
    verdict: 'FAIL',
    why: [expect.stringContaining('written again'), expect.anything()],
  })
})

test.for([
  ['no JSON', 'nothing', 'line 1'],
  ['JSON that is no advisory', '{"id":"X-1"}', 'modified'],
  ['a list with one that is none', JSON.stringify([ABOUT_ZOD, { id: 'X-2', modified: 'yesterday' }]), '2: modified'],
] as const)('%s is refused with the place', async ([, content, where]) => {
  await expect(client.importAdvisories({ body: { content } })).rejects.toMatchObject({
    code: 'models.advisories-unreadable',
    message: expect.stringContaining(where),
  })
})
