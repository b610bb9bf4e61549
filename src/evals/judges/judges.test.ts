/** Judges and people through the front door: label blind, decide, calibrate, correct, and gate only then. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
type Client = typeof client
afterAll(() => airworthy.close())

const says = (verdict: boolean) => ({
  model: 'scripted/fixed',
  parameters: { text: JSON.stringify({ reason: 'so', verdict }) },
})
const files = {
  'airworthy.yaml': `description: Answers questions.
profile: {audience: internal}
duties: {}
models: {main: {model: scripted/echo}}
flow: main
baseline: baseline
`,
  'flows/main.yaml': 'steps: [{id: answer, use: generate, prompt: ask, model: main}]\n',
  'flows/baseline.yaml': 'steps: [{id: answer, use: generate, prompt: ask-plainly, model: main}]\n',
  'prompts/ask.prompt': '---\ninput:\n  schema:\n    question: string\n---\n{{question}}\n',
  'prompts/ask-plainly.prompt': '---\ninput:\n  schema:\n    question: string\n---\nQ: {{question}}\n',
  'datasets/questions.jsonl': Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({ id: `q${at}`, input: `question ${at}`, expected: `question ${at}` }),
  ).join('\n'),
  'evals/questions.yaml': `dataset: questions
evaluators: [{use: criterion, options: {criterion: is polite, judge: ${JSON.stringify(says(true))}}}, exact]
primary: criterion
`,
}

let release: string
let ada: Client
let ben: Client
let cy: Client
beforeAll(async () => {
  await client.createApplication({ body: { name: 'judged', files } })
  const frozen = await client.freezeRelease({ params: { name: 'judged' }, body: {} })
  release = frozen.body.id
  ada = await airworthy.person('Ada', 'builder')
  ben = await airworthy.person('Ben', 'approver')
  cy = await airworthy.person('Cy', 'approver')
})

const until = async (id: string) => {
  for (;;) {
    const job = await client.getJob({ params: { id } })
    if (job.state === 'succeeded') return
    if (job.state === 'failed') throw new Error(job.error ?? 'failed')
    await new Promise((done) => setTimeout(done, 30))
  }
}

const measured = async (of = release) => {
  const { body } = await client.createExperiment({ params: { id: of }, body: { suite: 'questions' } })
  if (!('id' in body)) throw new Error('no experiment')
  for (;;) {
    const experiment = await client.getExperiment({ params: { id: body.id } })
    if (experiment.state === 'succeeded') return experiment
    if (experiment.state === 'failed') throw new Error(experiment.error ?? 'failed')
    await new Promise((done) => setTimeout(done, 30))
  }
}

const choices = [
  { value: 'good', isGood: true },
  { value: 'bad', isGood: false },
]

test('a judge is a part of the release, and what it decides gates nothing before people were asked', async () => {
  const { items } = await client.listJudges({ params: { name: 'judged' } })
  expect(items).toMatchObject([
    { name: 'criterion by scripted/fixed', suites: ['questions'], calibration: null, rubric: 'is polite' },
  ])

  const experiment = await measured()
  expect(experiment.arms[0]?.scores[0]).toMatchObject({ evaluator: 'criterion', n: 12, mean: 1 })
  const { items: corrected } = await client.listCorrectedScores({ params: { id: experiment.id } })
  expect(corrected[0]).toMatchObject({
    raw: 1,
    corrected: null,
    why: expect.stringContaining('not held against people'),
  })

  const { items: evidence } = await client.listEvidence({ query: { release, check: 'eval.smoke' } })
  expect(evidence[0]?.summary).toContain('never held against people on questions')
  expect(evidence[0]?.facts.difference?.value).toBeNull()
  expect(evidence[0]?.inputs).toContainEqual({
    kind: 'judge',
    name: 'criterion by scripted/fixed',
    digest: items[0]?.digest,
  })
})

test('two people label blind, a third decides, and the judge is held against all three', async () => {
  const queue = await client.createAnnotationQueue({
    body: {
      application: 'judged',
      name: 'Is it polite?',
      data: 'questions',
      guidelines: 'Polite is what you would say to a stranger.',
      choices,
      items: Array.from({ length: 6 }, (_, at) => ({ input: `q${at}`, answer: `a${at}` })),
    },
  })
  expect(queue.progress).toEqual({ items: 6, labels: 0, complete: 0, disputed: 0 })

  const labelAll = async (person: Client, choose: (number: number) => string) => {
    for (;;) {
      const { task } = await person.nextAnnotation({ params: { id: queue.id } })
      if (!task) return
      expect(JSON.stringify(task)).not.toContain('act_')
      await person.labelAnnotation({
        params: { id: task.item.id },
        body: { value: choose(task.item.number), tookMs: 900 },
      })
    }
  }
  await labelAll(ada, (number) => (number <= 4 ? 'good' : 'bad'))
  await labelAll(ben, (number) => (number <= 3 ? 'good' : 'bad'))
  expect(await cy.nextAnnotation({ params: { id: queue.id } })).toEqual({ task: null })

  const { items: disputes } = await cy.listDisputes({ params: { id: queue.id } })
  const [dispute] = disputes
  expect(disputes).toHaveLength(1)
  expect(dispute?.labels.map(({ value }) => value).sort()).toEqual(['bad', 'good'])
  const decision = { params: { id: dispute?.id ?? '' }, body: { value: 'good', reason: 'It says please.' } }
  await expect(ada.adjudicateAnnotation(decision)).rejects.toMatchObject({ code: 'evals.own-label' })
  await cy.adjudicateAnnotation(decision)
  await expect(cy.labelAnnotation({ params: { id: dispute?.id ?? '' }, body: { value: 'bad' } })).rejects.toMatchObject(
    {
      code: 'evals.item-complete',
    },
  )

  const seen = await client.getAnnotationQueue({ params: { id: queue.id } })
  expect(seen.progress).toEqual({ items: 6, labels: 12, complete: 6, disputed: 0 })
  expect(seen.agreement).toMatchObject({ items: 6, same: 5 / 6, pairs: [{ n: 6, kappa: expect.closeTo(2 / 3, 12) }] })
  expect(seen.agreement.weeks).toHaveLength(1)

  const exported = await client.exportAnnotations({ params: { id: queue.id } })
  expect(exported).toMatchObject({ rows: 6, unsettled: 0 })
  const first = JSON.parse(exported.content.split('\n')[0] ?? '')
  expect(first).toMatchObject({ split: 'calibration', expected: 'good', metadata: { from: { kind: 'upload' } } })
  expect(first.metadata.labels).toHaveLength(2)

  const [judge] = (await client.listJudges({ params: { name: 'judged' } })).items
  const ask = { judge: judge?.digest ?? '', queue: queue.id }
  const run = async (more: { dryRun?: boolean; maxCostMicroUsd?: string }) =>
    client.runCalibration({ params: { id: release }, body: { ...ask, ...more } })
  const quote = { answers: 6, calls: 6, minutes: expect.any(Number), basis: expect.stringContaining('6 of 6 labelled') }
  expect(await run({ dryRun: true })).toMatchObject({ status: 200, body: { kind: 'quote', quote } })
  await client.putOwnPrice({
    params: { model: 'scripted/fixed' },
    body: { rates: { input: '2', output: '8' }, reason: 'so that it costs something' },
  })
  expect(await run({ maxCostMicroUsd: '1' })).toMatchObject({ status: 409, body: { kind: 'over-budget', quote } })
  const model = { scope: 'model', name: 'scripted/fixed' } as const
  await client.setScopeLimits({ params: model, body: { tokensPerDay: 1 } })
  const { body: capped } = await run({})
  const jobOf = () => client.getJob({ params: { id: capped.kind === 'started' ? capped.job : '' } })
  await vi.waitUntil(async () => (await jobOf()).state === 'failed', 20_000)
  expect((await jobOf()).error).toMatch(
    /^0 of 6 answers were judged and 6 are missing.*The model scripted\/fixed may take/,
  )
  await client.setScopeLimits({ params: model, body: { tokensPerDay: null } })
  const { body: begun } = await run({})
  if (begun.kind !== 'started') throw new Error(`It did not begin: ${begun.kind}`)
  await until(begun.job)
  const [state] = (await client.listJudges({ params: { name: 'judged' } })).items
  // It calls all six good: four are.
  expect(state?.calibration).toMatchObject({
    trust: 'measured',
    data: 'questions',
    result: {
      standing: 'informs',
      labels: 6,
      doubleLabelled: 6,
      counts: { truePositive: 4, positives: 4, trueNegative: 0, negatives: 2 },
    },
  })
})

/** Half of them good; the judge is right nine times in ten. */
const cases = Array.from({ length: 200 }, (_, at) => {
  const isGood = at % 2 === 0
  const isWrong = at % 20 < 2
  return {
    id: `c${at}`,
    labels: [
      { by: 'ada', value: isGood },
      { by: 'ben', value: at % 25 === 0 ? !isGood : isGood },
      { by: 'cy', value: isGood },
    ],
    verdict: isWrong ? !isGood : isGood,
  }
})

