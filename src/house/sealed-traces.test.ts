/** S1.16.4a · What people ask and are answered lies sealed on disk, and whoever may see it sees it all the same. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type Client, createClient } from '../../sdk/index.ts'
import { airworthyCommand, engineOf, type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const home = mkdtempSync(join(tmpdir(), 'airworthy-sealed-'))
const data = join(home, 'data')
const TOKEN = 'the-token-of-the-owner'
const [OLD, NEW, MAIL] = ['marmalade-of-before', 'quince-of-today', 'ada@example.org']
/** In a release, which is no secret, and in what its tool is called with. */
const FROZEN = 'order-4711'
const [SPANS_OF, TRACE_OF_SPANS] = ['0a'.repeat(16), '0b'.repeat(16)]
const settings = { AIRWORTHY_DATA: data, AIRWORTHY_OWNER_TOKEN: TOKEN }
const sealing = { ...settings, AIRWORTHY_SEAL_TRACES: '1' }
let server: ServerProcess | undefined
afterAll(async () => {
  await server?.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

async function start(environment: Record<string, string>): Promise<Client> {
  server = await startServer(environment)
  return createClient({ baseUrl: server.url, token: TOKEN })
}

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${server?.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  expect([response.ok, text]).toEqual([true, text])
  return { trace: response.headers.get('airworthy-trace') ?? '', text }
}

const tell = (content: string, { model = 'parcels', ...more }: { model?: string; stream?: boolean } = {}) =>
  post('/v1/chat/completions', { model, messages: [{ role: 'user', content }], ...more })

/** Answers and calls of its tool wait for a person; both say what was asked. */
function shopFiles(overseer: string, phrase: string): Record<string, string> {
  const { 'airworthy.yaml': text = '', ...others } = echoApplication('first')
  const calls = [{ name: 'refund', arguments: { why: `refund of ${phrase}` } }]
  const models = {
    answer: { model: 'scripted/caller', parameters: { calls } },
    baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
  }
  const files = {
    'airworthy.yaml': { ...JSON.parse(text), models },
    'tools/refund.yaml': {
      ...{ description: 'Gives the money of an order back.', effect: 'write', hold: true },
      arguments: { type: 'object', properties: { why: { type: 'string' } }, required: ['why'] },
      call: { kind: 'http', url: 'http://127.0.0.1:9/refunds', timeoutMs: 1_000 },
    },
    'oversight.yaml': {
      ...{ overseers: [overseer], waitMinutes: 30 },
      kinds: [{ kind: 'refund', consequential: true, action: 'hold', when: { asked: ['refund'] } }],
    },
  }
  return {
    ...others,
    ...Object.fromEntries(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value)])),
    'prompts/answer.prompt': '---\ntools: [refund]\n---\n{{role "user"}}{{question}}',
  }
}

/** Holds an answer and a call, and says something else instead of the first answer that was held. */
async function holdAll(client: Client, phrase: string): Promise<void> {
  await tell(`A refund for ${phrase}`, { model: 'shop' })
  await tell(`Another refund for ${phrase}`, { model: 'shop' })
  const [newest] = (await client.listHeldAnswers({ query: { application: 'shop', limit: 1 } })).items
  await client.decideHeldAnswer({
    params: { id: newest?.id ?? '' },
    body: { decision: 'edit', text: `Not for ${phrase}.`, reason: 'I looked at the order first.' },
  })
}

const spans = (traceId: string, spanId: string, said: string) =>
  post('/v1/traces', {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                ...{ traceId, spanId, name: 'chat', kind: 3 },
                ...{ startTimeUnixNano: '1760000000000000000', endTimeUnixNano: '1760000001000000000' },
                attributes: [
                  { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                  {
                    key: 'gen_ai.input.messages',
                    value: {
                      stringValue: JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: said }] }]),
                    },
                  },
                  { key: 'gen_ai.tool.call.arguments', value: { stringValue: said } },
                ],
                events: [
                  {
                    name: 'said',
                    attributes: [{ key: 'what', value: { stringValue: said } }],
                    timeUnixNano: '1760000000000000000',
                  },
                ],
                status: { code: 2, message: said },
              },
            ],
          },
        ],
      },
    ],
  })

