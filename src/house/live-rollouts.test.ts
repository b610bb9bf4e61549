/**
 * Rollouts of live answers through the door. A shadow: the candidate answers the same questions, nobody sees it, and no
 * traffic moves. Then a canary: it watches whether answers fit their schema, sessions, goals, and scores.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AirworthyError, ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { walkToRollout } from '../testing/parcels-path.ts'

const airworthy = await testAirworthy()
const { client, options } = airworthy
afterAll(() => airworthy.close())

const JUDGE = { model: 'scripted/fixed', parameters: { text: '{"reason":"so","verdict":true}' } }
const WIDE = { kind: 'event', margin: 0.9 }
const SCORES = { suite: 'parcels', sample: 1, usd: '5' }
const ERROR = [{ name: 'error', ...WIDE }]
const SHADOW = { strategy: 'shadow', steps: [0.5, 1], shadow: { sample: 1, usd: '5' }, metrics: ERROR }
const plan = (metrics: readonly object[], more = {}) => ({ steps: [0.5, 1], metrics, ...more })
const METRICS = [
  { name: 'schema-failure', ...WIDE },
  { name: 'guardrail-hit', ...WIDE },
  { name: 'missed-kpi.solved', ...WIDE },
  { name: 'shortfall.criterion', kind: 'mean', margin: 0.9 },
  { name: 'shortfall.refusal', kind: 'mean', margin: 0.9 },
]
/** Counts what is said in words, and changes nothing. */
const GUARDRAILS = [
  {
    ...{ id: 'in-words', on: 'input', mode: 'observe' },
    detector: 'pattern',
    pattern: 'parcel \\d',
    example: 'parcel 7',
  },
]
/** The same parcels, with a declared output and evaluators that need no reference. */
const suite = (release: string) => ({
  'prompts/answer.prompt': `---\ninput: {schema: {question: string}}\noutput: {schema: {number: string}}\n---\n{{role "system"}}The ${release}.\n{{role "user"}}{{question}}`,
  'evals/parcels.yaml': JSON.stringify({
    dataset: 'parcels',
    evaluators: [
      'token-f1',
      { use: 'refusal', options: { expected: 'comply' } },
      { use: 'criterion', options: { criterion: 'is polite', judge: JUDGE } },
    ],
    primary: 'token-f1',
  }),
})
let rollout: string
let candidate: string
const get = () => client.getRollout({ params: { id: rollout } })
const begin = (body: object) =>
  client.startRollout({ params: { name: 'parcels' }, body: { to: candidate, stage: 'poc', ...body } })

beforeAll(() => walkToRollout(client, { rollouts: { poc: SHADOW }, guardrails: GUARDRAILS }, suite), 60_000)

test('sampled users are answered by the control alone, and the pairs decide without moving anybody', async () => {
  const before = (await client.getLive()).applications.parcels?.stages.poc
  expect(before?.rollout).toMatchObject({ share: 0, shadow: 1 })
  const [begun] = (await client.listRollouts({ query: { application: 'parcels' } })).items
  const id = begun?.id ?? ''
  candidate = begun?.candidate ?? ''
  const get = () => client.getRollout({ params: { id } })
  for (let user = 0; (await get()).state === 'running' && user < 400; user += 4)
    for (const answer of await Promise.all(
      [0, 1, 2, 3].map((i) =>
        ask(options, {
          model: 'parcels@poc',
          subject: `user-${user + i}`,
          messages: [{ role: 'user', content: `parcel ${user + i}` }],
        }),
      ),
    ))
      expect(answer).toMatchObject({ release: before?.release, arm: 'control' })
  await vi.waitUntil(async () => (await get()).state !== 'running', 10_000)
  const ended = await get()
  expect(ended).toMatchObject({ state: 'completed', share: 0 })
  expect(ended.shadowed?.runs).toBeGreaterThan(50)
  const { firstSeen } = ended.statistics[0] ?? { firstSeen: { control: 0, candidate: 0 } }
  expect(firstSeen.candidate).toBeGreaterThan(40)
  expect((await client.getLive()).applications.parcels?.stages.poc).toMatchObject({
    release: before?.release,
    rollout: null,
  })
  const { items } = await client.listTraces({ query: { application: 'parcels', limit: 1000 } })
  const shadows = items.filter(({ release }) => release === ended.candidate)
  expect(shadows.length).toBeGreaterThan(0)
  expect(shadows.every(({ stage }) => stage === null)).toBe(true)
})

test.for([
  { plan: { ...SHADOW, shadow: undefined }, field: 'shadow' },
  { plan: { ...SHADOW, steps: [0.2, 1] }, field: 'steps' },
  { plan: { metrics: ERROR, shadow: { usd: '1' } }, field: 'shadow' },
])('a shadow without its bounds is refused and names $field', async ({ plan, field }) => {
  const body = { files: { 'airworthy.yaml': JSON.stringify({ name: 'parcels', rollouts: { poc: plan } }) } }
  const { problems } = await client.checkBlueprint({ params: { name: 'parcels' }, body })
  expect(problems.map((one) => one.field)).toContain(`rollouts.poc.${field}`)
})

