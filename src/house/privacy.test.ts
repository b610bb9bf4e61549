/** A person asks for a copy and for deletion: afterwards nothing finds them, in rows, datasets and indexes, old or new. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask, type Client, type Deletion } from '../../sdk/index.ts'
import { whyBroken } from '../kernel/dsse.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client, options } = airworthy
afterAll(() => airworthy.close())

const name = 'shop'
const MAIL = 'ada@example.org'
const USER = 'customer-4711'
const PERSON = { user: USER, identifiers: [MAIL] }

const template = (path: string) => readFileSync(join(ROOT, 'templates', 'support-assistant', path), 'utf8')
const files = {
  'airworthy.yaml': template('airworthy.yaml'),
  'prompts/answer.prompt': template('prompts/answer.prompt'),
  'flows/main.yaml': template('flows/main.yaml'),
  'flows/baseline.yaml': template('flows/baseline.yaml'),
  'evals/questions.yaml': template('evals/questions.yaml'),
  'datasets/questions.jsonl': `${template('datasets/questions.jsonl').trim()}\n${JSON.stringify({ id: 'from-ada', input: `Where is my parcel? I am ${MAIL}.`, expected: 'On its way.' })}\n`,
  'knowledge/delivery.md': template('knowledge/delivery.md'),
  'knowledge/letters.md': `# Letters\n\nParcels that come back are kept for a week.\n\nThe customer ${MAIL} wrote to us about the courier of Zanzibar.\n`,
}
await client.createApplication({ body: { name, files } })
const { body: release } = await client.freezeRelease({ params: { name }, body: {} })

const question = (content: string, more: { user?: string; subject?: string } = {}) => {
  const { user, subject } = more
  const messages = [{ role: 'user' as const, content }]
  if (user === undefined) return ask(options, { model: name, messages, ...(subject !== undefined && { subject }) })
  return fetch(new URL('/v1/chat/completions', airworthy.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${options.token}` },
    body: JSON.stringify({ model: name, messages, user }),
  }).then(async (response) => ({ trace: response.headers.get('airworthy-trace') ?? '', text: await response.text() }))
}
const theirs = await question('How long does delivery take?', { user: USER })
await question('What does a gift card cost?', { subject: USER })
await question(`I am ${MAIL}, where is my parcel?`)
await question('How do I return a parcel?', { user: 'customer-47119' })
await question('I am Lada@example.org.', { subject: 'customer-1' })
await client.recordFeedback({ body: { trace: theirs.trace, value: true, comment: 'quick', user: USER } })
const experiment = await client.createExperiment({ params: { id: release.id }, body: { suite: 'questions' } })
await until(async () => {
  if (experiment.status !== 201) return true
  const { state } = await client.getExperiment({ params: { id: experiment.body.id } })
  return ['succeeded', 'failed'].includes(state)
})
await client.createAnnotationQueue({
  body: {
    application: name,
    name: 'Is it right?',
    data: 'questions',
    guidelines: 'Right is what the documents say.',
    choices: [
      { value: 'right', isGood: true },
      { value: 'wrong', isGood: false },
    ],
    items: [
      { input: `Where is my parcel? I am ${MAIL}.`, answer: 'On its way.' },
      { input: 'When do you open?', answer: 'At nine.' },
    ],
  },
})

// Traces come in a moment after the answers.
await until(async () => (await client.listTraces({ query: { limit: 10 } })).items.length >= 5)

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function settled(deletion: Deletion, of: Client = client): Promise<Deletion> {
  let now = deletion
  await until(async () => {
    now = await of.getDeletion({ params: { id: deletion.id } })
    return !['listing', 'running'].includes(now.state)
  })
  return now
}

const countOf = (tallies: Deletion['found'], place: string) =>
  tallies.filter((tally) => tally.place === place).reduce((sum, { count }) => sum + count, 0)

async function copyOf(person: typeof PERSON) {
  const response = await client.exportPersonalData({ body: person })
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; place?: string; items?: number; content?: unknown })
}

/** Everywhere that something of a person could be found. */
async function searches() {
  const { items: byText } = await client.listTraces({ query: { text: MAIL } })
  const { items: all } = await client.listTraces({ query: { limit: 1000 } })
  const found = await client.searchPassages({ params: { id: release.id }, query: { q: 'courier of Zanzibar', k: 3 } })
  const { items: examples } = await client.listExamples({
    params: { name, dataset: 'questions' },
    query: { limit: 1000 },
  })
  const rows =
    experiment.status === 201
      ? await client.listExperimentRows({ params: { id: experiment.body.id }, query: { limit: 1000 } })
      : { items: [] }
  const blueprint = await client.getBlueprint({ params: { name } })
  const tables = await airworthy.rowsOf([
    'traces',
    'spans',
    'feedback',
    'experiment_rows',
    'rollout_seen',
    'annotation_items',
  ])
  return JSON.stringify([byText, all, found.items, examples, rows.items, blueprint.files, tables])
}

test('before it, the person is found in traces, datasets, answers and the index', async () => {
  const before = await searches()
  expect(before).toContain(MAIL)
  expect(before).toContain(`"${USER}"`)
  expect(before).toContain('Zanzibar')
})

