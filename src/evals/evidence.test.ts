import { afterEach, expect, test } from 'vitest'
import { lastUserTurn } from '../core/conversation.ts'
import { actor, answers, install, outcome, questions, suite } from './installation.example.ts'

const open: Awaited<ReturnType<typeof install>>[] = []
const installed = async (...given: Parameters<typeof install>) => {
  const installation = await install(...given)
  open.push(installation)
  return installation
}
afterEach(async () => {
  for (const installation of open.splice(0)) await installation.stop()
})

test('a release is compared with an earlier one, and the drop is what the gate reads', async () => {
  const airworthy = await installed(async ({ manifest, turns }) => {
    const number = Number(/\d+/.exec(lastUserTurn(turns))?.[0])
    const isWorse = manifest.flow.steps.some((step) => step.use === 'generate' && step.model === 'second')
    return outcome(isWorse && number % 2 === 0 ? 'wrong' : `answer ${number}`)
  })
  const first = await airworthy.release()
  const second = await airworthy.release({ behaviour: 'second', number: 2 })
  const { body } = await airworthy.start(second, { against: first.id })
  const ended = await airworthy.ended(body.id)
  expect(ended.comparison[0]).toMatchObject({ verdict: 'worse', difference: -0.5 })
  expect(airworthy.evidence).toMatchObject([
    { check: 'eval.regress', facts: { drop: { value: 0.5 }, against: { value: first.id }, cases: { value: 40 } } },
  ])
  const drop = airworthy.evidence[0]?.facts.drop
  expect(drop?.interval?.low).toBeGreaterThan(0.3)
  expect(drop?.interval?.high).toBeLessThan(0.7)
  expect(airworthy.evidence[0]?.inputs.some(({ kind }) => kind === 'baseline' || kind === 'release')).toBe(false)
})

test('the producer measures every suite against baseline and the release before, and the weakest suite counts', async () => {
  const airworthy = await installed(answers)
  const suites = [suite('facts'), suite('hard', { dataset: 'tens' })]
  const datasets = { questions: questions(40), tens: questions(60).filter(({ id }) => Number(id.slice(1)) % 10 === 0) }
  const first = await airworthy.release({ suites, datasets, behaviour: 'other' })
  const release = await airworthy.release({ suites, datasets, number: 2 })
  airworthy.setBefore(first)
  const context = { release, by: actor, signal: new AbortController().signal }
  expect(await airworthy.evals.producer.quote(context)).toMatchObject({ calls: 2 * (80 + 12), costMicroUsd: '276' })
  expect(await airworthy.evals.producer.run(context)).toEqual([])

  const smoke = airworthy.evidence.filter(({ check }) => check === 'eval.smoke')
  expect(smoke[0]?.facts.difference).toEqual({ value: null })
  expect(smoke[0]?.summary).toContain('Not measured yet: hard.')
  const last = smoke.at(-1)
  expect(last?.facts.difference?.value).toBe(-1)
  expect(last?.facts['difference of facts']?.value).toBeCloseTo(0.4, 12)
  expect(last?.facts.cases).toEqual({ value: 46, n: 46 })
  expect(last?.inputs.filter(({ kind }) => kind === 'suite').map(({ name }) => name)).toEqual(['facts', 'hard'])
  expect(airworthy.evidence.filter(({ check }) => check === 'eval.regress').at(-1)?.facts.drop?.value).toBe(0)
})
