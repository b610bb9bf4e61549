/** Files that are made for blueprints: patterns, sessions that are kept, and the suites of a task contract. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { withProviders } from '../testing/local-provider.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const { provider, close } = withProviders(airworthy)
afterAll(async () => {
  close()
  await airworthy.close()
})

/** Freezes, runs a suite and waits for its end. */
async function measured(name: string, suite: string) {
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const started = await client.createExperiment({ params: { id: release.id }, body: { suite } })
  if (started.status !== 201) throw new Error(`The experiment did not start: ${JSON.stringify(started.body)}`)
  const get = () => client.getExperiment({ params: { id: started.body.id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).not.toMatch(/queued|running/)
  return get()
}

const PATTERNS = ['chain-of-thought', 'critique-with-tool', 'decompose', 'few-shot', 'least-to-most', 'react']

test('the library lists its patterns, each with cases to begin with', async () => {
  const { items } = await client.listPromptPatterns()
  expect(items.map(({ name }) => name)).toEqual(PATTERNS)
  for (const { cases, source } of items) expect([cases > 3, source !== '']).toEqual([true, true])
})

test.for(PATTERNS)('%s begins an application whose suite runs, and whose prompt lint does not fault', async (name) => {
  const application = `by-${name}`
  const body = { application, prompt: 'answer', model: 'scripted/echo' }
  const made = await client.copyPromptPattern({ params: { pattern: name }, body })
  expect(made).toMatchObject({ status: 201, body: { suite: 'answer' } })
  expect((await client.lintPrompts({ params: { name: application }, body: {} })).items).toEqual([])
  const { state, progress, arms } = await measured(application, 'answer')
  expect([state, progress.done > 3]).toEqual(['succeeded', true])
  expect(arms[0]?.scores.map(({ evaluator, errors }) => [evaluator, errors])).toContainEqual(['regex', 0])
  expect((await client.listPromptVersions({ params: { name: application, prompt: 'answer' } })).items).toHaveLength(1)
})

test('a pattern is put beside what is there, and writes over nothing', async () => {
  const ask = { params: { pattern: 'few-shot' }, body: { application: 'by-react', prompt: 'sort' } }
  expect((await client.copyPromptPattern({ ...ask, body: { ...ask.body, dryRun: true } })).status).toBe(200)
  const { body } = await client.copyPromptPattern(ask)
  expect(Object.keys(body.files)).toEqual(['prompts/sort.prompt', 'datasets/sort-cases.jsonl', 'evals/sort.yaml'])
  expect(Object.keys((await client.getBlueprint({ params: { name: 'by-react' } })).files)).toContain(
    'prompts/answer.prompt',
  )
  await expect(client.copyPromptPattern(ask)).rejects.toMatchObject({ status: 409, code: 'prompts.file-taken' })
  await expect(client.copyPromptPattern({ ...ask, params: { pattern: 'magic' } })).rejects.toMatchObject({
    status: 404,
    code: 'prompts.pattern-unknown',
  })
})

test('a session with a model becomes an application with its questions as cases, in one call', async () => {
  const question = { role: 'user' as const, content: 'Open on Sunday?' }
  const kept = await client.keepAsApplication({
    body: {
      name: 'kept',
      from: { kind: 'model', model: 'scripted/echo', system: 'Say {{yes}} or no.', parameters: { latencyMs: 0 } },
      cases: [
        { turns: [question], expected: 'Open on Sunday?' },
        { turns: [question, { role: 'assistant', content: 'No.' }, { role: 'user', content: 'And on Monday?' }] },
      ],
    },
  })
  expect(kept).toMatchObject({ name: 'kept', cases: 2, notes: [] })
  const { state, arms } = await measured('kept', 'session')
  expect(state).toBe('succeeded')
  expect(arms[0]?.scores.find(({ evaluator }) => evaluator === 'token-f1')).toMatchObject({
    n: 1,
    missing: 1,
    mean: 1,
  })
  const [version] = (await client.listPromptVersions({ params: { name: 'kept', prompt: 'answer' } })).items
  expect(version?.body).toContain('Say \\{{yes}} or no.')
})

test('a session with a release takes its prompts, models, flow and documents along', async () => {
  await client.createApplication({ body: { name: 'shop', template: 'support-assistant' } })
  const { body: release } = await client.freezeRelease({ params: { name: 'shop' }, body: {} })
  const cases = [{ turns: [{ role: 'user' as const, content: 'Which cards can I pay with?' }] }]
  const keep = (body: Partial<Parameters<typeof client.keepAsApplication>[0]['body']>) =>
    client.keepAsApplication({
      body: { name: 'shop-kept', from: { kind: 'release', release: release.id }, cases, ...body },
    })
  expect(await keep({})).toMatchObject({ cases: 1, notes: [expect.stringContaining('documents are those of shop')] })
  const { body: second } = await client.freezeRelease({ params: { name: 'shop-kept' }, body: {} })
  const digests = (of: typeof release) => ({
    prompts: of.manifest.prompts.map(({ digest }) => digest),
    models: of.manifest.models.map(({ digest }) => digest),
    flow: of.manifest.flow.digest,
    index: of.manifest.index?.digest,
  })
  expect(digests(second)).toEqual(digests(release))
  await expect(keep({})).rejects.toMatchObject({ status: 409, code: 'delivery.name-taken' })
  const open = [{ turns: [{ role: 'assistant' as const, content: 'Hello' }] }]
  await expect(keep({ name: 'other', cases: open })).rejects.toMatchObject({ code: 'prompts.case-without-question' })
})

test('a task contract yields suites for both sides, which are written anew with it', async () => {
  const task = (instead: string) => `task: Answers questions about orders.
inScope:
  - what: delivery
    examples: [How long does delivery take?, { question: What does it cost?, expected: 4.50 euros }]
outOfScope:
  - what: medical advice
    examples: [Is tea good against a cold?]
instead: ${instead}
`
  const params = { name: 'kept' }
  await expect(client.writeTaskSuites({ params, body: {} })).rejects.toMatchObject({ code: 'prompts.task-missing' })
  const { files } = await client.getBlueprint({ params })
  const put = (text: string) => client.putBlueprint({ params, body: { files: { ...files, 'task.yaml': text } } })
  await expect(put('task: only this')).rejects.toMatchObject({ status: 400, problems: [{ file: 'task.yaml' }, {}, {}] })
  for (const instead of ['I do not answer this', 'Is tea good']) {
    await put(task(instead))
    expect(await client.writeTaskSuites({ params, body: {} })).toMatchObject({
      inScope: 2,
      outOfScope: 1,
      written: true,
    })
  }
  // Before anything was asked, coverage says which kinds of the contract have too few cases.
  const { items: frozen } = await client.listReleases({ params: { name: 'kept' } })
  const [newest] = frozen
  if (newest)
    expect(await client.getCoverage({ params: { id: newest.id } })).toMatchObject({
      basis: 'declared',
      groups: 2,
      coveredShare: 0,
    })
  // The echo says what it was asked, so it holds the words of the second contract and none of them in scope.
  const value = async (suite: string) => {
    const { arms } = await measured('kept', suite)
    return arms[0]?.scores[0]?.mean
  }
  expect(await value('task-in-scope')).toBe(1)
  expect(await value('task-out-of-scope')).toBe(1)
})

test('a bias suite asks the questions of a suite by pairs of people, and the template brings one that runs', async () => {
  const params = { name: 'shop' }
  const made = await client.writeBiasSuite({ params, body: { suite: 'questions', most: 2, dryRun: true } })
  expect(made).toMatchObject({ suite: 'questions-bias', questions: 2, cases: 20, written: false })
  const strange = { suite: 'questions', attributes: ['shoes'] }
  await expect(client.writeBiasSuite({ params, body: strange })).rejects.toMatchObject({
    code: 'prompts.attribute-unknown',
  })
  const { state, slices } = await measured('shop', 'questions-bias')
  expect(state).toBe('succeeded')
  expect(new Set(slices.map(({ by }) => by))).toEqual(new Set(['gender', 'age', 'origin']))
})

test('a prompt is tuned on the build split under a budget, and the holdout is never asked', async () => {
  const rows = Array.from({ length: 24 }, (_, i) => ({
    id: `t${i}`,
    input: `Say ${i}`,
    expected: `Say ${i}`,
    split: i < 12 ? 'build' : 'holdout',
  }))
  const files = {
    'airworthy.yaml':
      'models: { m: { model: scripted/echo } }\nflow: [{ id: a, use: generate, prompt: answer, model: m }]\n',
    'prompts/answer.prompt': '{{question}}',
    'datasets/d.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
    'evals/s.yaml': 'dataset: d\nsplits: [holdout]\nevaluators: [exact]\n',
  }
  await client.createApplication({ body: { name: 'tuned', files } })
  const { body: release } = await client.freezeRelease({ params: { name: 'tuned' }, body: {} })
  const params = { id: release.id }
  const body = { suite: 's', budget: 60, sweep: { latencyMs: [0, 1] } }
  expect(await client.startTuning({ params, body: { ...body, dryRun: true } })).toMatchObject({
    status: 200,
    body: { kind: 'quote', variants: 14, examples: 8 },
  })
  await expect(client.startTuning({ params, body: { ...body, budget: 3 } })).rejects.toMatchObject({
    code: 'prompts.budget-too-small',
  })
  const started = await client.startTuning({ params, body })
  const id = started.body.kind === 'started' ? started.body.id : ''
  const get = () => client.getTuning({ params: { id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).toBe('succeeded')
  const { result } = await get()
  expect(result).toMatchObject({ split: 'build', evaluator: 'exact' })
  expect(result?.calls).toBeLessThanOrEqual(60)
  expect(result?.variants.filter(({ outAfter }) => outAfter === null).map((one) => one.id)).toEqual([result?.best])
  expect(result?.prompt).toContain('{{question}}')
  // Of 24 cases 12 are held out, and 4 are shown as examples: nobody was asked more than the 8 that remain.
  expect(Math.max(...(result?.variants.map(({ n, errors }) => n + errors) ?? []))).toBe(8)
  const { items } = await client.listTunings({ params: { name: 'tuned' } })
  expect(items).toMatchObject([{ id, suite: 's', prompt: 'answer', state: 'succeeded' }])
})

test('a tuning of which no answer has a score chooses nothing, ends after its first round, and says why', async () => {
  const [release] = (await client.listReleases({ params: { name: 'tuned' } })).items
  const params = { id: release?.id ?? ('' as never) }
  const started = await client.startTuning({ params, body: { suite: 's', budget: 60, sweep: { warmth: [0, 1] } } })
  const id = started.body.kind === 'started' ? started.body.id : ''
  const get = () => client.getTuning({ params: { id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).toBe('failed')
  expect(await get()).toMatchObject({
    result: null,
    error: expect.stringMatching(/^None of \d+ answers has a score\. \d+ failed, the first with: .*warmth/),
  })
})

const saying = (text: string) => JSON.stringify({ choices: [{ message: { role: 'assistant', content: text } }] })

test('a model proposes instructions from failures of the build split, sees no other case, and is counted', async () => {
  const splits = ['build', 'holdout', 'regress', 'calibration'] as const
  const rows = Array.from({ length: 24 }, (_, at) => {
    const split = splits[at % 4] ?? 'build'
    return { id: `${split}-${at}`, input: `Asked-${split}-${at}?`, expected: `Wanted-${split}-${at}.`, split }
  })
  const proposals = [
    { how: 'add', text: 'Answer with the words that are wanted.', why: 'It repeated the question.' },
    { how: 'rewrite', text: 'Say Wanted-build-8. Always say it.' },
  ]
  const mind = await provider('mind', (response, { text }) => {
    response.setHeader('content-type', 'application/json')
    const isProposing = text.includes('You improve the instructions')
    response.end(saying(JSON.stringify(isProposing ? { proposals } : { reason: 'No.', verdict: false })))
  })
  const criterion = 'is what was wanted'
  const files = {
    'airworthy.yaml':
      'models: { m: { model: scripted/echo } }\nflow: [{ id: a, use: generate, prompt: answer, model: m }]\n',
    'prompts/answer.prompt': '{{role "system"}}Be kind.\n{{role "user"}}{{question}}',
    'datasets/d.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
    'evals/s.yaml': `dataset: d\nsplits: [holdout]\nevaluators: [{use: criterion, options: {criterion: ${criterion}, judge: {model: mind/judge}}}]\n`,
  }
  await client.createApplication({ body: { name: 'proposed', files } })
  const { body: release } = await client.freezeRelease({ params: { name: 'proposed' }, body: {} })
  const params = { id: release.id }
  const proposer = { model: 'mind/proposer', count: 2, task: 'Answers at the desk.' }
  const body = { suite: 's', budget: 60, proposer }
  await expect(
    client.startTuning({ params, body: { ...body, proposer: { ...proposer, model: 'nobody/knows' } } }),
  ).rejects.toMatchObject({ status: 400 })
  const { body: quote } = await client.startTuning({ params, body: { ...body, dryRun: true } })
  // Present, four that are built in, two examples, two proposals; each answer is asked for and judged.
  expect(quote).toMatchObject({ kind: 'quote', variants: 8, costMicroUsd: null })
  if (quote.kind !== 'quote') throw new Error('It was quoted.')
  const { application, judge } = quote.questions
  expect([judge, quote.questions.proposer, quote.calls <= 60]).toEqual([application, 2, true])
  expect(mind.heard).toEqual([])

  const started = await client.startTuning({ params, body })
  const id = started.body.kind === 'started' ? started.body.id : ''
  const get = () => client.getTuning({ params: { id } })
  await expect.poll(async () => (await get()).state, { timeout: 20_000, interval: 50 }).toBe('succeeded')
  const { result } = await get()
  expect(result?.proposing).toMatchObject({
    model: 'mind/proposer',
    questions: 1,
    problem: null,
    proposals: [
      { id: 'proposal-1', ...proposals[0], refused: null },
      { id: 'proposal-2', refused: expect.stringContaining('repeats the case build-8') },
    ],
  })
  const origins = result?.variants.map((one) => [one.id, one.origin])
  expect(origins).toContainEqual(['proposal-1', 'model'])
  expect(origins).not.toContainEqual(['proposal-2', 'model'])
  expect(result?.calls).toBeLessThanOrEqual(60)
  expect(mind.heard).toHaveLength((result?.questions?.judge ?? 0) + 1)
  expect(result?.calls).toBe((result?.questions?.application ?? 0) + mind.heard.length)

  const [asked = ''] = mind.heard
    .map(({ text }) => text)
    .filter((text) => text.includes('You improve the instructions'))
  expect(asked).toContain('Asked-build-8?')
  expect(asked).toContain('Answers at the desk.')
  for (const { input, expected } of rows.filter(({ split }) => split !== 'build')) {
    for (const { text } of mind.heard) expect(text).not.toContain(input)
    for (const { text } of mind.heard) expect(text).not.toContain(expected)
  }
})

test('a dataset that is held out as a whole gives tuning nothing to see', async () => {
  const { files } = await client.getBlueprint({ params: { name: 'tuned' } })
  const sealed = {
    ...files,
    'datasets/d.jsonl': '{"id":"a","input":"Say it","expected":"it","split":"holdout"}',
  }
  await client.putBlueprint({ params: { name: 'tuned' }, body: { files: sealed } })
  const { body: release } = await client.freezeRelease({ params: { name: 'tuned' }, body: {} })
  await expect(
    client.startTuning({ params: { id: release.id }, body: { suite: 's', budget: 60 } }),
  ).rejects.toMatchObject({ code: 'prompts.no-build-split' })
})

test('a suite over one prompt asks the step of that prompt alone, and one that no step asks is refused with its place', async () => {
  const name = 'two-steps'
  const prompt = (text: string) => `---\ninput:\n  schema:\n    question: string\n---\n${text}{{question}}\n`
  const files = {
    'airworthy.yaml':
      'models: {first: {model: scripted/echo}, second: {model: scripted/fixed, parameters: {text: done}}}\nflow: main\n',
    'flows/main.yaml':
      'steps: [{id: rewrite, use: generate, prompt: rewrite, model: first}, {id: answer, use: generate, prompt: answer, model: second}]\n',
    'prompts/rewrite.prompt': prompt('Say it again: '),
    'prompts/answer.prompt': prompt(''),
    'datasets/questions.jsonl': `${JSON.stringify({ id: 'q1', input: 'Open?', expected: 'Say it again: Open?' })}\n`,
    'evals/rewriting.yaml': 'dataset: questions\nevaluators: [contains]\nprompt: rewrite\n',
    'evals/whole.yaml': 'dataset: questions\nevaluators: [contains]\nkind: application\n',
  }
  await client.createApplication({ body: { name, files } })
  const alone = await measured(name, 'rewriting')
  expect(alone).toMatchObject({
    state: 'succeeded',
    registered: { kind: 'prompt' },
    arms: [{ label: 'release 1, rewrite alone', scores: [{ evaluator: 'contains', mean: 1 }] }],
  })
  expect(alone.arms[0]?.behaviour.map((part) => `${part.kind} ${part.name}`)).toEqual(
    expect.not.arrayContaining(['prompt answer', 'model second']),
  )
  expect((await measured(name, 'whole')).arms[0]?.scores[0]?.mean).toBe(0)
  const checked = await client.checkBlueprint({
    params: { name },
    body: {
      files: {
        ...files,
        'evals/rewriting.yaml': `${files['evals/rewriting.yaml'].replace('rewrite', 'gone')}kind: pipeline\n`,
      },
    },
  })
  expect(checked.problems).toMatchObject([
    { file: 'evals/rewriting.yaml', field: 'prompt', remedy: 'Choose one of rewrite, answer.' },
    { file: 'evals/rewriting.yaml', field: 'kind' },
  ])
})
