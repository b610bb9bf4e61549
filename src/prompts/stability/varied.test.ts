/** Suites of varied questions from the command and the route to the figure: by rule, and with a scripted model. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { airworthyCommand } from '../../testing/child.ts'
import { completion, json, type Says, withProviders } from '../../testing/local-provider.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const { provider, price, close } = withProviders(airworthy)
afterAll(async () => {
  close()
  await airworthy.close()
})

const SLOW = 60_000
const params = { name: 'desk' }
const QUESTIONS = {
  q1: 'How do I pay for my order?',
  q2: 'May I return it after 30 days?',
  q3: 'Where is the order A-4711 now?',
  q4: 'Who pays the fees at the door?',
}
const rows = [
  ...Object.entries(QUESTIONS).map(([id, input]) => ({ id, input, expected: input })),
  { id: 'h', input: 'A question of the exam?', split: 'holdout' },
]
const files = {
  'airworthy.yaml':
    'models: { m: { model: scripted/echo } }\nflow: [{ id: a, use: generate, prompt: answer, model: m }]\n',
  'prompts/answer.prompt': '{{question}}',
  'datasets/questions.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
  'evals/questions.yaml': 'dataset: questions\nsplits: [regress, holdout]\nevaluators: [token-f1]\n',
}
await client.createApplication({ body: { ...params, files } })

/** Freezes, runs a suite and waits for its end. */
async function measured(suite: string) {
  const { body: release } = await client.freezeRelease({ params, body: {} })
  const started = await client.createExperiment({ params: { id: release.id }, body: { suite, against: null } })
  if (started.status !== 201) throw new Error(`The experiment did not start: ${JSON.stringify(started.body)}`)
  const get = () => client.getExperiment({ params: { id: started.body.id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).not.toMatch(/queued|running/)
  return get()
}

async function variants() {
  const found = await client.getBlueprint({ params })
  return String(found.files['datasets/questions-perturbed.jsonl'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What the model answers to a question, by the words of it that it was asked about. */
const answers: Record<string, unknown> = {}
const says: Says = (response, { text }) => {
  const [, asked] = Object.entries(answers).find(([question]) => text.includes(question)) ?? []
  json(response, completion(typeof asked === 'string' ? asked : JSON.stringify({ variants: asked })))
}
const mind = await provider('mind', says)
const asked = { suite: 'questions', model: 'mind/writer', languages: ['de'], kinds: ['case' as const] }

async function reworded(more: Partial<Parameters<typeof client.startRewording>[0]['body']> = {}) {
  const { body, status } = await client.startRewording({ params, body: { ...asked, ...more } })
  if (body.kind !== 'started') throw new Error(`not started: ${status}`)
  const get = () => client.getRewording({ params: { ...params, id: body.id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).not.toMatch(/queued|running/)
  return get()
}

test('a suite is varied by rule, and an experiment over the variants says how steady the answers are', async () => {
  const varied = await client.writeStabilitySuite({
    params,
    body: { suite: 'questions', most: 3, kinds: ['case', 'typo'] },
  })
  expect(varied).toMatchObject({ suite: 'questions-stability', originals: 3, variants: 6, written: true })
  const { id, state } = await measured('questions-stability')
  expect(state).toBe('succeeded')
  const { evaluator, stability, measured: parts } = await client.getStability({ params: { id } })
  expect(evaluator).toBe('token-f1')
  expect(stability).toMatchObject({ n: 6, questions: 3, missing: 0, by: { case: { n: 3, stable: 1 }, typo: { n: 3 } } })
  expect(parts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['prompt', 'model', 'flow']))
  const plain = await measured('questions')
  await expect(client.getStability({ params: { id: plain.id } })).rejects.toMatchObject({ code: 'prompts.no-variants' })
  const none = { suite: 'nothing' }
  await expect(client.writeStabilitySuite({ params, body: none })).rejects.toMatchObject({
    code: 'prompts.suite-unknown',
  })
})

test('a model is quoted first, and not asked over a limit, without a price under one, or for nothing', async () => {
  const start = (more: object) => client.startRewording({ params, body: { ...asked, ...more } })
  expect(await start({ dryRun: true })).toMatchObject({
    status: 200,
    body: { kind: 'quote', quote: { calls: 4, variants: 8, there: 0, costMicroUsd: null } },
  })
  expect((await start({ maxCostMicroUsd: '1000000' })).body.kind).toBe('over-budget')
  // The application has a cap on money, of which nothing could be reserved.
  await expect(start({})).rejects.toMatchObject({ code: 'gateway.price-unknown' })
  await price('mind/writer', { input: '1', output: '2' })
  const { body } = await start({ maxCostMicroUsd: '1' })
  expect(body).toMatchObject({ kind: 'over-budget' })
  expect(Number(body.quote.costMicroUsd)).toBeGreaterThan(100)
  await expect(start({ model: 'nobody/knows' })).rejects.toMatchObject({ status: 400 })
  await expect(start({ languages: ['xx'] })).rejects.toMatchObject({ status: 400 })
  await expect(start({ languages: [], paraphrases: 0 })).rejects.toMatchObject({ status: 400 })
  expect(mind.heard).toEqual([])
})

test('a model that is away or answers nonsense alone fails the work with its words, and writes nothing', async () => {
  for (const question of Object.values(QUESTIONS)) answers[question] = 'I would rather not.'
  const before = await client.getBlueprint({ params })
  expect(await reworded()).toMatchObject({
    state: 'failed',
    result: null,
    error: expect.stringContaining('I would rather not'),
  })
  expect(await client.getBlueprint({ params })).toEqual(before)
})

test('what a model gives is checked, kept with its lineage, and asked for once', async () => {
  const de = (text: string) => ({ kind: 'de', text })
  const paraphrase = (text: string) => ({ kind: 'paraphrase', text })
  Object.assign(answers, {
    [QUESTIONS.q1]: [paraphrase('In what way can I pay for my order?'), de('Wie bezahle ich meine Bestellung?')],
    [QUESTIONS.q2]: [paraphrase('Is a return possible after 14 days?'), de('Darf ich es nach 30 Tagen zurückgeben?')],
    [QUESTIONS.q3]: [paraphrase(QUESTIONS.q3.toUpperCase())],
  })
  const heardBefore = mind.heard.length
  const { result, quote } = await reworded()
  expect(quote).toMatchObject({ calls: 4, variants: 8 })
  expect(result).toMatchObject({
    given: 5,
    kept: 3,
    dropped: { number: 1, same: 1, missing: 1 },
    droppedVariants: expect.arrayContaining([
      { of: 'q2', kind: 'paraphrase-by-model', flaw: 'number', why: expect.stringContaining('number') },
    ]),
    failed: 1,
    problem: expect.stringContaining('I would rather not'),
    snapshots: ['m-2026'],
    stoppedEarly: null,
    originals: 4,
    variants: 7,
  })
  // Four answers of a thousand tokens in and a hundred out.
  expect(result?.spentMicroUsd).toBe('4800')
  const german = (await variants()).find(({ id }) => id === 'q2~language:de')
  expect(german).toMatchObject({
    input: 'Darf ich es nach 30 Tagen zurückgeben?',
    expected: QUESTIONS.q2,
    cluster: 'q2',
    synthetic: true,
    source: 'language:de of q2 by mind/writer',
    metadata: {
      of: 'q2',
      perturbation: 'language:de',
      generated: { model: 'mind/writer', snapshot: 'm-2026', prompt: expect.stringMatching(/^sha256:/) },
    },
  })
  const heard = mind.heard.slice(heardBefore).map(({ text }) => text)
  expect(heard).toHaveLength(4)
  expect(heard.join()).not.toContain('exam')

  // What is there is not asked for again, and stays when questions are varied by rule alone.
  answers[QUESTIONS.q3] = [paraphrase('At which place is the order A-4711 at the moment?'), de('Wo ist A-4711 jetzt?')]
  answers[QUESTIONS.q4] = [paraphrase('By whom are the fees at the door paid?'), de('Wer zahlt die Gebühren?')]
  const second = await reworded()
  expect([second.quote.calls, second.quote.there, second.result?.kept]).toEqual([3, 3, 4])
  await client.writeStabilitySuite({ params, body: { suite: 'questions', kinds: ['order'], most: 1 } })
  expect((await variants()).filter(({ metadata }) => metadata?.generated)).toHaveLength(7)
  expect((await client.listRewordings({ params })).items).toHaveLength(3)
})

test('the figure has a row for paraphrases and one for each language', async () => {
  const { id } = await measured('questions-stability')
  const { stability } = await client.getStability({ params: { id } })
  // The echo answers in the words of the question, which are others.
  expect(stability.by).toMatchObject({
    'paraphrase-by-model': { n: 3, questions: 3, stable: 0, missing: 0, interval: { low: 0 } },
    'language:de': { n: 4, questions: 4, stable: 0 },
  })
})

test('variants of a question whose words change are gone with them', async () => {
  const { files: now } = await client.getBlueprint({ params })
  const text = String(now['datasets/questions.jsonl']).replaceAll(QUESTIONS.q1, 'How do I pay by card?')
  await client.putBlueprint({ params, body: { files: { ...now, 'datasets/questions.jsonl': text } } })
  await client.writeStabilitySuite({ params, body: { suite: 'questions', kinds: ['case'] } })
  const of = (await variants()).filter(({ metadata }) => metadata?.generated).map(({ metadata }) => metadata.of)
  expect(new Set(of)).toEqual(new Set(['q2', 'q3', 'q4']))
})

test(
  'the command says what a model takes and what came of it, goes on after a cap, and wants a model for languages',
  async () => {
    const run = (words: string) =>
      airworthyCommand(
        words.split(' '),
        { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: airworthy.data },
        airworthy.data,
      )
    const vary = 'prompts vary questions desk --model mind/other --paraphrases 0 --languages fr --kinds case'
    await price('mind/other', { input: '1', output: '2' })
    for (const question of Object.keys(answers)) answers[question] = [{ kind: 'fr', text: 'Est-ce que A-4711 ?' }]
    answers['pay by card'] = [{ kind: 'fr', text: 'Comment payer par carte ?' }]
    expect(await run(`${vary} --dry-run`)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^4 calls for at most 4 variants, 0 are there already; \d+ micro-USD\.\n$/),
    })
    const cap = (requestsPerDay: number | null) =>
      client.setScopeLimits({ params: { scope: 'model', name: 'mind/other' }, body: { requestsPerDay } })
    await cap(1)
    const stopped = await run(vary)
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('It stopped after 1 of 4 calls.') })
    await cap(null)
    const before = mind.heard.length
    const { out } = await run(vary)
    expect(mind.heard.length - before).toBeLessThanOrEqual(3)
    // Which of the four the cap let through is not said; two of them are not kept.
    expect(out).toMatch(/(1 of 3|2 of 4) variants of the model were kept\.\nNot kept: number 2\./)
    expect(out).toMatch(/q2 +language:fr +A number of the question is missing/)
    expect(out).toContain('Next: airworthy freeze desk, airworthy eval desk --suite questions-stability --against none')
    expect(await run('prompts vary questions desk --languages fr')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name one with --model'),
    })
  },
  SLOW,
)

const desk = {
  'airworthy.yaml':
    'models: { m: { model: mind/clerk } }\nflow: [{ id: a, use: generate, prompt: answer, model: m }]\n',
  'prompts/_tone.prompt': 'Stay friendly to everybody.',
  'prompts/answer.prompt': [
    '---',
    'examples: { dataset: shots, ids: [s1, s2] }',
    '---',
    '{{role "system"}}',
    'Give the code of the case alone.',
    '{{> tone}}',
    '',
    'Note: the code is all that is wanted.',
    '{{#each examples}}{{input}} -> {{expected}};{{/each}}',
    '{{role "user"}}',
    '{{question}}',
  ].join('\n'),
  'datasets/shots.jsonl': ['s1', 's2']
    .map((id) => JSON.stringify({ id, input: `Shown ${id}`, expected: `Code ${id}`, split: 'build' }))
    .join('\n'),
  'datasets/cases.jsonl': Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({ id: `c${at}`, input: `Case ${at}?`, expected: `K${at}` }),
  ).join('\n'),
  'evals/cases.yaml': 'dataset: cases\nevaluators: [exact]\n',
}

