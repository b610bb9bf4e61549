/** People choose between answers of two releases through the front door, and nothing says whose is whose before the end. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
type Client = typeof client
afterAll(() => airworthy.close())

const N = 14
const filesOf = (text: string) => ({
  'airworthy.yaml': `description: Answers.\nprofile: {audience: internal}\nduties: {}\nmodels: {main: {model: scripted/fixed, parameters: {text: "${text}"}}}\nflow: main\n`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'prompts/ask.prompt': '---\ninput:\n  schema:\n    question: string\n---\n{{question}}\n',
  'datasets/questions.jsonl': Array.from({ length: N }, (_, at) =>
    JSON.stringify({ id: `q${at}`, input: `question ${at}`, expected: 'yes' }),
  ).join('\n'),
  'evals/questions.yaml': 'dataset: questions\nevaluators: [exact]\nprimary: exact\n',
})
const GUIDELINES = 'Better is what helps whoever asks.'

let arms: string[]
let fine: string
let ada: Client
let ben: Client
beforeAll(async () => {
  const measured: { arm: string; release: string }[] = []
  await client.createApplication({ body: { name: 'chosen', files: filesOf('poor') } })
  for (const text of ['poor', 'fine']) {
    await client.putBlueprint({ params: { name: 'chosen' }, body: { files: filesOf(text) } })
    const { body: release } = await client.freezeRelease({ params: { name: 'chosen' }, body: {} })
    const { body } = await client.createExperiment({ params: { id: release.id }, body: { suite: 'questions' } })
    if (!('id' in body)) throw new Error('no experiment')
    const isDone = async () => (await client.getExperiment({ params: { id: body.id } })).state === 'succeeded'
    await vi.waitUntil(isDone, { timeout: 20_000 })
    measured.push({ arm: `${body.id}:candidate`, release: release.id })
  }
  arms = measured.map(({ arm }) => arm)
  fine = measured[1]?.release ?? ''
  ada = await airworthy.person('Ada', 'approver')
  ben = await airworthy.person('Ben', 'approver')
}, 60_000)

const begin = async (more: object = {}) => {
  const { body } = await client.createStudy({ body: { arms, guidelines: GUIDELINES, ...more } })
  if (body.kind !== 'begun') throw new Error('no study')
  return body.study
}
/** Chooses by the words, as they are shown to this person. */
const choose = async (person: Client, queue: string) => {
  const { task } = await person.nextAnnotation({ params: { id: queue } })
  if (!task) return undefined
  const value = task.item.answer.includes('fine') ? 'A' : 'B'
  const label = await person.labelAnnotation({ params: { id: task.item.id }, body: { value, tookMs: 900 } })
  expect(label.value).toBe(value)
  return task.item
}

test('it says beforehand what it takes, and what it could see', async () => {
  const { status, body } = await client.createStudy({ body: { arms, guidelines: GUIDELINES, most: 10, dryRun: true } })
  expect(status).toBe(200)
  expect(body).toMatchObject({ plan: { cases: 10, pairs: 10, same: 0, labels: 13, minutes: 9.75 } })
  expect('plan' in body && body.plan.detectableDifference).toBeGreaterThan(0.5)
  expect((await client.listStudies()).items).toEqual([])
})

