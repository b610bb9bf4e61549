import { describe, expect, test } from 'vitest'
import { seededRandom } from '../kernel/random.ts'
import { type Instant, later, MINUTE } from '../kernel/time.ts'
import { type Metric, type MetricSums, RolloutPlan, type RolloutState, type StepStatistics } from './rollout.ts'
import { decide, type Standing, stateAfter } from './rollout-decision.ts'

const START = '2026-03-01T00:00:00.000Z' as Instant
const ERROR: Metric = { name: 'error', kind: 'event', scale: 'linear', margin: 0.02, critical: false }
const LATENCY: Metric = { name: 'latency-ms', kind: 'mean', scale: 'log', margin: 0.2, critical: false }
const LEAK: Metric = { name: 'leak', kind: 'event', scale: 'linear', margin: 0.02, critical: true }

const planOf = (more: Record<string, unknown> = {}) =>
  RolloutPlan.parse({ metrics: [ERROR], steps: [0.2, 0.5, 1], minimumUnits: 100, ...more })
const standing = (more: Partial<Standing> = {}): Standing => ({
  plan: planOf(),
  state: 'running',
  step: 0,
  stepStartedAt: START,
  ...more,
})

const events = (units: number, count: number): MetricSums => ({ units, events: count, sum: count, sumOfSquares: count })
/** `units` values around `mean`, each `spread` away from it. */
const values = (units: number, mean: number, spread: number): MetricSums => ({
  units,
  events: 0,
  sum: units * mean,
  sumOfSquares: units * (mean ** 2 + spread ** 2),
})

function step(
  share: number,
  metrics: Record<string, { control: MetricSums; candidate: MetricSums }>,
  index = share === 0.2 ? 0 : 1,
): StepStatistics {
  const [first] = Object.values(metrics)
  return {
    step: index,
    share,
    firstSeen: { control: first?.control.units ?? 0, candidate: first?.candidate.units ?? 0 },
    metrics,
  }
}
const errors = (control: [number, number], candidate: [number, number], share = 0.2) =>
  step(share, { error: { control: events(...control), candidate: events(...candidate) } })

type Row = {
  name: string
  given?: Partial<Standing>
  seen?: StepStatistics[]
  minutes?: number
  blockers?: string[]
  decision: 'advance' | 'hold' | 'abort' | 'complete'
  state?: RolloutState
  why: RegExp
}
const GOOD = errors([3200, 32], [800, 9])
const BAD = errors([1600, 16], [400, 60])