test(
  'a prompt in other words is measured as arms of one experiment: which wording moves the score, which is open',
  async () => {
    await client.createApplication({ body: { name: 'sorter', files: desk } })
    const { body: release } = await client.freezeRelease({ params: { name: 'sorter' }, body: {} })
    const of = { params: { id: release.id } }
    for (const model of ['mind/clerk', 'mind/writer']) await price(model, { input: '1', output: '2' })
    const clerk: Says = (response, { text }) => {
      const asked = JSON.parse(text) as { model: string; messages: { content: string }[] }
      const words = asked.messages.map(({ content }) => content).join('\n')
      if (asked.model === 'writer')
        return json(
          response,
          completion(
            JSON.stringify({
              pieces: ['Reply with nothing but the code of the case.', 'Remark: only the code is wanted.'],
            }),
          ),
        )
      const code = `K${/Case (\d+)\?/.exec(words)?.[1]}`
      return json(response, completion(words.includes('Please') ? `With pleasure: ${code}` : code))
    }
    const { heard } = await provider('mind', clerk)
    const model = 'mind/writer'
    const { body: quote } = await client.makeWordings({
      ...of,
      body: { paraphrase: { model, count: 2 }, dryRun: true },
    })
    expect(quote).toMatchObject({ kind: 'quote', calls: 2, costMicroUsd: expect.stringMatching(/^\d+/) })
    const { status } = await client.makeWordings({ ...of, body: { paraphrase: { model }, maxCostMicroUsd: '1' } })
    expect([status, heard]).toEqual([409, []])
    await expect(client.makeWordings({ ...of, body: { prompt: 'none' } })).rejects.toMatchObject({
      code: 'prompts.prompt-unknown',
    })
    const { body: made } = await client.makeWordings({ ...of, body: { paraphrase: { model, count: 2 } } })
    expect(made).toMatchObject({
      unchanged: ['separators'],
      dropped: [{ name: 'wording-paraphrase-2', flaw: 'same' }],
      spentMicroUsd: '2400',
      snapshot: 'm-2026',
    })

    const run = (words: string) =>
      airworthyCommand(
        words.split(' '),
        { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: airworthy.data },
        airworthy.data,
      )
    const before = heard.length
    const dry = await run(`prompts wording cases sorter --model ${model} --paraphrases 2 --dry-run`)
    expect([dry.code, dry.out, heard.length]).toEqual([
      0,
      expect.stringMatching(/\n8 arms: 96 calls, \$0\.\d+/),
      before,
    ])
    const { code, out } = await run(`prompts wording cases sorter --model ${model}`)
    expect(out).toMatch(/politeness +0 \[.+ +12 +-1 \[.+ +MOVED +-/)
    expect(out).toMatch(/verb +1 \[.+ +12 +0 \[.+ +INCONCLUSIVE +\d+/)
    expect(out).toContain('From the prompt as it is to politeness: 1 [')
    // One wording moves the score.
    expect(code).toBe(1)
    const id = /exp_\w+/.exec(out)?.[0] ?? ''
    const { wordings, spread, margin, measured: parts } = await client.getWordingStability({ params: { id } })
    expect(wordings.map(({ arm, stable, verdict }) => [arm, stable, verdict])).toEqual([
      ['wording-example-order', 1, 'INCONCLUSIVE'],
      ['wording-whitespace', 1, 'INCONCLUSIVE'],
      ['wording-label-case', 1, 'INCONCLUSIVE'],
      ['wording-politeness', 0, 'MOVED'],
      ['wording-verb', 1, 'INCONCLUSIVE'],
      ['wording-paraphrase-1', 1, 'INCONCLUSIVE'],
    ])
    expect(wordings.every(({ n, missing }) => n === 12 && missing === 0)).toBe(true)
    expect(spread).toMatchObject({ worst: 'wording-politeness', difference: 1, n: 12, verdict: 'MOVED' })
    expect(margin).toBe(0.05)
    expect(parts.map(({ kind }) => kind)).toContain('prompt')

    // Every arm had the partial, and one the examples the other way round.
    const told = heard.map(({ text }) => text).filter((text) => text.includes('Case 3?'))
    expect(told).toHaveLength(7)
    expect(told.every((text) => text.includes('Stay friendly to everybody.'))).toBe(true)
    expect(told.filter((text) => text.includes('Shown s2 -> Code s2;Shown s1'))).toHaveLength(1)
    expect(told.filter((text) => text.includes('NOTE: the code'))).toHaveLength(1)
    expect(await run(`prompts stability ${id}`)).toMatchObject({ code: 1, out: expect.stringContaining('label-case') })
    const plain = await measured('questions')
    await expect(client.getWordingStability({ params: { id: plain.id } })).rejects.toMatchObject({
      code: 'prompts.no-wordings',
    })
  },
  SLOW,
)