test('from the first choice to the evidence, blind in between', async () => {
  const study = await begin({ doubleShare: 0.5 })
  const { queue } = study
  const seen = []
  for (let item = await choose(ada, queue); item; item = await choose(ada, queue)) seen.push(item)
  // As many as there are pairs; which answer is whose stands nowhere, and neither always stands first.
  expect(seen).toHaveLength(N)
  expect(JSON.stringify(seen)).not.toMatch(/exp_|rel_/)
  expect(new Set(seen.map(({ answer }) => answer)).size).toBe(2)
  while (await choose(ben, queue));

  // What a person said comes back as that person saw it, one by one and in the list.
  for (const person of [ada, ben]) {
    const { items } = await person.listAnnotationItems({ params: { id: queue }, query: { show: 'mine', limit: 50 } })
    expect(items.every(({ answer, mine }) => mine === (answer.includes('fine') ? 'A' : 'B'))).toBe(true)
    const task = await person.getAnnotationTask({ params: { id: items[0]?.id ?? '' } })
    expect(task.mine?.value).toBe(items[0]?.mine)
  }
  const open = await client.getStudy({ params: { id: study.id } })
  expect(open).toMatchObject({ results: null, progress: { items: N, labels: N + 7, complete: N, disputed: 0 } })
  // Two people who like the same answer agree, though it stood first for one of them alone.
  expect(open.agreement).toMatchObject({ items: 7, same: 1 })
  await expect(client.closeAnnotationQueue({ params: { id: queue } })).rejects.toMatchObject({
    code: 'evals.queue-of-study',
  })

  const closed = await client.closeStudy({ params: { id: study.id } })
  expect(closed.results).toMatchObject({
    cases: N,
    labels: N + 7,
    unlabelled: 0,
    arms: [
      { arm: arms[0], preferred: 0, lost: N + 7 },
      { arm: arms[1], preferred: N + 7, lost: 0, chance: null },
    ],
    comparisons: [{ arm: arms[1], comparison: { difference: 1, verdict: 'better', n: N } }],
  })
  const { items: evidence } = await client.listEvidence({ query: { release: fine, check: 'eval.preference' } })
  expect(evidence).toMatchObject([
    {
      trust: 'measured',
      source: `study ${study.id}`,
      facts: { verdict: { value: 'better' }, people: { value: 2 }, difference: { value: 1, n: N } },
    },
  ])
  // Closed once and for all: another word is refused, closing again changes nothing.
  await expect(
    ada.labelAnnotation({ params: { id: seen[0]?.id ?? '' }, body: { value: 'tie' } }),
  ).rejects.toMatchObject({ code: 'evals.queue-closed' })
  expect((await client.closeStudy({ params: { id: study.id } })).closedAt).toBe(closed.closedAt)
  expect((await client.listEvidence({ query: { release: fine, check: 'eval.preference' } })).items).toHaveLength(1)
})

test('what people differ on is decided by somebody else, as that person sees it', async () => {
  const study = await begin({ most: 1, doubleShare: 1 })
  const params = { id: study.queue }
  const { task: first } = await ada.nextAnnotation({ params })
  const { task: second } = await ben.nextAnnotation({ params })
  const id = first?.item.id ?? ''
  const fineFor = (task: typeof first) => (task?.item.answer.includes('fine') ? 'A' : 'B')
  await ada.labelAnnotation({ params: { id }, body: { value: fineFor(first) } })
  await ben.labelAnnotation({ params: { id }, body: { value: fineFor(second) === 'A' ? 'B' : 'A' } })
  const { items } = await client.listDisputes({ params })
  const shown = items[0]
  const right = shown?.answer.includes('fine') ? 'A' : 'B'
  const me = await ada.getMe()
  expect(shown?.labels.find(({ by }) => by === me.actor)?.value).toBe(right)
  const decided = await client.adjudicateAnnotation({ params: { id }, body: { value: right, reason: 'It helps.' } })
  expect(decided).toMatchObject({ answer: shown?.answer, adjudicated: { value: right } })
  const { results } = await client.closeStudy({ params: { id: study.id } })
  expect(results?.comparisons[0]?.comparison.difference).toBe(1)
})

test('what the class of its dataset keeps from a person, a study does not show them', async () => {
  const study = await begin({ most: 1 })
  const params = { id: study.queue }
  const { task } = await ada.nextAnnotation({ params })
  const said = (sources: object[]) =>
    client.putDocument({ params: { name: 'chosen', document: 'inventory' }, body: { value: { sources } } })
  await said([{ name: 'cases', covers: ['questions'], class: 'restricted' }])
  for (const read of [
    () => ada.nextAnnotation({ params }),
    () => ada.getAnnotationTask({ params: { id: task?.item.id ?? '' } }),
    () => ada.labelAnnotation({ params: { id: task?.item.id ?? '' }, body: { value: 'A' } }),
  ])
    await expect(read()).rejects.toMatchObject({ code: 'governance.data-closed' })
  expect((await ada.getStudy({ params: { id: study.id } })).progress).toMatchObject({ items: 1, labels: 0 })
  await said([])
  expect((await ada.nextAnnotation({ params })).task).toEqual(task)
})

test.for([
  ['an arm that is named twice', () => ({ arms: [arms[0], arms[0]] }), 'evals.study-invalid'],
  ['an arm that the experiment does not have', () => ({ arms: [arms[0], `${arms[1]}x`] }), 'evals.study-invalid'],
  ['one person who should see pairs twice', () => ({ reviewers: [`act_${'0'.repeat(26)}`] }), 'evals.study-invalid'],
] as const)('%s is refused in words', async ([, more, code]) => {
  await expect(begin(more())).rejects.toMatchObject({ code })
})
