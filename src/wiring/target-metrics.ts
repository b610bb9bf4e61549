/** What `/metrics` shows of the targets that this gateway asked, and of asking again. */
import type { MetricFamily } from '../wire/metrics.ts'

export type TargetFigures = {
  readonly targets: readonly {
    readonly model: string
    readonly breaker: 'closed' | 'open' | 'half-open'
    readonly underWay: number
    readonly latencyMs: number | null
    readonly answered: number
    readonly failedBy: Readonly<Record<string, number>>
  }[]
  readonly budgets: readonly {
    readonly provider: string
    readonly asked: number
    readonly again: number
    readonly refused: number
  }[]
}

export const targetFamilies = ({ targets, budgets }: TargetFigures): MetricFamily[] => [
  {
    name: 'airworthy_target_open',
    type: 'gauge',
    help: '1 while a target rests after failures, 0.5 while one request probes it, 0 while it is asked.',
    samples: targets.map(({ model, breaker }) => ({ labels: { model }, value: OPEN[breaker] })),
  },
  {
    name: 'airworthy_target_requests_under_way',
    type: 'gauge',
    help: 'Requests that a target has not answered yet.',
    samples: targets.map(({ model, underWay }) => ({ labels: { model }, value: underWay })),
  },
  {
    name: 'airworthy_target_latency_seconds',
    type: 'gauge',
    help: 'How long its answers take, smoothed.',
    samples: targets.flatMap(({ model, latencyMs }) =>
      latencyMs === null ? [] : [{ labels: { model }, value: latencyMs / 1000 }],
    ),
  },
  {
    name: 'airworthy_target_attempts',
    type: 'counter',
    help: 'Attempts at a target, by what became of them.',
    samples: targets.flatMap(({ model, answered, failedBy }) => [
      { labels: { model, result: 'answered' }, value: answered },
      ...Object.entries(failedBy).map(([result, value]) => ({ labels: { model, result }, value })),
    ]),
  },
  {
    name: 'airworthy_retry_budget_requests',
    type: 'counter',
    help: 'Requests at a provider: asked first, asked again, and not asked again because the budget was spent.',
    samples: budgets.flatMap(({ provider, asked, again, refused }) => [
      { labels: { provider, result: 'first' }, value: asked },
      { labels: { provider, result: 'again' }, value: again },
      { labels: { provider, result: 'refused' }, value: refused },
    ]),
  },
]

const OPEN = { closed: 0, 'half-open': 0.5, open: 1 } as const
