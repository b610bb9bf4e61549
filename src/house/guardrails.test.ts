/** S0.P5b, S0.P5e · Guardrails of a release act on what is asked and answered, in every dialect, and say what they did. */
import { request as httpRequest } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { DIALECTS, type Dialect, EVERY, heardIn } from '../testing/client-dialects.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { chunk, completion, isStream, json, type Says, stream, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)

const GUARDRAILS = [
  { id: 'mail-in', on: 'input', detector: 'email', mode: 'redact' },
  {
    id: 'words-in',
    on: 'input',
    detector: 'terms',
    terms: ['nightjar'],
    mode: 'block',
    message: 'Of that we do not speak.',
  },
  { id: 'mail-out', on: 'output', detector: 'email', mode: 'redact' },
  { id: 'keys-out', on: 'output', detector: 'secrets', mode: 'redact' },
  { id: 'fruit-out', on: 'output', detector: 'terms', terms: ['forbidden fruit'], mode: 'block' },
  { id: 'phone-out', on: 'output', detector: 'phone', mode: 'observe' },
]
const files = (guardrails: readonly object[] | undefined, more = {}) => {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const models = { answer: { model: 'acme/m' }, baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } } }
  return { ...others, 'airworthy.yaml': JSON.stringify({ ...JSON.parse(settings), models, guardrails, ...more }) }
}

let words = ''
/** One byte at a time, so that pieces end within a character. */
const says: Says = (response, heard) => {
  if (!isStream(heard)) return json(response, completion(words))
  const usage = { prompt_tokens: 1000, completion_tokens: 100 }
  const whole = `${Array.from(words, (one) => chunk({ content: one })).join('')}${chunk({}, 'stop')}${chunk({}, null, { choices: [], usage })}data: [DONE]\n\n`
  stream(response)
  for (const byte of Buffer.from(whole)) response.write(Buffer.of(byte))
  response.end()
}
let acme: Awaited<ReturnType<typeof local.provider>>
let release = ''
beforeAll(async () => {
  acme = await local.provider('acme', says)
  await local.price('acme/m', { input: '1', output: '1' })
  await client.createApplication({ body: { name: 'shop', files: files(undefined) } })
  await client.freezeRelease({ params: { name: 'shop' }, body: {} })
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: files(GUARDRAILS) } })
  release = (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body.id
})

type Body = Record<string, unknown>
async function ask(dialect: Dialect, isStreamed: boolean, question = 'Where is it?', more: Body = {}) {
  const { path, asks } = DIALECTS[dialect]
  const told = await local.post({ model: 'shop', stream: isStreamed, ...asks(question), ...more }, { path })
  return { ...told, heard: heardIn(dialect, isStreamed, told) }
}

const KEY = `sk-${'proj-'}aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA5bC7dE9f`

test.for(EVERY)('an address and a key leave no answer: %s, streamed %s', async ([dialect, isStreamed]) => {
  words = `Schön! Write to ada@büro.example or use ${KEY}, or call +44 20 7946 0991. 😀`
  const { status, heard, headers } = await ask(dialect, isStreamed)
  expect([status, heard]).toEqual([200, 'Schön! Write to [email] or use [secret], or call +44 20 7946 0991. 😀'])
  expect(headers.get('airworthy-guardrails')).toMatch(/^mail-in=passed, words-in=passed/)
  if (isStreamed) return
  expect(headers.get('airworthy-guardrails')).toMatch(
    /mail-out=redacted;count=1, keys-out=redacted;count=1, fruit-out=passed, phone-out=observed;count=1$/,
  )
})

test.for(EVERY)('what may not be said is not, and the end says so: %s, streamed %s', async ([dialect, isStreamed]) => {
  words = 'Here is what you want: the forbidden fruit, of which there is more.'
  const { status, heard, text } = await ask(dialect, isStreamed)
  expect(status).toBe(200)
  expect(heard).toBe(
    isStreamed ? 'Here is what you want: the \n\nThis answer cannot be given.' : 'This answer cannot be given.',
  )
  expect(text).toContain(DIALECTS[dialect].filtered)
})