test('a copy has everything that is kept, and ends with how many there are', async () => {
  const lines = await copyOf(PERSON)
  const places = new Set(lines.map(({ place }) => place))
  expect([...places]).toEqual(
    expect.arrayContaining([
      'traces',
      'feedback',
      'experiment answers',
      'answers to label',
      'blueprint files',
      'contents',
    ]),
  )
  expect(lines.at(-1)).toEqual({ kind: 'end', items: lines.length - 2 })
  expect(JSON.stringify(lines)).toContain('How long does delivery take?')
  expect(JSON.stringify(lines)).not.toContain('How do I return a parcel?')
})

test('without a user and an identifier, or with one that is too short, it is refused', async () => {
  await expect(client.proposeDeletion({ body: {} })).rejects.toMatchObject({ status: 400 })
  await expect(client.proposeDeletion({ body: { identifiers: ['ada'] } })).rejects.toMatchObject({ status: 400 })
})

test('it is listed first, and nothing goes before a person says yes; a key of one application may not', async () => {
  const listed = await settled(await client.proposeDeletion({ body: PERSON }))
  expect(listed).toMatchObject({ state: 'proposed', deleted: [] })
  expect(countOf(listed.found, 'traces')).toBe(3)
  expect(countOf(listed.found, 'feedback')).toBe(1)
  expect(countOf(listed.found, 'blueprint files')).toBe(2)
  expect(await searches()).toContain(MAIL)
  const withdrawn = await client.withdrawDeletion({ params: { id: listed.id } })
  expect(withdrawn.state).toBe('withdrawn')
  await expect(client.confirmDeletion({ params: { id: listed.id } })).rejects.toMatchObject({
    code: 'privacy.not-proposed',
  })
})

let done: Deletion

test('after it every search finds nothing of the person, and everything of others', async () => {
  const listed = await settled(await client.proposeDeletion({ body: PERSON }))
  done = await settled(await client.confirmDeletion({ params: { id: listed.id } }))
  expect(done).toMatchObject({ state: 'done', error: null })
  const after = await searches()
  expect(after.toLowerCase()).not.toMatch(/(?<!l)ada@example\.org/)
  expect(after).not.toContain(`"${USER}"`)
  expect(after).not.toContain('Zanzibar')
  expect(after).toContain('How do I return a parcel?')
  expect(after).toContain('Lada@example.org')
  expect(after).toContain('Parcels that come back are kept for a week.')
  const left = await copyOf(PERSON)
  expect(left.at(-1)).toEqual({ kind: 'end', items: 0 })
  // What was counted when it was listed is what went.
  const total = (tallies: Deletion['found']) => tallies.reduce((sum, { count }) => sum + count, 0)
  expect(total(done.deleted)).toBeGreaterThanOrEqual(total(listed.found.filter(({ fate }) => fate !== 'keep')) - 1)
})

test('the release answers on, the experiment keeps its figures, and freezing again brings nothing back', async () => {
  expect((await question('How long does delivery take?')).text).toBeTruthy()
  if (experiment.status === 201) {
    const { items } = await client.listExperimentRows({
      params: { id: experiment.body.id },
      query: { example: 'from-ada' },
    })
    expect(items.length).toBeGreaterThan(0)
    for (const row of items) expect(Object.values(row.scores)[0]?.score).not.toBeUndefined()
  }
  const next = await client.freezeRelease({ params: { name }, body: {} })
  expect(next.body.id).not.toBe(release.id)
  const found = await client.searchPassages({ params: { id: next.body.id }, query: { q: 'Zanzibar courier', k: 3 } })
  expect(JSON.stringify(found)).not.toContain('Zanzibar')
})

test('the receipt is signed, says what went, what stays and until when back-ups hold it, and names nobody', async () => {
  const { receipt, envelope } = await client.getDeletionReceipt({ params: { id: done.id } })
  expect(countOf(receipt.deleted, 'traces')).toBe(3)
  expect(receipt.backupsUntil > receipt.confirmedAt).toBe(true)
  const { items: keys } = await client.listEvidenceKeys()
  expect(whyBroken(envelope, keys[0]?.publicKey ?? '')).toBeUndefined()
  expect(JSON.parse(Buffer.from(envelope.payload, 'base64').toString())).toEqual(receipt)
  const kept = readFileSync(join(airworthy.data, 'deletions.jsonl'), 'utf8')
  const rows = await airworthy.rowsOf(['deletions', 'audit_entries', 'jobs'])
  for (const text of [JSON.stringify(receipt), kept, rows]) {
    expect(text).not.toContain(MAIL)
    expect(text).not.toContain(USER)
  }
  expect(await client.verifyAudit()).toMatchObject({ kind: 'intact' })
})

test('who comes back after the deletion is served, and doing it again leaves that alone', async () => {
  await question(`I am ${MAIL}.`, { user: USER })
  const before = (await jobs()).length
  expect(await client.reapplyDeletions()).toEqual({ deletions: 1 })
  await until(async () => (await jobs()).length > before && (await jobs()).every((job) => job.includes('succeeded')))
  expect((await client.listTraces({ query: { text: `I am ${MAIL}` } })).items).toHaveLength(1)
})

const jobs = async () => (await airworthy.rowsOf(['jobs'])).split('\n').filter((job) => job.includes('privacy.delete'))