test.for<Row>([
  { name: 'holds without data', seen: [], decision: 'hold', why: /Nothing was observed/ },
  { name: 'holds with few units', seen: [errors([80, 1], [20, 0])], decision: 'hold', why: /each needs 100/ },
  { name: 'advances when nothing is worse than the margin', seen: [GOOD], decision: 'advance', why: /No metric/ },
  { name: 'aborts on harm', seen: [BAD], decision: 'abort', state: 'rolled-back', why: /^error: / },
  {
    name: 'aborts before the smallest number of units when the candidate always fails',
    seen: [errors([48, 0], [12, 12])],
    decision: 'abort',
    state: 'rolled-back',
    why: /every one of the first 12/,
  },
  {
    name: 'tolerates what is worse by less than half the margin',
    seen: [errors([40_000, 400], [10_000, 150])],
    decision: 'advance',
    why: /No metric/,
  },
  {
    name: 'says how many more units decide',
    seen: [errors([800, 24], [200, 6])],
    decision: 'hold',
    why: /About \d+ more units decide it/,
  },
  {
    name: 'needs the one-arm ceiling when there are few events',
    seen: [errors([800, 1], [150, 0])],
    decision: 'hold',
    why: /more of the candidate without an event/,
  },
  { name: 'passes by the one-arm ceiling', seen: [errors([800, 1], [200, 0])], decision: 'advance', why: /No metric/ },
  {
    name: 'soaks',
    given: { plan: planOf({ soakMinutes: 30 }) },
    seen: [GOOD],
    minutes: 29,
    decision: 'hold',
    why: /29 of its 30/,
  },
  {
    name: 'goes on after the soak',
    given: { plan: planOf({ soakMinutes: 30 }) },
    seen: [GOOD],
    minutes: 30,
    decision: 'advance',
    why: /No metric/,
  },
  {
    name: 'rolls back in the soak',
    given: { plan: planOf({ soakMinutes: 30 }) },
    seen: [BAD],
    decision: 'abort',
    state: 'rolled-back',
    why: /error/,
  },
  {
    name: 'waits while evidence is stale',
    seen: [GOOD],
    blockers: ['Its evidence went stale.'],
    decision: 'hold',
    why: /stale/,
  },
  {
    name: 'does not advance while paused',
    given: { state: 'paused' },
    seen: [GOOD],
    decision: 'hold',
    state: 'paused',
    why: /paused/,
  },
  {
    name: 'rolls back while paused',
    given: { state: 'paused' },
    seen: [BAD],
    decision: 'abort',
    state: 'rolled-back',
    why: /error/,
  },
  {
    name: 'waits for its owner once it holds',
    given: { state: 'holding' },
    seen: [GOOD],
    decision: 'hold',
    state: 'holding',
    why: /owner/,
  },
  {
    name: 'asks the owner after a time without decision',
    seen: [],
    minutes: 10_081,
    decision: 'hold',
    state: 'holding',
    why: /owner decides/,
  },
  {
    name: 'holds a broken split, whatever the metrics say',
    seen: [errors([1000, 10], [400, 60])],
    decision: 'hold',
    state: 'holding',
    why: /did not get the share/,
  },
  {
    name: 'does not pass a step on what the steps before saw',
    given: { step: 1 },
    seen: [GOOD],
    decision: 'hold',
    why: /has seen 0 units/,
  },
  {
    name: 'completes at the last step below all traffic',
    given: { step: 1 },
    seen: [GOOD, errors([500, 5], [500, 6], 0.5)],
    decision: 'complete',
    state: 'completed',
    why: /No metric/,
  },
  {
    name: 'completes at once when the plan has one step',
    given: { plan: planOf({ steps: [1] }) },
    seen: [],
    decision: 'complete',
    state: 'completed',
    why: /at once/,
  },
  {
    name: 'holds when only one of two metrics is decided',
    given: { plan: planOf({ metrics: [ERROR, LATENCY] }) },
    seen: [GOOD],
    decision: 'hold',
    why: /latency-ms: 0 units of the control/,
  },
])('$name', ({ given, seen = [], minutes = 1, blockers, decision, state = 'running', why }) => {
  const rollout = standing(given)
  const now = later(START, minutes * MINUTE)
  const made = decide({ rollout, statistics: seen, now, ...(blockers && { blockers }) })
  expect([made.decision, made.why.join(' ')]).toEqual([decision, expect.stringMatching(why)])
  expect(stateAfter(rollout, made, now)).toBe(state)
  expect(JSON.parse(JSON.stringify(made))).toEqual(made)
})

describe('means', () => {
  const judged = (control: MetricSums, candidate: MetricSums, metric = LATENCY) =>
    decide({
      rollout: standing({ plan: planOf({ metrics: [metric] }) }),
      statistics: [step(0.2, { [metric.name]: { control, candidate } })],
      now: START,
    }).metrics[0]
  const cost: Metric = { name: 'cost-micro-usd', kind: 'mean', scale: 'linear', margin: 50, critical: false }

  test.for([
    { name: 'as fast', control: values(1600, 6, 0.6), candidate: values(400, 6, 0.6), verdict: 'not-worse' },
    { name: 'half slower', control: values(1600, 6, 0.6), candidate: values(400, 6.4, 0.6), verdict: 'harm' },
    { name: 'too little seen', control: values(200, 6, 0.6), candidate: values(50, 6.4, 0.6), verdict: 'undecided' },
    { name: 'all values the same', control: values(400, 6, 0), candidate: values(100, 6, 0), verdict: 'not-worse' },
    {
      name: 'a cost of nothing',
      control: values(400, 0, 0),
      candidate: values(100, 0, 0),
      metric: cost,
      verdict: 'not-worse',
    },
    {
      name: 'a long tail with few units',
      control: values(400, 10, 15),
      candidate: values(100, 10, 15),
      metric: cost,
      verdict: 'undecided',
    },
  ])('$name: $verdict', ({ control, candidate, metric, verdict }) => {
    expect(judged(control, candidate, metric)?.verdict).toBe(verdict)
  })

  test('a log mean is told as a ratio', () => {
    const reading = judged(values(1600, 6, 0.6), values(400, 6 + Math.log(1.5), 0.6))
    expect(reading?.difference).toBeCloseTo(0.5, 6)
    expect(reading?.candidate.value).toBeCloseTo(Math.exp(6) * 1.5, 3)
  })
})