test.for(EVERY)(
  'what may not be asked is asked of nobody, for nothing: %s, streamed %s',
  async ([dialect, isStreamed]) => {
    const before = acme.heard.length
    const { status, heard, text, headers } = await ask(dialect, isStreamed, 'What is Nightjar?')
    expect([status, heard, acme.heard.length]).toEqual([200, 'Of that we do not speak.', before])
    expect(text).toContain(DIALECTS[dialect].filtered)
    expect(headers.get('airworthy-guardrails')).toBe('mail-in=passed, words-in=blocked;count=1')
    const { summary, input } = await local.trace(headers.get('airworthy-trace'))
    expect([summary.costMicroUsd, input.at(-1)?.content]).toEqual(['0', 'What is [words-in]?'])
  },
)

test('what is taken out of a question is sent to nobody and kept nowhere, and the conversation goes on without it', async () => {
  words = 'I wrote to her.'
  const asked = await ask('responses', false, 'Write to ada@example.com.')
  const first = JSON.parse(asked.text) as { id: string }
  expect(acme.heard.at(-1)?.text).toContain('Write to [email].')
  await ask('responses', false, 'And now?', { previous_response_id: first.id })
  expect(acme.heard.at(-1)?.text).toContain('Write to [email].')
  const kept = await local.trace(asked.headers.get('airworthy-trace'))
  expect(JSON.stringify(kept)).not.toContain('ada@')
})

test('the raw words of an answer are in no step of its trace, and every verdict is a span', async () => {
  words = 'Write to ada@example.com.'
  const { headers } = await ask('chat', true)
  const id = headers.get('airworthy-trace') ?? ''
  const kept = await local.trace(id)
  expect(JSON.stringify(kept)).not.toContain('ada@')
  const verdicts = kept.spans.filter(({ meaning }) => meaning.operation === 'guardrail')
  expect(verdicts).toHaveLength(GUARDRAILS.length)
  expect(verdicts.find(({ name }) => name === 'apply_guardrail mail-out')?.attributes).toMatchObject({
    'gen_ai.guardian.id': 'mail-out',
    'gen_ai.security.target.type': 'llm_output',
    'gen_ai.security.decision.type': 'modify',
    'airworthy.guardrail.count': 1,
  })
  const explained = await client.explainAnswer({ params: { id } })
  expect(explained.guardrails.find((one) => one.id === 'mail-out')).toEqual({
    ...{ id: 'mail-out', on: 'output', verdict: 'redacted', count: 1 },
    words: 'takes out e-mail addresses in answers: redacted, found 1 time',
  })
  expect(explained.words.join(' ')).toContain('Its guardrails: mail-in (takes out e-mail addresses in questions')
})