/** All rows of all tables, and the spool. */
async function dump(): Promise<string> {
  const file = join(home, `${crypto.randomUUID()}.gz`)
  const done = await airworthyCommand(['backup', file], { AIRWORTHY_URL: server?.url ?? '', AIRWORTHY_TOKEN: TOKEN })
  expect(done).toMatchObject({ code: 0 })
  return gunzipSync(readFileSync(file)).toString('latin1')
}

/** Lines of a dump that are about a call that is held and say what it is called with. */
const callsIn = (text: string): number =>
  text.split('\n').filter((line) => line.includes('clh_') && line.includes(FROZEN)).length

/** Files below the data folder that hold a text. */
const filesWith = (text: string): string[] =>
  readdirSync(data, { recursive: true })
    .map((name) => join(data, String(name)))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text))

async function until<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look()
    if (isSo(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const found = async (client: Client, text: string) => (await client.listTraces({ query: { text, limit: 100 } })).items

/** Everything that keeps what is said, once each; returns the traces of requests. */
async function sayAll(client: Client, phrase: string, spanTrace: string): Promise<string[]> {
  const whole = await tell(`Where is ${phrase}?`)
  const stream = await tell(`Is ${phrase} here?`, { stream: true })
  // Larger than what is read before it is settled.
  const large = await tell(`${phrase} ${'and so on '.repeat(8_000)}`)
  await post('/v1/responses', { model: 'parcels', input: `Keep ${phrase}`, store: true })
  const body = { trace: whole.trace, value: false, comment: `no ${phrase}`, correction: phrase }
  // What another process answered is known here a moment later.
  await until(
    () => client.recordFeedback({ body }).catch(() => undefined),
    (feedback) => feedback !== undefined,
  )
  await spans(spanTrace, '1'.repeat(16), phrase)
  await spans(spanTrace, '2'.repeat(16), `late ${phrase}`)
  return [whole.trace, stream.trace, large.trace]
}

test('nothing that is said lies readable in the spool, the database or a back-up; who may see it does', async () => {
  const before = await start(settings)
  await before.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await before.freezeRelease({ params: { name: 'parcels' }, body: {} })
  const me = await before.getMe()
  await before.createApplication({ body: { name: 'shop', files: shopFiles(me.name, FROZEN) } })
  await before.freezeRelease({ params: { name: 'shop' }, body: {} })
  await sayAll(before, OLD, SPANS_OF)
  await holdAll(before, OLD)
  await until(
    () => before.getTelemetryStatus(),
    ({ spooled }) => spooled === 0,
  )
  // In clear as long as nobody asks for more, so that what follows looks in the right places.
  const clear = await dump()
  expect(clear).toContain(OLD)
  expect(callsIn(clear)).toBeGreaterThan(0)
  await server?.kill('SIGTERM')

  // In several processes, each with a spool of its own.
  const sealed = await start({ ...sealing, AIRWORTHY_GATEWAY_WORKERS: '2' })
  const traces = await sayAll(sealed, NEW, TRACE_OF_SPANS)
  await holdAll(sealed, NEW)
  const forty = await Promise.all(Array.from({ length: 40 }, () => tell(`${NEW} again`)))
  await server?.kill('SIGKILL')
  expect(filesWith(NEW)).toEqual([])

  const after = await start(sealing)
  // Many at once go another way into the database.
  const copied = await Promise.all(Array.from({ length: 40 }, () => tell(`${NEW} once more`)))
  const all = async () => (await after.listTraces({ query: { limit: 100 } })).items
  // Six requests and one trace of spans each time, and twice forty.
  const everything = await until(all, ({ length }) => length === 94)
  expect(await dump()).not.toContain(NEW)
  for (const id of [...traces, ...[...forty.slice(0, 2), ...copied.slice(0, 2)].map(({ trace }) => trace)]) {
    const trace = await after.getTrace({ params: { id } })
    expect([trace.summary.question, JSON.stringify(trace.input), trace.output]).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining(NEW)),
    )
  }
  const [first = ''] = traces
  expect((await after.getTrace({ params: { id: first } })).feedback).toMatchObject([
    { comment: `no ${NEW}`, correction: NEW },
  ])
  const imported = await after.getTrace({ params: { id: TRACE_OF_SPANS } })
  expect(imported.summary).toMatchObject({ question: NEW, status: 'errored' })
  expect(imported.spans).toHaveLength(2)
  for (const span of imported.spans) {
    expect(span.status.message).toContain(NEW)
    expect(JSON.stringify([span.attributes, span.meaning.messages, span.events]).split(NEW).length).toBeGreaterThan(3)
  }
  expect((await found(after, NEW)).map(({ traceId }) => traceId)).toEqual(
    everything
      .filter(({ question, source }) => source === 'gateway' && question.includes(NEW))
      .map((one) => one.traceId),
  )

  const held = async (phrase: string) => {
    const { items } = await after.listHeldAnswers({ query: { application: 'shop' } })
    return items.filter(({ turns }) => JSON.stringify(turns).includes(phrase))
  }
  const ofShop = [
    expect.objectContaining({ answer: expect.any(String), given: `Not for ${NEW}.` }),
    expect.objectContaining({ given: null }),
  ]
  expect(await held(NEW)).toEqual(ofShop)
  // What was there before follows by itself, and the installation says when it is done.
  const look = async () => (await after.getPosture()).findings.find(({ id }) => id === 'sealed-traces')
  expect(await until(look, (finding) => finding?.verdict === 'sound')).toMatchObject({ verdict: 'sound' })
  const closed = await dump()
  expect(closed).not.toContain(OLD)
  expect(callsIn(closed)).toBe(0)
  const { items: calls } = await after.listHeldCalls({ query: { application: 'shop' } })
  expect(calls.map((call) => call.arguments)).toEqual(Array(4).fill(expect.stringContaining(FROZEN)))
  expect((await found(after, OLD)).length).toBeGreaterThan(2)
  expect((await after.getTrace({ params: { id: SPANS_OF } })).summary.question).toBe(OLD)
  await server?.kill('SIGTERM')
}, 180_000)

