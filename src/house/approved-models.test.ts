/** A model from its sources to its approval: quarantined in the sandbox, reviewed by somebody else, then free to go on. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import type { Client } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'

const MODEL = 'house/sage-7b-2026-01-15'
const ALIAS = 'house/sage-7b'
let listed: Record<string, unknown>[] = [
  {
    id: 'sage-7b-2026-01-15',
    context_length: 32768,
    max_completion_tokens: 4096,
    license: 'apache-2.0',
    root: 'sages/sage-7b',
  },
  { id: 'sage-7b', context_length: 32768 },
]
const provider = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.url === '/v1/models') response.end(JSON.stringify({ data: listed }))
  else if (request.url === '/sages/sage-7b/raw/main/README.md') response.end(CARD)
  else
    response.end(
      JSON.stringify({
        id: '1',
        object: 'chat.completion',
        created: 1,
        model: 'sage-7b',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Wise words.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
      }),
    )
})
await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`

const CARD = `---
license: apache-2.0
language: [en, de]
datasets: [sages/corpus]
base_model: sages/sage-base
pipeline_tag: text-generation
model-index:
- name: sage
  results:
  - task: {type: text-generation}
    dataset: {name: GSM8K, type: gsm8k}
    metrics:
    - {type: accuracy, value: 61.5}
---
# Sage

Sage is a small model that was trained for these tests and knows nothing of the world.
`
const TERMS = {
  licence: 'Apache-2.0',
  regions: ['eu-central-1'],
  trainsOnInputs: false,
  retentionDays: 0,
  deprecatedOn: 'none' as const,
}

const US = ['us-east-1']

const airworthy = await testAirworthy()
const { client, url } = airworthy
afterAll(async () => {
  await airworthy.close()
  provider.close()
})
const grace = await airworthy.person('Grace', 'approver')
const bob = await airworthy.person('Bob', 'builder')
await client.putProvider({ params: { name: 'house' }, body: { dialect: 'openai', baseUrl: `${address}/v1` } })

// This is about approvals, and nobody knows what these models cost.
await client.setPricePolicy({
  params: { scope: 'organisation', name: 'default' },
  body: { onUnknownPrice: 'flag', reason: 'a test of approvals' },
})

const fieldOf = async (model: string, name: string) =>
  (await client.getModelCard({ params: { model } })).fields.find((field) => field.name === name)
const ask = async (secret: string, model: string) => {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Say something.' }] }),
  })
  return { status: response.status, text: await response.text() }
}

test('one model is joined from its provider, its card and us; each field says who said it, and nobody guesses', async () => {
  const { items } = await client.readModelLists({ body: { provider: 'house' } })
  expect(items).toMatchObject([{ provider: 'house', failure: null, models: [ALIAS, MODEL], appeared: [] }])
  await client.putModelSource({
    body: { model: MODEL, kind: 'card', url: `${address}/sages/sage-7b/raw/main/README.md`, identity: 'sages/sage-7b' },
  })
  expect(await fieldOf(MODEL, 'contextTokens')).toMatchObject({
    value: 32768,
    standing: 'self-reported',
    source: 'provider-list',
  })
  expect(await fieldOf(MODEL, 'trainingData')).toMatchObject({ value: ['sages/corpus'], source: 'card' })
  expect(await fieldOf(MODEL, 'benchmarks')).toMatchObject({
    value: [{ dataset: 'GSM8K', metric: 'accuracy', value: 61.5 }],
  })
  expect(await fieldOf(MODEL, 'regions')).toMatchObject({ value: null, standing: 'unknown', source: null, at: null })
  expect(await fieldOf(MODEL, 'snapshot')).toMatchObject({ value: true, standing: 'verified' })
  expect(await fieldOf(ALIAS, 'snapshot')).toMatchObject({ value: false, standing: 'verified' })
  const before = (await client.getModelCard({ params: { model: MODEL } })).completeness
  expect(before.missing).toEqual(expect.arrayContaining(['regions', 'trainsOnInputs', 'retentionDays']))

  const after = await client.putModelSource({
    body: {
      model: MODEL,
      kind: 'own',
      facts: TERMS,
      verified: { licence: 'Read the licence file in the repository.' },
    },
  })
  expect(after.completeness.known).toBe(before.known + 4)
  expect(await fieldOf(MODEL, 'licence')).toMatchObject({ standing: 'verified', source: 'own', otherwise: [] })
})

test('the same model at two places is linked by its identity, and what belongs to the model is said at both', async () => {
  await client.putProvider({ params: { name: 'other' }, body: { dialect: 'openai', baseUrl: `${address}/v1` } })
  await client.putModelSource({
    body: { model: 'other/our-sage', kind: 'own', facts: { identity: 'Sages/Sage-7B', contextTokens: 8192 } },
  })
  const there = await client.getModelCard({ params: { model: 'other/our-sage' } })
  expect(there.sameAs).toEqual([{ model: MODEL, because: 'identity' }])
  const said = Object.fromEntries(there.fields.map((field) => [field.name, field]))
  expect(said.trainingData).toMatchObject({ value: ['sages/corpus'], via: MODEL })
  expect(said.contextTokens).toMatchObject({ value: 8192, via: null })
  expect(said.regions, 'terms of one place are not those of another').toMatchObject({ standing: 'unknown' })
})

test('a reading of the list says what appeared, vanished and changed', async () => {
  const before = listed
  listed = [{ ...before[0], context_length: 65536 }, { id: 'sage-9b' }]
  const [reading] = (await client.readModelLists({ body: { provider: 'house' } })).items
  expect(reading).toMatchObject({
    appeared: ['house/sage-9b'],
    vanished: [ALIAS],
    changed: [{ model: MODEL, fields: ['contextTokens'] }],
  })
  listed = before
  await client.readModelLists({ body: { provider: 'house' } })
})

test.for([
  ['no front matter', { content: 'no card' }, 'models.card-unreadable'],
  ['YAML that is none', { content: '---\na: [\n---\n' }, 'models.card-unreadable'],
  ['an address that answers otherwise', { url: `${address}/nothing` }, 'models.card-unreadable'],
  ['an address nobody may ask', { url: 'http://169.254.169.254/latest' }, 'kernel.address-refused'],
  ['neither text nor address', {}, 'wire.body-invalid'],
] as const)('a card with %s is refused', async ([, more, code]) => {
  await expect(client.putModelSource({ body: { model: ALIAS, kind: 'card', ...more } })).rejects.toMatchObject({ code })
})

async function frozen(name: string, profile: string, model = MODEL): Promise<string> {
  const files = {
    'airworthy.yaml': `profile: {${profile}}\nmodels: {answer: {model: ${model}}}\n`,
    'prompts/answer.prompt': '{{question}}\n',
  }
  await client.createApplication({ body: { name, files } })
  return (await client.freezeRelease({ params: { name }, body: {} })).body.id
}
const promote = (as: Client, id: string) => as.promoteRelease({ params: { id }, body: { into: 'poc' } })

test('an unapproved model answers in the sandbox and is refused beyond it; asked for and approved by somebody else, it goes on', async () => {
  const id = await frozen('sage-shop', 'personalData: contact, residency: [eu]')
  const sandbox = await client.createKey({ body: { name: 'trying', role: 'builder' } })
  const beyond = await client.createKey({ body: { name: 'serving', role: 'builder', stage: 'poc' } })
  expect((await ask(sandbox.secret, MODEL)).status).toBe(200)
  expect((await ask(sandbox.secret, 'sage-shop@sandbox')).status).toBe(200)

  await expect(promote(client, id)).rejects.toMatchObject({
    status: 409,
    code: 'models.not-approved',
    message: expect.stringContaining('sandbox only'),
  })
  expect(await ask(beyond.secret, MODEL)).toMatchObject({
    status: 403,
    text: expect.stringContaining('gateway.model-not-approved'),
  })
  await client.putModelRoute({ params: { name: 'wise' }, body: { strategy: 'priority', targets: [{ model: MODEL }] } })
  expect((await ask(beyond.secret, 'wise')).status, 'nor by a route').toBe(403)
  expect((await ask(beyond.secret, 'scripted/echo')).status, 'what is part of the program answers').toBe(200)

  const asked = await bob.requestModelApproval({
    body: {
      model: MODEL,
      stages: ['poc'],
      dataClasses: ['none', 'contact'],
      uses: ['commercial'],
      residency: ['eu'],
      reason: 'It is wise and runs nearby.',
    },
  })
  expect(asked.findings.filter(({ verdict }) => verdict === 'FAIL')).toEqual([])
  // Who decides sees what the licence asks for, and so does who reads the card of a release that uses it.
  expect(asked.obligations).toMatchObject({ licence: 'Apache-2.0', state: 'listed', title: 'Apache License 2.0' })
  expect(asked.obligations.obligations.map(({ kind }) => kind)).toEqual(['notice', 'notice'])
  const { items: open } = await grace.listModelApprovals({ query: { model: MODEL } })
  expect(open[0]?.obligations).toEqual(asked.obligations)
  const card = JSON.stringify(await client.getReleaseCard({ params: { id, card: 'models' } }))
  expect(card).toContain('notice, when it is passed on: Pass on a copy of the licence')
  const decision = {
    params: { id: asked.id },
    body: { decision: 'approve' as const, reason: 'Read it all; fine by me.' },
  }
  await expect(bob.decideModelApproval(decision)).rejects.toMatchObject({ status: 403 })
  const approved = await grace.decideModelApproval(decision)
  expect(approved).toMatchObject({ state: 'approved', decisionReason: 'Read it all; fine by me.' })
  await expect(grace.decideModelApproval(decision)).rejects.toMatchObject({ code: 'models.approval-decided' })

  expect((await ask(beyond.secret, MODEL)).status).toBe(200)
  expect((await ask(beyond.secret, 'wise')).status).toBe(200)
  expect(await promote(client, id), 'only what the gate asks for holds it now').toMatchObject({
    status: 409,
    body: { kind: 'held' },
  })
  expect(await finding(id)).toMatchObject({ verdict: 'PASS', trust: 'measured' })

  // The terms change, and what rested on them is stale.
  await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: { ...TERMS, regions: ['us-east-1'] } } })
  expect(await current(id)).toMatchObject({ verdict: 'STALE' })
  await expect(promote(client, id)).rejects.toMatchObject({ message: expect.stringContaining('runs in us-east-1') })
  await client.putModelSource({ body: { model: MODEL, kind: 'own', facts: TERMS } })
  expect(await current(id), 'changed back, it holds again').toMatchObject({ verdict: 'PASS' })

  await grace.withdrawModelApproval({ params: { id: asked.id }, body: { reason: 'The contract ended today.' } })
  await expect(promote(client, id)).rejects.toMatchObject({ message: expect.stringContaining('withdrawn') })
  expect((await ask(beyond.secret, MODEL)).status).toBe(403)
  expect((await client.getModelCard({ params: { model: MODEL } })).approval.state).toBe('withdrawn')
  const { items } = await client.listAudit({ query: { limit: 200 } })
  expect(items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['models.approval-request', 'models.approval-decide', 'models.approval-withdraw']),
  )
})

const current = async (id: string) =>
  (await client.getGate({ params: { id, stage: 'poc' } })).findings.find(({ check }) => check === 'model.approved')

/** After the gate ran what can answer by itself. */
async function finding(id: string) {
  const started = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if (!('job' in started.body)) throw new Error('Nothing was started.')
  const { job } = started.body
  await expect
    .poll(async () => (await client.getJob({ params: { id: job } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  return current(id)
}

test.for([
  [
    'a licence without commercial use',
    { ...TERMS, licence: 'CC-BY-NC-4.0' },
    {},
    'licence-commercial',
    'forbids commercial use',
  ],
  ['an unknown licence', { ...TERMS, licence: undefined }, {}, 'licence-known', 'Not known: licence'],
  ['a region outside of the residency', { ...TERMS, regions: US }, {}, 'region-residency', 'us-east-1'],
  [
    'a provider that trains on personal data',
    { ...TERMS, trainsOnInputs: true },
    {},
    'data-use',
    'trainsOnInputs is yes',
  ],
  [
    'an end that is near',
    { ...TERMS, deprecatedOn: '2026-01-01' },
    { stages: ['production'] },
    'deprecation-near',
    'deprecatedOn',
  ],
  ['an alias', { ...TERMS, snapshot: false }, {}, 'snapshot', 'snapshot is no'],
] as const)('%s cannot be approved away: the rule says why', async ([, facts, more, rule, why]) => {
  const model = `house/rule-${rule}-2026-01-01`
  const { licence, ...rest } = facts
  await client.putModelSource({
    body: {
      model,
      kind: 'own',
      facts: { ...rest, ...(licence && { licence }) },
      verified: 'snapshot' in facts ? { snapshot: 'Asked the provider about it.' } : {},
    },
  })
  const asked = await bob.requestModelApproval({
    body: {
      model,
      stages: [...('stages' in more ? more.stages : ['poc' as const])],
      dataClasses: ['contact'],
      uses: ['commercial'],
      residency: ['eu'],
      reason: 'We would like to have it.',
    },
  })
  const failed = asked.findings.filter(({ verdict }) => verdict === 'FAIL')
  expect(failed.find((one) => one.rule === rule)).toMatchObject({
    reason: expect.stringContaining(why),
    remedy: expect.any(String),
  })
  await expect(
    grace.decideModelApproval({ params: { id: asked.id }, body: { decision: 'approve', reason: 'I do not mind it.' } }),
  ).rejects.toMatchObject({ code: 'models.rules-forbid', problems: failed.map((one) => ({ field: one.rule })) })
})

test('a rule of our own takes the place of one of the program, and goes again', async () => {
  const ofRule = async () =>
    (
      await client.checkModelRules({ body: { model: 'house/rule-licence-commercial-2026-01-01', dataClass: 'none' } })
    ).items.find(({ rule }) => rule === 'licence-commercial')
  expect(await ofRule()).toMatchObject({ verdict: 'FAIL' })
  const { items } = await client.listModelRules()
  const rule = items.find(({ id }) => id === 'licence-commercial')
  if (!rule) throw new Error('The pack has this rule.')
  const { id, origin: _, ...body } = rule
  await client.putModelRule({ params: { id }, body: { ...body, severity: 'warn' } })
  expect(await ofRule()).toMatchObject({ verdict: 'WARN' })
  await client.deleteModelRule({ params: { id } })
  expect(await ofRule()).toMatchObject({ verdict: 'FAIL' })
  await expect(client.deleteModelRule({ params: { id } })).rejects.toMatchObject({ code: 'models.rule-unknown' })
})

test.for([
  ['LicenseRef-llama3.1', 'listed', ['notice', 'attribution', 'attribution', 'acceptable-use', 'user-threshold']],
  ['CC-BY-SA-4.0', 'listed', ['attribution', 'notice', 'share-alike']],
  ['CC0-1.0', 'listed', []],
  ['LicenseRef-of-nobody', 'not-listed', []],
  [undefined, 'unknown', []],
] as const)('what the licence %s asks for is %s', async ([licence, state, kinds]) => {
  const model = `house/bound-${state}-${licence ?? 'none'}`
  const facts = { ...TERMS, licence }
  const { obligations: found } = await client.putModelSource({ body: { model, kind: 'own', facts } })
  expect(found).toMatchObject({ licence: licence ?? null, state, note: expect.stringContaining('no legal advice') })
  expect(found.obligations.map(({ kind }) => kind)).toEqual(kinds)
  expect(found.sources.length > 0).toBe(state === 'listed')
  const shown = await airworthyCommand(['models', 'show', model], {
    ...{ AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: airworthy.data },
  })
  expect(shown.out).toMatch(
    { listed: /asks for nothing|obligation +when +what/, 'not-listed': /not in the list/, unknown: /is unknown/ }[
      state
    ],
  )
})

test('what was said and decided is there after a start of another process', async () => {
  const { items } = await client.listModelCards({ query: { provider: 'house', text: 'sage', licence: 'apache-2.0' } })
  expect(items.map(({ model }) => model)).toEqual([MODEL])
  const rows = await airworthy.rowsOf(['model_sources', 'model_approvals'])
  expect(rows).toContain('sages/corpus')
  expect(rows).toContain('The contract ended today.')
})