test('behind a stream comes what all of them said', async () => {
  words = 'Write to ada@example.com.'
  const { url, ownerToken } = house
  const trailers = await new Promise<NodeJS.Dict<string>>((resolve, reject) => {
    const asked = httpRequest(
      `${url}/v1/chat/completions`,
      { method: 'POST', headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' } },
      (response) => void textOf(response).then(() => resolve(response.trailers), reject),
    )
    asked.on('error', reject).end(JSON.stringify({ model: 'shop', stream: true, ...DIALECTS.chat.asks('Where?') }))
  })
  expect(trailers['airworthy-guardrails']).toMatch(/mail-out=redacted;count=1/)
})

test('hits are counted for Prometheus and over time, and the playground says what was said', async () => {
  words = 'Write to ada@example.com.'
  const answered = await client.answerRelease({
    params: { id: release as never },
    body: { turns: [{ role: 'user', content: 'I am bob@example.com.' }] },
  })
  expect(answered.answer).toBe('Write to [email].')
  expect(answered.guardrails.filter(({ verdict }) => verdict !== 'passed').map(({ id }) => id)).toEqual([
    'mail-in',
    'mail-out',
  ])
  expect(JSON.stringify(await local.trace(answered.trace))).not.toMatch(/ada@|bob@/)
  const metrics = await (
    await fetch(`${house.url}/metrics`, { headers: { authorization: `Bearer ${house.ownerToken}` } })
  ).text()
  expect(metrics).toMatch(/airworthy_guardrail_verdicts_total\{.*guardrail="words-in",on="input",verdict="blocked"\} 6/)
  const { items } = await client.getSeries({ params: { name: 'shop' }, query: {} })
  expect(items.flatMap(({ points }) => points).reduce((sum, { guardHits }) => sum + guardHits, 0)).toBeGreaterThan(6)
})

test('known-bad probes are caught, and every probe of the traces carries what the guardrails said', async () => {
  words = 'Nothing to see.'
  const checks = ['guard.enabled', 'obs.traces']
  const run = await client.runGate({ params: { id: release as never, stage: 'pilot' }, body: { checks } })
  expect(run.status).toBe(202)
  const facts = async (check: string) =>
    (await client.listEvidence({ query: { release: release as never, check } })).items[0]?.facts
  await expect
    .poll(() => facts('obs.traces'), { timeout: 60_000 })
    .toMatchObject({
      withGuardVerdicts: { value: 1, n: 10 },
      tracedShare: { value: 1, n: 10 },
    })
  await expect
    .poll(() => facts('guard.enabled'), { timeout: 60_000 })
    .toMatchObject({
      ...{ inputGuards: { value: 2 }, outputGuards: { value: 3 }, outageDecided: { value: true } },
      ...{ probes: { value: 15 }, blockedShare: { value: 1, n: 15 } },
    })
  const decision = await client.getGate({ params: { id: release as never, stage: 'pilot' } })
  expect(decision.findings.find(({ check }) => check === 'guard.enabled')).toMatchObject({ verdict: 'PASS' })
})

test('an answer of the assessment asks whether answers can be explained, and the gate tries it', async () => {
  const asked = async (check: string) =>
    (await client.getGate({ params: { id: release as never, stage: 'pilot' } })).findings.find(
      (one) => one.check === check,
    )
  expect(await asked('eval.explained')).toMatchObject({ verdict: 'NOT_APPLICABLE', rule: { rule: 'tier-L' } })
  await client.putBlueprintFile({
    params: { name: 'shop', path: 'assessment.yaml' },
    body: JSON.stringify({ answers: { explanations: 'steps' } }),
  })
  const because = { effect: 'adds', rule: 'explanations-needed', words: expect.stringContaining('must say why') }
  expect(await asked('eval.explained')).toMatchObject({ verdict: 'MISSING', rule: because })
  // Nothing is retrieved, so that there is nothing to cite.
  expect(await asked('eval.grounded')).toMatchObject({ verdict: 'NOT_APPLICABLE', rule: { rule: 'no-retrieval' } })
  await client.runGate({ params: { id: release as never, stage: 'pilot' }, body: { checks: ['eval.explained'] } })
  await expect.poll(async () => (await asked('eval.explained'))?.verdict, { timeout: 60_000 }).toBe('PASS')
  const { items } = await client.listEvidence({ query: { release: release as never, check: 'eval.explained' } })
  expect(items[0]).toMatchObject({
    summary: '5 of 5 answers can be explained in full.',
    facts: { probes: { value: 5 }, explainedShare: { value: 1, n: 5 } },
  })
})

test('guardrails are parts of the release, and what differs is told in words', async () => {
  const { manifest } = await client.getRelease({ params: { id: release as never } })
  expect(manifest.guardrails?.map(({ name }) => name)).toEqual(GUARDRAILS.map(({ id }) => id))
  const changes = async () => (await client.getReleaseChanges({ params: { id: release as never }, query: {} })).items
  expect((await changes()).find(({ name }) => name === 'words-in')).toMatchObject({
    ...{ kind: 'guardrail', change: 'added', behaviour: true },
    words: 'The guardrail words-in was added: it blocks “nightjar” in questions.',
  })
  const changed = [{ ...GUARDRAILS[0], mode: 'observe' }, ...GUARDRAILS.slice(2)]
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: files(changed) } })
  release = (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body.id
  expect((await changes()).map(({ words: said }) => said)).toEqual(
    expect.arrayContaining([
      'The guardrail mail-in has changed: mode is observe instead of redact.',
      'The guardrail words-in was removed: it blocks “nightjar” in questions.',
    ]),
  )
})

test('an answer is given again with what was said of it, unless something was taken out of its question', async () => {
  const cache = { minutes: 60, sharedBy: 'everybody' }
  await client.putBlueprint({ params: { name: 'shop' }, body: { files: files(GUARDRAILS, { cache }) } })
  await client.freezeRelease({ params: { name: 'shop' }, body: {} })
  words = 'Write to ada@example.com.'
  const twice = async (question: string) => {
    await ask('chat', false, question)
    const { headers, heard } = await ask('chat', false, question)
    return [headers.get('airworthy-cache'), headers.get('airworthy-guardrails')?.includes('mail-out=redacted'), heard]
  }
  expect(await twice('To whom?')).toEqual(['hit', true, 'Write to [email].'])
  expect(await twice('Is it bob@example.com?')).toEqual(['miss', true, 'Write to [email].'])
})