test('any harm of a critical metric rolls back, of another only harm past half the margin', () => {
  const seen = (name: string) => [
    step(0.5, { [name]: { control: events(20_000, 20), candidate: events(20_000, 80) } }, 0),
  ]
  const made = (metric: Metric) =>
    decide({
      rollout: standing({ plan: planOf({ metrics: [metric], steps: [0.5, 1] }) }),
      statistics: seen(metric.name),
      now: START,
    }).decision
  expect(made(LEAK)).toBe('abort')
  expect(made({ ...LEAK, critical: false })).toBe('complete')
})

describe('simulated rollouts of 20 → 50 → 100 %, looked at every 50 units', () => {
  /** Sticky subjects that come once; the decision is taken as in production, on what each step has seen. */
  function play({
    seed,
    base,
    bad,
    slower = 1,
  }: {
    seed: number
    base: (unit: number) => number
    bad: (unit: number) => number
    slower?: number
  }) {
    const random = seededRandom(seed)
    const plan = planOf({ metrics: [ERROR, LATENCY, LEAK] })
    const statistics: StepStatistics[] = []
    let at: Standing = standing({ plan })
    for (let unit = 1; unit <= 8000; unit += 1) {
      const share = plan.steps[at.step] ?? 1
      const arm = random() < share ? 'candidate' : 'control'
      const isCandidate = arm === 'candidate'
      const here = statistics[at.step] ?? emptyStep(at.step, share)
      statistics[at.step] = here
      here.firstSeen[arm] += 1
      const failed = random() < (isCandidate ? bad(unit) : base(unit)) ? 1 : 0
      count(here, 'error', arm, failed)
      count(here, 'leak', arm, random() < 0.001 ? 1 : 0)
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      count(here, 'latency-ms', arm, 6 + 0.6 * normal + (isCandidate ? Math.log(slower) : 0))
      if (unit % 50 > 0) continue
      const made = decide({ rollout: at, statistics, now: START })
      if (made.decision === 'abort' || made.decision === 'complete') return { end: made.decision, unit }
      if (made.decision === 'advance') at = { ...at, step: at.step + 1 }
    }
    return { end: 'undecided' as const, unit: 8000 }
  }
  function emptyStep(index: number, share: number): StepStatistics {
    const none = () => ({ control: events(0, 0), candidate: events(0, 0) })
    return {
      step: index,
      share,
      firstSeen: { control: 0, candidate: 0 },
      metrics: { error: none(), leak: none(), 'latency-ms': none() },
    }
  }
  function count(here: StepStatistics, metric: string, arm: 'control' | 'candidate', value: number): void {
    const sums = here.metrics[metric]?.[arm]
    if (!sums) return
    sums.units += 1
    sums.events += metric === 'latency-ms' ? 0 : value
    sums.sum += value
    sums.sumOfSquares += value ** 2
  }
  const RUNS = 150
  const ends = (world: Omit<Parameters<typeof play>[0], 'seed'>) =>
    Array.from({ length: RUNS }, (_, i) => play({ ...world, seed: 1000 + i }))
  const share = (runs: { end: string }[], end: string) => runs.filter((run) => run.end === end).length / runs.length

  test.for([
    { world: 'the same release twice', base: () => 0.01 },
    {
      world: 'the same release twice while errors fall from 6 to 1 %',
      base: (unit: number) => Math.max(0.01, 0.06 - unit / 40_000),
    },
    {
      world: 'the same release twice through an outage',
      base: (unit: number) => (unit > 800 && unit < 1000 ? 0.5 : 0.01),
    },
  ])('$world is almost never rolled back, and mostly completes', ({ base }) => {
    const runs = ends({ base, bad: base })
    expect(share(runs, 'abort')).toBeLessThanOrEqual(0.02)
    expect(share(runs, 'complete')).toBeGreaterThan(0.8)
  })

  test('a release with 10 % errors instead of 1 % is rolled back soon', () => {
    const runs = ends({ base: () => 0.01, bad: () => 0.1 })
    expect(share(runs, 'abort')).toBeGreaterThan(0.98)
    expect(share(runs, 'complete')).toBe(0)
    const median = runs.map(({ unit }) => unit).sort((a, b) => a - b)[RUNS / 2]
    expect(median).toBeLessThan(1200)
  })

  test('a release that is half slower is rolled back', () => {
    expect(share(ends({ base: () => 0.01, bad: () => 0.01, slower: 1.5 }), 'abort')).toBeGreaterThan(0.95)
  })

  test('a release exactly at the margin is seldom completed', () => {
    expect(share(ends({ base: () => 0.01, bad: () => 0.03 }), 'complete')).toBeLessThanOrEqual(0.06)
  })
})