test('after a good calibration its figures count, corrected, and the gate reads the calibration', async () => {
  const [judge] = (await client.listJudges({ params: { name: 'judged' } })).items
  const calibration = await client.createCalibration({
    params: { name: 'judged' },
    body: {
      judge: { name: 'criterion by scripted/fixed', model: 'scripted/fixed', digest: judge?.digest ?? '' },
      data: 'questions',
      cases,
    },
  })
  expect(calibration.result).toMatchObject({
    standing: 'strong',
    why: [],
    labels: 200,
    sensitivity: { value: 0.9, n: 100 },
  })
  expect(
    (await client.listCalibrationCases({ params: { id: calibration.id }, query: { limit: 3 } })).items,
  ).toHaveLength(3)

  const experiment = await measured()
  const { items } = await client.listCorrectedScores({ params: { id: experiment.id } })
  // (1 + 0.9 - 1) / (0.9 + 0.9 - 1) is above 1 and is cut there.
  expect(items).toMatchObject([
    { arm: 'candidate', raw: 1, corrected: 1, calibration: calibration.id, difference: { value: 0 } },
    { arm: 'control', raw: 1, corrected: 1, difference: null },
  ])
  const { items: evidence } = await client.listEvidence({ query: { release, check: 'eval.smoke' } })
  expect(evidence[0]?.facts.difference?.value).toBe(0)
})

