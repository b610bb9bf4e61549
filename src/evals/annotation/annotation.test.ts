/** People label answers through the front door: blind, each once, to the end, and somebody else decides. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { wants } from './feeding.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
type Client = typeof client
type NewQueue = Parameters<Client['createAnnotationQueue']>[0]['body']
afterAll(() => airworthy.close())

const files = {
  'airworthy.yaml': `description: Answers questions.
profile: {audience: internal}
duties: {}
models: {main: {model: scripted/echo}}
flow: main
`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'prompts/ask.prompt': '---\ninput:\n  schema:\n    question: string\n---\n{{question}}\n',
  'datasets/questions.jsonl': Array.from({ length: 8 }, (_, at) =>
    JSON.stringify({ id: `q${at}`, input: `question ${at}`, expected: [`answer ${at}`, `reply ${at}`] }),
  ).join('\n'),
  'evals/questions.yaml': 'dataset: questions\nevaluators: [exact]\nprimary: exact\n',
}
const CHOICES = [
  { value: 'bad', isGood: false },
  { value: 'so-so', isGood: null },
  { value: 'good', isGood: true },
]

let release: string
let ada: Client
let ben: Client
let cy: Client
beforeAll(async () => {
  await client.createApplication({ body: { name: 'labelled', files } })
  release = (await client.freezeRelease({ params: { name: 'labelled' }, body: {} })).body.id
  ada = await airworthy.person('Ada', 'builder')
  ben = await airworthy.person('Ben', 'approver')
  cy = await airworthy.person('Cy', 'approver')
})

const queueOf = (given: Partial<NewQueue> & { answers?: number } = {}) => {
  const { answers = 4, ...rest } = given
  return client.createAnnotationQueue({
    body: {
      application: 'labelled',
      name: 'Is it right?',
      data: 'questions',
      guidelines: 'Right is what the passages say.',
      choices: CHOICES,
      isOrdered: true,
      items: Array.from({ length: answers }, (_, at) => ({ input: `question ${at + 1}`, answer: `answer ${at + 1}` })),
      ...rest,
    },
  })
}
const label = async (person: Client, queue: string, value: string | null, except?: string) => {
  const { task } = await person.nextAnnotation({ params: { id: queue }, query: { ...(except && { except }) } })
  if (!task) return undefined
  await person.labelAnnotation({
    params: { id: task.item.id },
    body: { value, comment: `said ${value}`, tookMs: 1200 },
  })
  return task.item
}

test('each person gets each answer once, begun ones first, and never what others said', async () => {
  const { id } = await queueOf()
  expect(await ada.getAnnotationWork({ params: { id } })).toEqual({ done: 0, left: 4 })
  const first = await ada.nextAnnotation({ params: { id } })
  expect(first.task?.item.number).toBe(1)
  // What is passed over comes back when it is no longer passed over.
  const skipped = await ada.nextAnnotation({ params: { id }, query: { except: first.task?.item.id ?? '' } })
  expect(skipped.task?.item.number).toBe(2)

  const two = await label(ada, id, 'good', first.task?.item.id)
  expect(two?.number).toBe(2)
  // Ben is given what Ada has begun, and nothing of what she said.
  const shown = await ben.nextAnnotation({ params: { id } })
  expect(shown.task?.item.number).toBe(2)
  expect(JSON.stringify(shown)).not.toContain('good')
  expect(await ben.getAnnotationTask({ params: { id: two?.id ?? '' } })).toMatchObject({ mine: null })
  expect(await ada.getAnnotationTask({ params: { id: two?.id ?? '' } })).toMatchObject({
    item: { number: 2 },
    mine: { value: 'good', comment: 'said good', tookMs: 1200 },
  })
  const { items } = await ben.listAnnotationItems({ params: { id } })
  expect(items.map(({ labels, isMine, mine }) => ({ labels, isMine, mine }))).toEqual([
    { labels: 0, isMine: false, mine: null },
    { labels: 1, isMine: false, mine: null },
    { labels: 0, isMine: false, mine: null },
    { labels: 0, isMine: false, mine: null },
  ])

  // Her second word replaces the first.
  await ada.labelAnnotation({ params: { id: two?.id ?? '' }, body: { value: 'bad' } })
  expect(await ada.getAnnotationWork({ params: { id } })).toEqual({ done: 1, left: 3 })
  expect((await client.getAnnotationQueue({ params: { id } })).progress).toMatchObject({ labels: 1, complete: 0 })
})

test('to the end: agreement, what people differ on page by page, the decision, and the examples', async () => {
  const { id } = await queueOf({ answers: 6 })
  for (const value of ['good', 'good', 'bad', 'so-so', 'bad', null]) await label(ada, id, value)
  for (const value of ['good', 'bad', 'bad', 'good', 'bad', 'good']) await label(ben, id, value)
  expect(await cy.nextAnnotation({ params: { id } })).toEqual({ task: null })
  expect(await cy.getAnnotationWork({ params: { id } })).toEqual({ done: 0, left: 0 })

  const seen = await client.getAnnotationQueue({ params: { id } })
  // "Cannot tell" is no choice: it neither agrees nor differs.
  expect(seen.progress).toEqual({ items: 6, labels: 12, complete: 6, disputed: 2 })
  expect(seen.agreement).toMatchObject({ items: 5, same: 3 / 5, pairs: [{ n: 5 }] })
  expect(seen.agreement.interval?.low).toBeLessThan(seen.agreement.alpha ?? 0)

  const page = await cy.listDisputes({ params: { id }, query: { limit: 1 } })
  expect(page.items.map(({ number }) => number)).toEqual([2])
  const rest = await cy.listDisputes({ params: { id }, query: { limit: 1, cursor: page.next ?? '' } })
  expect(rest).toMatchObject({ items: [{ number: 4, labels: [{ comment: 'said so-so' }, { comment: 'said good' }] }] })
  expect(rest.next).toBeNull()
  const disputed = await cy.listAnnotationItems({ params: { id }, query: { show: 'disputed' } })
  expect(disputed.items.map(({ number, isDisputed }) => [number, isDisputed])).toEqual([
    [2, true],
    [4, true],
  ])

  const item = page.items[0]?.id ?? ''
  const body = { value: 'good', reason: 'The passage says so.' }
  await expect(ben.adjudicateAnnotation({ params: { id: item }, body })).rejects.toMatchObject({
    code: 'evals.own-label',
  })
  await cy.adjudicateAnnotation({ params: { id: item }, body })
  const decided = await ada.listAnnotationItems({ params: { id }, query: { show: 'decided' } })
  expect(decided.items).toMatchObject([{ number: 2, isDisputed: false, adjudicated: { value: 'good' }, mine: 'good' }])
  expect((await ada.listAnnotationItems({ params: { id }, query: { show: 'open' } })).items).toEqual([])

  // 2 by decision, 1, 3 and 5 by agreement, 6 by the one who could tell; 4 is open.
  const { rows, unsettled, content } = await client.exportAnnotations({ params: { id } })
  expect({ rows, unsettled }).toEqual({ rows: 5, unsettled: 1 })
  const examples = content
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(examples.map(({ expected }) => expected)).toEqual(['good', 'good', 'bad', 'bad', 'good'])
  expect(examples[1]).toMatchObject({
    split: 'calibration',
    metadata: { adjudicatedBy: expect.stringMatching(/^act_/) },
  })
})

test('an assigned queue is for its people, and a closed one takes no more labels', async () => {
  const me = await ada.getMe()
  const { id } = await queueOf({ annotators: [me.actor], labelsPerItem: 1 })
  await expect(ben.nextAnnotation({ params: { id } })).rejects.toMatchObject({ code: 'evals.not-annotator' })
  expect(await ben.getAnnotationWork({ params: { id } })).toEqual({ done: 0, left: 0 })
  const labelled = await label(ada, id, 'good')
  await client.closeAnnotationQueue({ params: { id } })
  expect(await ada.nextAnnotation({ params: { id } })).toEqual({ task: null })
  await expect(
    ada.labelAnnotation({ params: { id: labelled?.id ?? '' }, body: { value: 'bad' } }),
  ).rejects.toMatchObject({ code: 'evals.queue-closed' })
})

test('answers of an experiment come with what was asked, the references, and where each is from', async () => {
  const { body } = await client.createExperiment({ params: { id: release }, body: { suite: 'questions' } })
  if (!('id' in body)) throw new Error('no experiment')
  await expect
    .poll(async () => (await client.getExperiment({ params: { id: body.id } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  const { id, progress } = await queueOf({ items: [], from: { experiment: body.id, most: 5 } })
  expect(progress.items).toBe(5)
  const { task } = await ada.nextAnnotation({ params: { id } })
  const at = task?.item.input.split(' ')[1]
  expect(task?.item).toMatchObject({
    input: `question ${at}`,
    answer: expect.stringContaining(`question ${at}`),
    expected: `answer ${at}\nreply ${at}`,
    source: { kind: 'experiment', id: body.id, example: `q${at}`, release },
  })
})

test.for([
  ['a choice that the queue does not have', { value: 'great' }, 'evals.choice-unknown'],
  ['an answer that is in no queue', { value: 'good', item: `ite_${'0'.repeat(26)}` }, 'evals.item-unknown'],
] as const)('%s is refused in words', async ([, given, code]) => {
  const { id } = await queueOf({ answers: 1 })
  const { task } = await ada.nextAnnotation({ params: { id } })
  const item = 'item' in given ? given.item : (task?.item.id ?? '')
  await expect(ada.labelAnnotation({ params: { id: item }, body: { value: given.value } })).rejects.toMatchObject({
    code,
  })
})

test('a cursor of another list is refused', async () => {
  const { id } = await queueOf({ answers: 1 })
  await expect(client.listDisputes({ params: { id }, query: { cursor: 'que_x' } })).rejects.toMatchObject({
    code: 'evals.cursor-invalid',
  })
})

test('what users call bad comes into a queue by itself, once, and nobody who labels reads what they said', async () => {
  const { id, progress } = await queueOf({ answers: 0, feeds: 'bad', name: 'What users call bad' })
  expect(progress.items).toBe(0)
  const asked = async (question: string) => {
    const answer = await fetch(`${airworthy.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${airworthy.ownerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'labelled', messages: [{ role: 'user', content: question }] }),
    })
    await answer.json()
    return answer.headers.get('airworthy-trace') ?? ''
  }
  const [bad, good] = [await asked('Is it late?'), await asked('Is it here?')]
  await client.recordFeedback({ body: { trace: good, value: true } })
  await client.recordFeedback({ body: { trace: bad, value: false, correction: 'It is late.', user: 'ann' } })
  await client.recordFeedback({ body: { trace: bad, value: false, user: 'ben' } })
  const items = async () => (await client.listAnnotationItems({ params: { id }, query: {} })).items
  await expect.poll(async () => (await items()).length).toBe(1)
  const { task } = await ada.nextAnnotation({ params: { id } })
  expect(task?.item).toMatchObject({
    input: 'Is it late?',
    expected: null,
    source: { kind: 'feedback', id: bad, release },
  })
  expect(JSON.stringify(task)).not.toContain('It is late.')
})

test.for([
  ['none', { value: false, correction: 'no' }, false],
  ['bad', { value: false, correction: null }, true],
  ['bad', { value: 0.4, correction: null }, true],
  ['bad', { value: 0.5, correction: null }, false],
  ['bad', { value: true, correction: 'rather so' }, true],
  ['bad', { value: 'meh', correction: null }, false],
  ['all', { value: true, correction: null }, true],
] as const)('a queue that takes %s, of %o: %s', ([feeds, said, isWanted]) => {
  expect(wants({ feeds }, said)).toBe(isWanted)
})
