/**
 * Counts of settled requests for Prometheus, since the start of the process. Labels are names that we gave
 * (application, release, arm), never words of callers; beyond `MOST_SERIES` of them everything is counted as `other`.
 */
import { isOfDrill } from '../core/fault.ts'
import { verdictsIn } from '../core/guardrail.ts'
import { picoOf } from '../kernel/money.ts'
import type { HistogramValue, Labels, MetricFamily } from '../wire/metrics.ts'
import type { Settled } from './settled.ts'

/** Sets of labels; each makes some forty lines. */
const MOST_SERIES = 500
const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]
const OVERHEAD_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5]
const PICO_PER_USD = 1e12

export type RequestMetrics = ReturnType<typeof createRequestMetrics>

export function createRequestMetrics({ mostSeries = MOST_SERIES }: { mostSeries?: number } = {}) {
  const series = new Map<string, Series>()

  function seriesOf(event: Settled): Series {
    const labels = labelsOf(event)
    const key = Object.values(labels).join('\n')
    const there = series.get(key)
    if (there) return there
    const isFull = series.size >= mostSeries
    if (isFull) {
      const other = series.get(OTHER)
      if (other) return other
    }
    const made = newSeries(isFull ? { application: 'other', stage: 'other', release: 'other', arm: 'other' } : labels)
    series.set(isFull ? OTHER : key, made)
    return made
  }

  return {
    observe(event: Settled): void {
      if (isOfDrill(event)) return
      const one = seriesOf(event)
      const status = statusOf(event)
      one.byStatus.set(status, (one.byStatus.get(status) ?? 0) + 1)
      one.inputTokens += event.usage.inputTokens
      one.outputTokens += event.usage.outputTokens
      if (event.costMicroUsd === null) one.unpriced += 1
      else one.costPico += picoOf(event.costMicroUsd)
      if (event.abstained) one.abstained += 1
      for (const { id, on, verdict } of verdictsIn(event.steps)) count(one.verdicts, { guardrail: id, on, verdict })
      add(one.overhead, event.overheadMs / 1000)
      // What was given up or broke says nothing of how long an answer takes.
      if (event.status !== 'complete') return
      add(one.latency, event.latencyMs / 1000)
      if (event.firstTokenMs !== null) add(one.firstToken, event.firstTokenMs / 1000)
    },

    /** @param application only this one's; null for all */
    families(application: string | null): MetricFamily[] {
      const all = [...series.values()].filter(
        ({ labels }) => application === null || labels.application === application,
      )
      const each = <Value>(read: (one: Series) => Value) => all.map((one) => ({ labels: one.labels, value: read(one) }))
      return [
        {
          name: 'airworthy_requests',
          type: 'counter',
          help: 'Requests that ended, by class of HTTP status; cancelled are those that the client gave up.',
          samples: all.flatMap(({ labels, byStatus }) =>
            [...byStatus].map(([status, value]) => ({ labels: { ...labels, status }, value })),
          ),
        },
        {
          name: 'airworthy_tokens',
          type: 'counter',
          help: 'Tokens in and out.',
          samples: all.flatMap(({ labels, inputTokens, outputTokens }) => [
            { labels: { ...labels, direction: 'input' }, value: inputTokens },
            { labels: { ...labels, direction: 'output' }, value: outputTokens },
          ]),
        },
        {
          name: 'airworthy_cost_usd',
          type: 'counter',
          help: 'Cost in dollars of the requests whose price is known.',
          samples: each(({ costPico }) => Number(costPico) / PICO_PER_USD),
        },
        {
          name: 'airworthy_unpriced_requests',
          type: 'counter',
          help: 'Requests whose price is not known; they are in no cost.',
          samples: each(({ unpriced }) => unpriced),
        },
        {
          name: 'airworthy_abstained_requests',
          type: 'counter',
          help: 'Answers that said they do not know.',
          samples: each(({ abstained }) => abstained),
        },
        {
          name: 'airworthy_guardrail_verdicts',
          type: 'counter',
          help: 'What guardrails of releases said of requests: passed, observed, redacted or blocked.',
          samples: all.flatMap(({ labels, verdicts }) =>
            [...verdicts.values()].map((one) => ({ labels: { ...labels, ...one.labels }, value: one.value })),
          ),
        },
        {
          name: 'airworthy_request_duration_seconds',
          type: 'histogram',
          help: 'From the request to the end of a complete answer.',
          samples: each(({ latency }) => latency),
        },
        {
          name: 'airworthy_time_to_first_token_seconds',
          type: 'histogram',
          help: 'From the request to the first piece of a streamed answer.',
          samples: each(({ firstToken }) => firstToken),
        },
        {
          name: 'airworthy_gateway_overhead_seconds',
          type: 'histogram',
          help: 'What of a request was ours: before the model was asked and after it had answered.',
          samples: each(({ overhead }) => overhead),
        },
      ]
    },
  }
}

type Histogram = HistogramValue & { readonly counts: number[]; sum: number }
type Series = {
  readonly labels: Labels
  readonly byStatus: Map<string, number>
  inputTokens: number
  outputTokens: number
  costPico: bigint
  unpriced: number
  abstained: number
  readonly verdicts: Map<string, { readonly labels: Labels; value: number }>
  readonly latency: Histogram
  readonly firstToken: Histogram
  readonly overhead: Histogram
}

const OTHER = 'other'

/** A model that was used directly has none of these. */
const labelsOf = ({ application, stage, release, arm }: Settled): Labels => ({
  application: application ?? '',
  stage: stage ?? '',
  release: release ?? '',
  arm: arm ?? '',
})

const statusOf = ({ status, httpStatus }: Settled): string =>
  status === 'cancelled'
    ? 'cancelled'
    : status === 'errored' && httpStatus < 400
      ? '5xx'
      : `${Math.floor(httpStatus / 100)}xx`

const newSeries = (labels: Labels): Series => ({
  labels,
  byStatus: new Map(),
  inputTokens: 0,
  outputTokens: 0,
  costPico: 0n,
  unpriced: 0,
  abstained: 0,
  verdicts: new Map(),
  latency: newHistogram(LATENCY_SECONDS),
  firstToken: newHistogram(LATENCY_SECONDS),
  overhead: newHistogram(OVERHEAD_SECONDS),
})

const newHistogram = (bounds: readonly number[]): Histogram => ({
  bounds,
  counts: new Array<number>(bounds.length + 1).fill(0),
  sum: 0,
})

function count(counts: Series['verdicts'], labels: Labels): void {
  const key = Object.values(labels).join(' ')
  const found = counts.get(key)
  if (found) found.value += 1
  else counts.set(key, { labels, value: 1 })
}

function add(histogram: Histogram, value: number): void {
  const at = histogram.bounds.findIndex((bound) => value <= bound)
  const bucket = at === -1 ? histogram.bounds.length : at
  histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1
  histogram.sum += value
}