test('a mean of grades is corrected to the share that people would call good, and by nothing before they were asked', async () => {
  const grader = {
    use: 'rubric',
    options: {
      rubric: 'is polite',
      scale: { meaning: { 1: 'rude', 5: 'polite' } },
      judge: { ...says(true), parameters: { text: '{"reason": "so", "grade": 4}' } },
    },
  }
  const graded = { ...files, 'evals/questions.yaml': JSON.stringify({ dataset: 'questions', evaluators: [grader] }) }
  await client.createApplication({ body: { name: 'graded', files: graded } })
  const { body: frozen } = await client.freezeRelease({ params: { name: 'graded' }, body: {} })
  const { id } = await measured(frozen.id)
  const corrected = async () => (await client.listCorrectedScores({ params: { id } })).items[0]
  expect(await corrected()).toMatchObject({ raw: 0.75, corrected: null, why: expect.stringContaining('not held') })

  const [judge] = (await client.listJudges({ params: { name: 'graded' } })).items
  const held = { judge: { name: 'rubric', model: 'scripted/fixed', digest: judge?.digest ?? '' }, data: 'questions' }
  // It never calls a good answer bad, and a tenth of the bad ones good: of 12 that it calls good all are.
  const hard = cases.map((one) => ({ ...one, verdict: one.labels[0]?.value === true || one.verdict }))
  await client.createCalibration({ params: { name: 'graded' }, body: { ...held, cases: hard } })
  expect(await corrected()).toMatchObject({ raw: 0.75, corrected: 1, difference: { value: 0 } })

  // It calls three of five good answers good, and no bad one: of 12 good ones it would never call all 12 so.
  const deaf = cases.map((one, at) => ({ ...one, verdict: at % 10 < 6 && one.labels[0]?.value === true }))
  await client.createCalibration({ params: { name: 'graded' }, body: { ...held, cases: deaf } })
  expect(await corrected()).toMatchObject({ corrected: null, why: expect.stringContaining('more than if all were') })
})

test.for([
  [
    'a judge that is not there',
    { judge: `sha256:${'0'.repeat(64)}`, queue: 'que_01jz0000000000000000000000' },
    'evals.judge-unknown',
  ],
] as const)('%s is refused in words', async ([, body, code]) => {
  await expect(client.runCalibration({ params: { id: release }, body })).rejects.toMatchObject({ code })
})

test('the same case twice, and choices of one name, are refused', async () => {
  const one = { id: 'a', labels: [{ by: 'x', value: true }], verdict: true }
  await expect(
    client.createCalibration({
      params: { name: 'judged' },
      body: { judge: { name: 'j', model: 'a/b', digest: `sha256:${'1'.repeat(64)}` }, data: 'd', cases: [one, one] },
    }),
  ).rejects.toMatchObject({ code: 'evals.case-twice' })
  const empty = { application: 'judged', name: 'n', data: 'd', guidelines: 'g' }
  await expect(
    client.createAnnotationQueue({ body: { ...empty, choices: [choices[0], choices[0]] as typeof choices } }),
  ).rejects.toMatchObject({ code: 'evals.choices-alike' })
  await expect(client.createAnnotationQueue({ body: { ...empty, choices } })).rejects.toMatchObject({
    code: 'evals.queue-empty',
  })
})
