/** S0.P5b, S0.P5e · Guardrails on models that are asked directly or by a route, in every dialect, translated or not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { DIALECTS, type Dialect, EVERY, heardIn } from '../testing/client-dialects.ts'
import { chunk, completion, isStream, json, type Says, stream, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)

const guard = (of: readonly string[], one: object) => ({ of: [...of], guard: one as never })
/** Not on the provider behind it, which is ours again. */
const OF = ['acme/*', 'again/*']
const GUARDRAILS = [
  guard(OF, { id: 'mail-in', on: 'input', detector: 'email', mode: 'redact' }),
  guard(OF, {
    ...{ id: 'words-in', on: 'input', detector: 'terms', terms: ['nightjar'], mode: 'block' },
    message: 'Of that we do not speak.',
  }),
  guard(OF, { id: 'mail-out', on: 'output', detector: 'email', mode: 'redact' }),
  guard(OF, { id: 'fruit-out', on: 'output', detector: 'terms', terms: ['forbidden fruit'], mode: 'block' }),
]

let delta: Record<string, unknown> = {}
const says: Says = (response, heard) => {
  const { content = '', ...more } = delta
  if (!isStream(heard)) {
    const { choices, ...rest } = completion(String(content)) as { choices: { message: object }[] }
    return json(response, {
      ...rest,
      choices: choices.map((one) => ({ ...one, message: { ...one.message, ...more, content } })),
    })
  }
  stream(response)
  const words = Array.from(String(content), (one) => chunk({ content: one })).join('')
  const usage = { prompt_tokens: 1000, completion_tokens: 100 }
  const end = `${chunk({}, 'stop')}${chunk({}, null, { choices: [], usage })}data: [DONE]\n\n`
  // One byte at a time, so that pieces end within a character.
  for (const byte of Buffer.from(words + (Object.keys(more).length > 0 ? chunk(more) : '') + end))
    response.write(Buffer.of(byte))
  response.end()
}

let acme: Awaited<ReturnType<typeof local.provider>>
beforeAll(async () => {
  acme = await local.provider('plain', says)
  await local.price('plain/m', { input: '1', output: '1' })
  const entry = { dialect: 'openai' as const, baseUrl: acme.address }
  await client.putProvider({ params: { name: 'acme' }, body: entry })
  await local.price('acme/m', { input: '1', output: '1' })
  // Whoever speaks all three dialects: this gateway, before a model that nothing looks at.
  await client.putProvider({
    params: { name: 'again' },
    body: {
      ...{ dialect: 'openai', baseUrl: `${house.url}/v1`, speaks: ['chat', 'responses', 'messages', 'embeddings'] },
      credential: house.ownerToken,
    },
  })
  await local.price('again/plain/m', { input: '1', output: '1' })
  await client.putModelGuardrails({ body: { guardrails: GUARDRAILS } })
})

type Body = Record<string, unknown>
async function ask(
  { model, dialect, isStreamed }: { model: string; dialect: Dialect; isStreamed: boolean },
  question = 'Where is it?',
  more: Body = {},
) {
  const { path, asks } = DIALECTS[dialect]
  const told = await local.post({ model, stream: isStreamed, ...asks(question), ...more }, { path })
  return { ...told, heard: told.status === 200 ? heardIn(dialect, isStreamed, told) : told.text }
}
const chat = (model: string, question: string, more: Body = {}) =>
  ask({ model, dialect: 'chat', isStreamed: false }, question, more)

/** A provider of the dialect of the client, and one of another. */
const CASES = EVERY.flatMap(([dialect, isStreamed]) =>
  ['again/plain/m', 'acme/m'].map((model) => ({ dialect, isStreamed, model })),
)

test.for(CASES)('an address leaves no answer and no question: $model, $dialect, streamed $isStreamed', async (how) => {
  delta = { content: 'Schön! Write to ada@büro.example, or not. 😀' }
  const { status, heard, headers } = await ask(how, 'I am bob@example.com, where is it?')
  expect([status, heard]).toEqual([200, 'Schön! Write to [email], or not. 😀'])
  expect(acme.heard.at(-1)?.text).toContain('I am [email], where is it?')
  expect(headers.get('airworthy-guardrails')).toMatch(/^mail-in=redacted;count=1, words-in=passed/)
  const kept = await local.trace(headers.get('airworthy-trace'))
  expect(JSON.stringify(kept)).not.toMatch(/ada@|bob@/)
  expect(kept.summary).toMatchObject({ inputTokens: 1000, outputTokens: 100, costMicroUsd: '1100' })
  expect(kept.spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['apply_guardrail mail-in', 'apply_guardrail mail-out', 'apply_guardrail fruit-out']),
  )
})

test.for(CASES)('what may not be said is not, and its end says so: $model, $dialect, $isStreamed', async (how) => {
  delta = { content: 'Here it is: the forbidden fruit, of which there is more.' }
  const { status, heard, text } = await ask(how)
  const message = 'This answer cannot be given.'
  expect([status, heard]).toEqual([200, how.isStreamed ? `Here it is: the \n\n${message}` : message])
  expect(text).toContain(DIALECTS[how.dialect].filtered)
})

test.for(CASES)('what may not be asked is asked of nobody: $model, $dialect, $isStreamed', async (how) => {
  const before = acme.heard.length
  const { status, heard, text, headers } = await ask(how, 'What is Nightjar?')
  expect([status, heard, acme.heard.length]).toEqual([200, 'Of that we do not speak.', before])
  expect(text).toContain(DIALECTS[how.dialect].filtered)
  const { summary, input } = await local.trace(headers.get('airworthy-trace'))
  expect([summary.costMicroUsd, input.at(-1)?.content]).toEqual(['0', 'What is [words-in]?'])
})

