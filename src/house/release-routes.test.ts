/** S4.4, S4.25, S1.21.1 · Routes of a release: who answers by what is asked, measured by suites of their own, and said. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { completion, json, type Says, well, withProviders } from '../testing/local-provider.ts'
import { runSuite } from '../testing/run-suite.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)

const MODELS = {
  answer: { model: 'large/m' },
  quick: { model: 'small/m', parameters: { temperature: 0 } },
  german: { model: 'deutsch/m' },
  baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
}
const ROUTE = {
  strategy: 'priority',
  targets: [
    { model: 'quick', when: { tasks: ['faq'], inputTokens: { atMost: 40 } } },
    { model: 'german', when: { languages: ['de'] } },
  ],
}
const step = (more: object = { route: ROUTE }) => [
  { id: 'answer', use: 'generate', prompt: 'answer', model: 'answer', ...more },
]
const files = (change: object = {}, more: Record<string, string> = {}) => {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const own = { ...JSON.parse(settings), models: MODELS, flow: step(), ...change }
  return { ...others, 'airworthy.yaml': JSON.stringify(own), ...more }
}
const broken: Says = (response) => json(response, { error: { message: 'We are down.' } }, 503)
const says: Record<string, Says> = {}
beforeAll(async () => {
  for (const name of ['large', 'small', 'deutsch']) {
    await local.provider(name, (...said) => (says[name] ?? well)(...said))
    await local.price(`${name}/m`, { input: '1', output: '1' })
  }
  await client.createApplication({ body: { name: 'shop', files: files({ cache: { minutes: 5 } }) } })
  await client.freezeRelease({ params: { name: 'shop' }, body: {} })
})
const GERMAN = 'Wo ist mein Paket, und wann kommt es bei mir an?'
let asked = 0
const ask = (content: string, { task, ...more }: { task?: string; stream?: boolean } = {}) => {
  asked += 1
  const body = { model: 'shop', user: `u${asked}`, messages: [{ role: 'user', content }], ...more }
  return local.post(body, { headers: task === undefined ? {} : { 'airworthy-metadata': JSON.stringify({ task }) } })
}
const chosen = ({ headers }: { headers: Headers }) => [
  headers.get('airworthy-target'),
  decodeURIComponent(headers.get('airworthy-target-reason') ?? ''),
]

test.for([
  ['its task', 'Where is it?', 'faq', 'quick', /^task faq, about 3 tokens, .*: it is for quick$/],
  ['another task', 'Where is it?', 'größe, 3', 'answer', /^task größe, 3, .*: no condition holds$/],
  ['its task, and too long', 'Where is it? '.repeat(40), 'faq', 'answer', /about 130 tokens/],
  ['its language', GERMAN, undefined, 'german', /language de: it is for german$/],
] as const)('%s decides who answers, whole and as a stream', async ([, content, task, target, why]) => {
  for (const stream of [false, true]) {
    const told = await ask(content, { stream, ...(task !== undefined && { task }) })
    expect([told.status, ...chosen(told)]).toEqual([200, target, expect.stringMatching(why)])
  }
})

test('who answered and why is in the trace, its explanation and the playground', async () => {
  const id = (await ask('Where is it?', { task: 'faq' })).headers.get('airworthy-trace') ?? ''
  const { summary, spans } = await local.trace(id)
  expect(summary).toMatchObject({ servedBy: 'small/m', application: 'shop' })
  expect(spans.find(({ name }) => name === 'chat small/m')?.attributes).toMatchObject({
    'airworthy.route.target': 'quick',
    'gen_ai.request.temperature': 0,
  })
  const explained = await client.explainAnswer({ params: { id } })
  expect(explained.targets).toMatchObject([{ step: 'answer', target: 'quick' }])
  expect(explained.words.join(' ')).toContain('The route of answer chose quick (task faq,')
  const { items } = await client.listReleases({ params: { name: 'shop' }, query: {} })
  const answered = await client.answerRelease({
    params: { id: items[0]?.id as never },
    body: { turns: [{ role: 'user', content: 'Where is it?' }], task: 'faq' },
  })
  expect(answered).toMatchObject({ servedBy: 'small/m', targets: [{ target: 'quick' }], fallbacks: [] })
})

test('a target that fails is answered for by who is meant, and the reason says so', async () => {
  says.small = broken
  const told = await ask('Where is it?', { task: 'faq' })
  expect([told.status, told.headers.get('airworthy-attempts'), ...chosen(told)]).toEqual([
    ...[200, '2', 'answer'],
    expect.stringContaining('it is for quick; small/m failed: models.upstream-failed.'),
  ])
  says.small = well
})

test('a kept answer is given to who names the same task, with who gave it', async () => {
  const question = { model: 'shop', user: 'same', messages: [{ role: 'user', content: 'Where is it?' }] }
  const as = (task: string) => local.post(question, { headers: { 'airworthy-metadata': JSON.stringify({ task }) } })
  const first = await as('faq')
  const [again, other] = [await as('faq'), await as('poetry')]
  expect([again, other].map(({ headers }) => headers.get('airworthy-cache'))).toEqual(['hit', 'miss'])
  expect([chosen(again), other.headers.get('airworthy-target')]).toEqual([chosen(first), 'answer'])
})

test('what a blueprint says of routes is checked before it is frozen', async () => {
  const refused = async (targets: readonly object[], more: Record<string, string> = {}) => {
    const given = files({ flow: step({ route: { strategy: 'latency', targets } }) }, more)
    const thrown = await client.putBlueprint({ params: { name: 'shop' }, body: { files: given } }).catch((one) => one)
    return JSON.stringify(thrown.problems ?? thrown.body ?? thrown)
  }
  expect(await refused([{ model: 'nobody' }])).toContain('there is no model nobody')
  expect(await refused([{ model: 'quick' }, { model: 'quick' }])).toContain('quick is asked already')
  expect(await refused([{ model: 'answer' }])).toContain('there is nobody to choose beside answer')
  expect(await refused([{ model: 'quick' }, { model: 'answer', when: { tasks: ['faq'] } }])).toContain(
    'answers what no condition is meant for',
  )
  const suite = JSON.stringify({ dataset: 'parcels', evaluators: ['token-f1'], target: 'german' })
  expect(await refused([{ model: 'quick' }], { 'evals/quick.yaml': suite })).toContain('has a route to german')
})

test('another route is told in words, and beyond the sandbox only targets with suites of their own answer', async () => {
  const suite = { dataset: 'parcels', evaluators: ['token-f1'], primary: 'token-f1', threshold: 0 }
  const echo = { answer: { model: 'scripted/fixed', parameters: { text: 'No.' } }, quick: { model: 'scripted/echo' } }
  const models = { ...MODELS, ...echo }
  const own = {
    'evals/quick.yaml': JSON.stringify({ ...suite, target: 'quick' }),
    'evals/parcels.yaml': JSON.stringify(suite),
  }
  const freeze = async (given: Record<string, string>) => {
    await client.putBlueprint({ params: { name: 'shop' }, body: { files: given } })
    return (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body.id
  }
  await freeze(files({ flow: step({}) }))
  const id = await freeze(files({ models }, own))
  const { items } = await client.getReleaseChanges({ params: { id }, query: {} })
  expect(items.find(({ kind }) => kind === 'flow')?.words).toContain(
    'the route of answer asks scripted/echo for task faq, at most 40 tokens, deutsch/m for language de, scripted/fixed for the rest (priority); before, it had none',
  )
  const { forward } = await client.getReleaseCompatibility({ params: { id }, query: {} })
  expect(forward.find(({ what }) => what === 'routes')?.words).toContain('deutsch/m for language de')
  const quality = async () => (await client.listEvidence({ query: { release: id, check: 'eval.quality' } })).items[0]
  const meant = await runSuite(client, id, 'parcels')
  expect([meant?.failed, (await quality())?.facts.unmeasuredTargets]).toEqual([0, { value: 2 }])
  const standIns = async () => (await client.listStandIns({ params: { id } })).items
  expect((await standIns()).map(({ name, words }) => [name, words])).toEqual([
    ['quick', 'Not run yet: quick. Run `airworthy eval`.'],
    ['german', 'No suite measures german alone. Write one with `target: german`.'],
  ])
  expect(await runSuite(client, id, 'quick')).toMatchObject({
    failed: 0,
    label: expect.stringContaining('quick alone'),
  })
  const [quick] = await standIns()
  expect(quick).toMatchObject({ as: 'target', suite: 'quick', against: 'parcels', comparison: { n: meant?.rows } })
  expect(quick?.comparison?.difference).toBeGreaterThan(0)
  expect(quick?.words).toMatch(/^Where quick answers, token-f1 differs by \+[\d.]+, .* over \d+ pairs: /)
  const left = await quality()
  expect([left?.facts.unmeasuredTargets, left?.summary]).toEqual([
    { value: 1 },
    expect.stringContaining('the target german. Give each a suite with `target: <name>`'),
  ])
})

test('by latency, load or price those without conditions take turns; the reason is the strategy', async () => {
  says.small = (response) => json(response, completion('Quick.'))
  const route = { strategy: 'cost', targets: [{ model: 'quick' }, { model: 'answer', weight: 2 }] }
  await local.price('small/m', { input: '0.1', output: '0.1' })
  await client.createApplication({ body: { name: 'cheap', files: files({ flow: step({ route }) }) } })
  await client.freezeRelease({ params: { name: 'cheap' }, body: {} })
  const told = await local.post({ model: 'cheap', messages: [{ role: 'user', content: 'Where is it?' }] })
  expect([...chosen(told), told.text.includes('Quick.')]).toEqual(['quick', 'cost', true])
})

test.for([undefined, 'none'] as const)(
  'a conversation goes on at the target that has read it (affinity: %s)',
  async (affinity) => {
    says.small = well
    const name = affinity ? 'forgetful' : 'mindful'
    const route = {
      strategy: 'weighted',
      targets: [{ model: 'quick' }, { model: 'answer' }],
      ...(affinity && { affinity }),
    }
    await client.createApplication({ body: { name, files: files({ flow: step({ route }) }) } })
    await client.freezeRelease({ params: { name }, body: {} })
    const said = (text: string) => ({
      role: 'user',
      content: `${text} ${'Of all that lies in the house. '.repeat(200)}`,
    })
    const turns: { role: string; content: string }[] = [said('Where is it?')]
    const next = async () => {
      const told = await local.post({ model: name, user: 'reader', messages: turns })
      turns.push({ role: 'assistant', content: 'There.' }, { role: 'user', content: 'And now?' })
      return chosen(told)
    }
    const [first = null, why] = await next()
    expect(why).toBe('weighted')
    // By chance, eight in a row would be one in 256.
    const targets = []
    const reasons = []
    for (let turn = 0; turn < 8; turn++) {
      const [target, reason] = await next()
      targets.push(target)
      reasons.push(reason)
    }
    const sticks = `weighted; ${first} has read the beginning of this conversation`
    expect([new Set(reasons), affinity ? targets.length : new Set(targets)]).toEqual(
      affinity ? [new Set(['weighted']), 8] : [new Set([sticks]), new Set([first])],
    )
    if (affinity) return
    // Another conversation begins anew, and who may not be asked is not.
    const other = await local.post({ model: name, user: 'other', messages: [said('Who has it?')] })
    expect(chosen(other)[1]).toBe('weighted')
    const provider = first === 'quick' ? 'small' : 'large'
    await client.switchOff({ params: { kind: 'provider', name: provider }, body: { reason: 'An incident.' } })
    const [target, reason] = await next()
    expect([target === first, reason]).toEqual([false, expect.stringContaining('weighted; ')])
    expect(reason).not.toContain('has read the beginning')
    await client.switchOn({ params: { kind: 'provider', name: provider }, query: { reason: 'It is over.' } })
    expect((await next())[1]).toBe(`weighted; ${target} has read the beginning of this conversation`)
  },
)

test('a model that fails is asked again after the pause that it asks for, where its step says so', async () => {
  const models = { answer: { model: 'once/m' }, baseline: MODELS.baseline }
  const name = 'patient'
  await local.price('once/m', { input: '1', output: '1' })
  const heard: number[] = []
  let [status, waitMs] = [503, 300]
  await local.provider('once', (response, said, times) => {
    heard.push(Date.now())
    if (heard.length % 2 === 0) return well(response, said, times)
    json(response, { error: { message: 'Not now.' } }, status, { 'retry-after-ms': String(waitMs) })
  })
  await client.createApplication({ body: { name, files: files({ models, flow: step({ retries: 2 }) }) } })
  await client.freezeRelease({ params: { name }, body: {} })
  for (const stream of [false, true]) {
    const told = await local.post({ model: name, stream, messages: [{ role: 'user', content: 'Where is it?' }] })
    expect([told.status, told.headers.get('airworthy-attempts')]).toEqual([200, '2'])
    expect((heard.at(-1) ?? 0) - (heard.at(-2) ?? 0)).toBeGreaterThanOrEqual(290)
    const { spans } = await local.trace(told.headers.get('airworthy-trace'))
    expect(spans.filter(({ name: span }) => span === 'chat once/m').map(({ status: { code } }) => code)).toEqual([
      'error',
      'ok',
    ])
  }
  const attempts = async () => {
    const told = await local.post({ model: name, messages: [{ role: 'user', content: 'Where is it?' }] })
    return [told.headers.get('airworthy-attempts'), heard.length]
  }
  // What is wrong with the request itself is not asked again, nor who wants to be left alone for longer than anybody waits.
  status = 400
  expect(await attempts()).toEqual(['1', 5])
  heard.pop()
  ;[status, waitMs] = [503, 60_000]
  expect(await attempts()).toEqual(['1', 5])
})
