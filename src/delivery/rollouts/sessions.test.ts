/** Sessions under a rollout: put together request by request, counted when they have ended. */
import { expect, test } from 'vitest'
import { missedKpi, SESSION_COST } from '../../core/late-metric.ts'
import type { Outcome } from '../../core/outcome.ts'
import { RolloutPlan } from '../../core/rollout.ts'
import type { Instant } from '../../kernel/time.ts'
import type { SessionRow } from './rows.ts'
import { grown, outcomesOfSession } from './sessions.ts'

const KPI = missedKpi('solved')
const PLAN = RolloutPlan.parse({
  metrics: [
    { name: SESSION_COST, kind: 'mean', scale: 'log', margin: 0.2 },
    { name: KPI, kind: 'event', margin: 0.05 },
  ],
})
const part = (eventId: string, value: number | null, metric = SESSION_COST): Outcome =>
  ({
    ...{ eventId, metric, value, rollout: 'rol_a', release: 'rel_a', arm: 'candidate', share: 0.2, unit: 'ada' },
    at: `2026-03-01T00:0${eventId.length}:00.000Z` as Instant,
  }) as Outcome
const ended = (parts: readonly Outcome[]): Record<string, number | null> | 'none' => {
  const session: SessionRow | undefined = grown(undefined, parts)
  return session
    ? Object.fromEntries(outcomesOfSession({ plan: PLAN }, session).map((one) => [one.metric, one.value]))
    : 'none'
}

test.for([
  ['costs are added up', [part('a', 10), part('bb', 5)], { [SESSION_COST]: 15, [KPI]: 1 }],
  ['a request that is told twice is in the sum once', [part('a', 10), part('a', 10)], { [SESSION_COST]: 10, [KPI]: 1 }],
  ['a cost that nobody knows spoils the sum', [part('a', 10), part('bb', null)], { [SESSION_COST]: null, [KPI]: 1 }],
  ['a goal that was reached is not missed', [part('a', 1), part('k', 0, KPI)], { [SESSION_COST]: 1, [KPI]: 0 }],
  [
    'what was reached once stays reached',
    [part('a', 1), part('k', 0, KPI), part('k', 1, KPI)],
    { [SESSION_COST]: 1, [KPI]: 0 },
  ],
  ['a goal alone begins no session', [part('k', 0, KPI)], 'none'],
] as const)('%s', ([, parts, expected]) => {
  expect(ended(parts)).toEqual(expected)
})

test.for([
  [
    { strategy: 'shadow', steps: [0.5, 1], shadow: { usd: '1' } },
    [{ name: SESSION_COST, kind: 'mean', margin: 1 }],
    'metrics',
  ],
  [{}, [{ name: 'shortfall.refusal', kind: 'mean', margin: 0.1 }], 'scores'],
  [{ scores: { suite: 'answers', usd: '1' } }, [{ name: 'error', kind: 'event', margin: 0.1 }], 'scores'],
  [
    {},
    [
      { name: 'error', kind: 'event', margin: 0.1 },
      { name: 'error', kind: 'event', margin: 0.2 },
    ],
    'metrics',
  ],
] as const)('a plan %j with the metrics %j is refused at %s', ([plan, metrics, field]) => {
  const { error } = RolloutPlan.safeParse({ ...plan, metrics })
  expect(error?.issues.map(({ path }) => path.join('.'))).toContain(field)
})
