/** What a rollout watches of live answers, through the door: their schema, their sessions, their goals, their scores. */
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
const plan = (metrics: readonly object[], more = {}) => ({ steps: [0.5, 1], metrics, ...more })
const METRICS = [
  { name: 'schema-failure', ...WIDE },
  { name: 'missed-kpi.solved', ...WIDE },
  { name: 'shortfall.criterion', kind: 'mean', margin: 0.9 },
  { name: 'shortfall.refusal', kind: 'mean', margin: 0.9 },
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

beforeAll(async () => {
  await walkToRollout(client, { rollouts: { poc: plan([{ name: 'error', ...WIDE }]) } }, suite)
  const [first] = (await client.listRollouts({ query: { application: 'parcels' } })).items
  candidate = first?.candidate ?? ''
  await client.abortRollout({ params: { id: first?.id ?? '' }, body: { reason: 'Another plan follows.' } })
}, 60_000)

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
  expect(units(found, 'shortfall.refusal').n).toBe(found.scored?.runs)
  // Sessions are still going on.
  expect(units(found, 'missed-kpi.solved').n).toBe(0)
  expect(await airworthy.rowsOf(['rollout_sessions'])).toContain('missed-kpi.solved')
})

test('the series shows each release and arm over time', async () => {
  const { items, stepMs } = await vi.waitUntil(async () => {
    const series = await client.getSeries({ params: { name: 'parcels' }, query: { rollout, points: 10 } })
    const requests = series.items.flatMap(({ points }) => points).reduce((sum, one) => sum + one.requests, 0)
    return requests === 12 ? series : undefined
  }, 10_000)
  expect(items.map(({ arm }) => arm).sort()).toEqual(['candidate', 'control'])
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