test.for([
  ['a suite that is not there', { suite: 'other' }, 'shortfall.refusal', /no suite other/],
  ['an evaluator that needs a reference', {}, 'shortfall.token-f1', /needs expected/],
  ['a judge that was held against nobody', {}, 'shortfall.criterion', /may not hold a gate/],
] as const)('a plan that scores by %s does not begin', async ([, more, name, why]) => {
  const metrics = [{ name, kind: 'mean', margin: 0.1 }]
  const refused = await begin({ plan: plan(metrics, { scores: { ...SCORES, ...more } }) }).catch((thrown) => thrown)
  expect(refused).toBeInstanceOf(AirworthyError)
  expect(refused).toMatchObject({ code: 'delivery.scores-cannot', message: expect.stringMatching(why) })
})

test('both arms are held against schema, goals and scores, and a judge counts once it was calibrated', async () => {
  await calibrate()
  rollout = (await begin({ plan: plan(METRICS, { scores: SCORES, sessionMinutes: 1 }) })).id
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      ask(options, {
        model: 'parcels@poc',
        subject: `user-${i}`,
        messages: [{ role: 'user', content: i < 6 ? `{"number":"${i}"}` : `parcel ${i}` }],
      }),
    ),
  )
  await client.recordFeedback({ body: { trace: answers[0]?.trace ?? '', name: 'kpi-solved', value: true } })
  const units = (found: Awaited<ReturnType<typeof get>>, metric: string) => {
    const { control, candidate: other } = found.statistics[0]?.metrics[metric] ?? {}
    return { n: (control?.units ?? 0) + (other?.units ?? 0), events: (control?.events ?? 0) + (other?.events ?? 0) }
  }
  // Four are judged at once; what comes meanwhile is left out, of both arms alike.
  const found = await vi.waitUntil(async () => {
    const one = await get()
    const { runs = 0, skipped = 0 } = one.scored ?? {}
    const isCounted = runs > 0 && units(one, 'shortfall.criterion').n === runs
    return runs + skipped === 12 && isCounted && units(one, 'schema-failure').n === 12 ? one : undefined
  }, 20_000)
  expect(units(found, 'schema-failure')).toEqual({ n: 12, events: 6 })
  expect(units(found, 'guardrail-hit')).toEqual({ n: 12, events: 6 })
  expect(units(found, 'shortfall.refusal').n).toBe(found.scored?.runs)
  // Sessions are still going on.
  expect(units(found, 'missed-kpi.solved').n).toBe(0)
  expect(await airworthy.rowsOf(['rollout_sessions'])).toContain('missed-kpi.solved')
})

test('where a cap leaves no room for the judge a live answer is not scored, and that is counted', async () => {
  const { runs = 0, skipped = 0 } = (await get()).scored ?? {}
  const judge = { scope: 'model', name: 'scripted/fixed' } as const
  await client.setScopeLimits({ params: judge, body: { tokensPerDay: 1 } })
  await ask(options, {
    model: 'parcels@poc',
    subject: 'late',
    messages: [{ role: 'user', content: '{"number":"99"}' }],
  })
  await vi.waitUntil(async () => ((await get()).scored?.capped ?? 0) === 1, 20_000)
  await client.setScopeLimits({ params: judge, body: { tokensPerDay: null } })
  expect((await get()).scored).toMatchObject({ runs, skipped: skipped + 1, capped: 1 })
})

test('the series shows each release and arm over time', async () => {
  const { items, stepMs } = await vi.waitUntil(async () => {
    const series = await client.getSeries({ params: { name: 'parcels' }, query: { rollout, points: 10 } })
    const requests = series.items.flatMap(({ points }) => points).reduce((sum, one) => sum + one.requests, 0)
    return requests === 13 ? series : undefined
  }, 10_000)
  expect(items.map(({ arm }) => arm).sort()).toEqual(['candidate', 'control'])
  expect(items.flatMap(({ points }) => points).reduce((sum, { guardHits }) => sum + guardHits, 0)).toBe(6)
  expect(items.find(({ arm }) => arm === 'candidate')?.release).toBe(candidate)
  expect(stepMs).toBe(8_640_000)
  const reversed = { since: '2026-03-02T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' }
  await expect(client.getSeries({ params: { name: 'parcels' }, query: reversed })).rejects.toMatchObject({
    code: 'telemetry.series-window',
  })
})

async function calibrate(): Promise<void> {
  const { items } = await client.listJudges({ params: { name: 'parcels' } })
  const [judge] = items
  const people = (value: boolean) => [
    { by: 'Ada', value },
    { by: 'Ben', value },
  ]
  await client.createCalibration({
    params: { name: 'parcels' },
    body: {
      judge: { name: judge?.name ?? '', model: judge?.model ?? '', digest: judge?.digest ?? '' },
      data: 'parcels',
      cases: Array.from({ length: 120 }, (_, i) => ({
        id: `case-${i}`,
        labels: people(i % 2 === 0),
        verdict: i % 2 === 0,
      })),
    },
  })
}