test('a route is held by what names one of its models, and keeps no answer that others looked at', async () => {
  await local.route('smart', ['acme/m', 'plain/m'], { cache: { ttlMs: 60_000, sharedBy: 'organisation' } })
  delta = { content: 'Write to ada@example.com.' }
  const asked = async () => {
    const { heard, headers } = await chat('smart', 'To whom?')
    return [headers.get('airworthy-cache'), heard, headers.get('airworthy-guardrails')?.includes('mail-out=redacted')]
  }
  expect(await asked()).toEqual(['miss', 'Write to [email].', true])
  expect(await asked()).toEqual(['hit', 'Write to [email].', true])
  await client.putModelGuardrails({ body: { guardrails: GUARDRAILS.slice(0, 2) } })
  expect(await asked()).toEqual(['miss', 'Write to ada@example.com.', false])
  await client.putModelGuardrails({ body: { guardrails: GUARDRAILS } })
  expect(await asked()).toEqual(['hit', 'Write to [email].', true])
})

test('what a tool is called with is looked at, and so is every earlier turn and what tools gave', async () => {
  const call = { id: 'c1', type: 'function', function: { name: 'send', arguments: '{"to":"ada@example.com"}' } }
  delta = { content: null, tool_calls: [call] }
  const { text } = await chat('acme/m', 'Send it.')
  expect(text).toContain('{\\"to\\":\\"[email]\\"}')
  expect(text).not.toContain('ada@')
  delta = { content: 'Done.' }
  await local.post({
    model: 'acme/m',
    messages: [
      { role: 'system', content: 'Ask boss@example.com.' },
      { role: 'user', content: [{ type: 'text', text: 'The nightjar wrote from c@example.com.' }] },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'Sent to d@example.com.' },
      { role: 'user', content: 'Thank you.' },
    ],
  })
  const sent = acme.heard.at(-1)?.text ?? ''
  expect(sent).not.toContain('@example.com')
  expect(sent.match(/\[email\]/g)).toHaveLength(4)
  // What blocks the newest question is taken out of earlier ones.
  expect(sent).toContain('The [words-in] wrote from [email].')
  expect(sent).toContain('Sent to [email].')
})

test('a thought is looked at as well', async () => {
  delta = { content: 'Yes.', reasoning_content: 'She is ada@example.com, she wants forbidden fruit.' }
  const { text } = await chat('acme/m', 'May she?')
  expect(text).toContain('She is [email], she wants [fruit-out].')
})

test('texts for vectors and pictures are looked at, and there a block is an error', async () => {
  const embed = (input: unknown) => local.post({ model: 'acme/m', input }, { path: '/v1/embeddings' })
  await embed(['from e@example.com', 'plain'])
  expect(JSON.parse(acme.heard.at(-1)?.text ?? '{}').input).toEqual(['from [email]', 'plain'])
  const before = acme.heard.length
  const { status, text } = await embed('a nightjar')
  expect([status, JSON.parse(text).error.code, acme.heard.length]).toEqual([400, 'guardrails.blocked', before])
})

test('a model of this process and one that nothing names', async () => {
  const all = [...GUARDRAILS, guard(['scripted/fixed'], { id: 'own', on: 'output', detector: 'phone', mode: 'redact' })]
  await client.putModelGuardrails({ body: { guardrails: all } })
  for (const isStreamed of [false, true]) {
    const how = { model: 'scripted/fixed', dialect: 'chat', isStreamed } as const
    const { heard, headers } = await ask(how, 'How?', { text: 'Call me: +44 20 7946 0991.' })
    expect(heard).toBe('Call me: [phone].')
    const { spans } = await local.trace(headers.get('airworthy-trace'))
    expect(spans.map(({ name }) => name)).toContain('apply_guardrail own')
  }
  delta = { content: 'Write to ada@example.com.' }
  expect((await chat('plain/m', 'I am bob@example.com.')).heard).toBe('Write to ada@example.com.')
  expect(acme.heard.at(-1)?.text).toContain('bob@example.com')
})

test('who may say what looks, what is refused with its place, and what is kept', async () => {
  const viewer = await house.person('Vera', 'viewer')
  expect((await viewer.getModelGuardrails()).guardrails).toHaveLength(5)
  const put = (guardrails: unknown, by = client) => by.putModelGuardrails({ body: { guardrails } as never })
  await expect(put([], viewer)).rejects.toMatchObject({ status: 403 })
  const bad = { id: 'bad', on: 'input', mode: 'redact', detector: 'pattern', pattern: '(a+)+', example: 'aa' }
  await expect(put([{ guard: bad }])).rejects.toMatchObject({
    status: 400,
    problems: [{ field: 'guardrails.0.guard.pattern' }],
  })
  await expect(put([GUARDRAILS[0], GUARDRAILS[0]])).rejects.toMatchObject({
    problems: [{ field: 'guardrails.1.guard.id', message: 'two guardrails have the id mail-in' }],
  })
  await expect(put([{ of: ['Not a name'], guard: GUARDRAILS[0]?.guard }])).rejects.toMatchObject({ status: 400 })
  const { items } = await client.listAudit({ query: {} })
  expect(items.some(({ action }) => action === 'guardrails.put-on-models')).toBe(true)
})