test('another master key seals no trace anew and opens all of them; the old one starts nothing', async () => {
  const old = readFileSync(join(data, 'master.key'), 'utf8')
  const environment = { ...sealing, ...(await engineOf(data)) }
  expect(await airworthyCommand(['rekey'], environment)).toMatchObject({ code: 0 })
  const client = await start(sealing)
  expect((await found(client, OLD)).length).toBeGreaterThan(2)
  // Sealed or not, a person is found and forgotten.
  await tell(`It is ${MAIL}`)
  await tell(`A refund for ${MAIL}`, { model: 'shop' })
  const heldOf = async () =>
    (await client.listHeldAnswers({ query: { application: 'shop' } })).items.filter(({ turns }) =>
      JSON.stringify(turns).includes(MAIL),
    )
  expect(await heldOf()).toHaveLength(1)
  await until(
    () => found(client, MAIL),
    ({ length }) => length === 2,
  )
  const { id } = await client.proposeDeletion({ body: { identifiers: [MAIL] } })
  const deletion = () => client.getDeletion({ params: { id } })
  await until(deletion, ({ state }) => state === 'proposed')
  await client.confirmDeletion({ params: { id } })
  await until(deletion, ({ state }) => state === 'done')
  expect([await found(client, MAIL), await heldOf()]).toEqual([[], []])

  const file = join(home, 'sealed.backup.gz')
  const copied = await airworthyCommand(['backup', file], { AIRWORTHY_URL: server?.url ?? '', AIRWORTHY_TOKEN: TOKEN })
  expect(copied).toMatchObject({ code: 0 })
  await server?.kill('SIGTERM')
  const target = join(home, 'restored')
  const restored = await airworthyCommand(['restore', file], {
    AIRWORTHY_DATA: target,
    AIRWORTHY_MASTER_KEY: old.trim(),
  })
  expect(restored).toMatchObject({ code: 4, err: expect.stringContaining('what was said in sealed traces') })
  const key = readFileSync(join(data, 'master.key'), 'utf8')
  const right = { AIRWORTHY_DATA: target, AIRWORTHY_MASTER_KEY: key.trim() }
  expect(await airworthyCommand(['restore', file], right)).toMatchObject({ code: 0 })
  writeFileSync(join(data, 'master.key'), old)
  await expect(startServer(sealing)).rejects.toThrow(/another master key/)
  writeFileSync(join(data, 'master.key'), key)
}, 180_000)
