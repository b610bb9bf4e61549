/**
 * What `/metrics` shows, gathered from all slices. Gates are judged from the database, so that their state is read
 * at most every ten seconds, and of the first hundred applications; everything else is in memory.
 */
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import { monotonicMs, SECOND } from '../kernel/time.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { Labels, MetricFamily } from '../wire/metrics.ts'
import { sumFamilies } from '../wire/metrics-sum.ts'
import { loadFamilies, withLoadRatio } from './load-metrics.ts'
import { type TargetFigures, targetFamilies } from './target-metrics.ts'

const FRESH_MS = 10 * SECOND
const MOST_APPLICATIONS = 100
const MICRO = 1e6

type Sources = {
  readonly telemetry: Pick<Telemetry, 'metrics' | 'status'>
  readonly delivery: Pick<Delivery, 'applications' | 'liveTable'>
  readonly access: Pick<Access, 'limits'>
  readonly gateway: {
    readonly cacheFigures: () => CacheFigures
    readonly targetFigures: () => TargetFigures
    readonly inFlight: () => number
  }
  /** Requests under way that the gateway of this process is to bear; 0 where it answers none. */
  readonly capacity: number
  /** What the gateway processes count that stand before this one. */
  readonly others: () => Promise<readonly (readonly MetricFamily[])[]>
  readonly countJobs: () => Promise<readonly { kind: string; state: string; count: number }[]>
}

/** The families that this caller may see: a key of one application sees that one alone, and nothing of the house. */
export function gatherMetrics({ telemetry, delivery, access, gateway, capacity, others, countJobs }: Sources) {
  let kept: { at: number; read: ReturnType<typeof readSlow> } | undefined

  async function readSlow() {
    const { items } = await delivery.applications.list({ cursor: undefined, limit: MOST_APPLICATIONS })
    return { applications: items, jobs: await countJobs() }
  }

  return async (caller: Caller): Promise<MetricFamily[]> => {
    if (!kept || monotonicMs() - kept.at > FRESH_MS) {
      kept = { at: monotonicMs(), read: readSlow() }
      kept.read.catch(() => {
        kept = undefined
      })
    }
    const { applications, jobs } = await kept.read
    const seen = applications.filter(({ name }) => caller.application === null || caller.application === name)
    const ofApplications = [
      ...telemetry.metrics.families(caller.application),
      ...liveFamilies(delivery, seen),
      ...gateFamilies(seen),
      ...limitFamilies(access, seen),
    ]
    const ours =
      caller.application === null
        ? [
            ...ofApplications,
            ...recorderFamilies(telemetry),
            jobFamily(jobs),
            ...cacheFamilies(gateway.cacheFigures()),
            ...targetFamilies(gateway.targetFigures()),
            ...loadFamilies({ underWay: gateway.inFlight(), capacity }),
          ]
        : ofApplications
    return withLoadRatio(sumFamilies([ours, ...(await others()).map((families) => seenBy(caller, families))]))
  }
}

/** What a process counts that answers the model routes. */
export const gatewayFigures = ({
  telemetry,
  gateway,
  capacity,
}: Pick<Sources, 'telemetry' | 'gateway' | 'capacity'>): MetricFamily[] => [
  ...telemetry.metrics.families(null),
  ...recorderFamilies(telemetry),
  ...cacheFamilies(gateway.cacheFigures()),
  ...targetFamilies(gateway.targetFigures()),
  ...loadFamilies({ underWay: gateway.inFlight(), capacity }),
]

function seenBy({ application }: Caller, families: readonly MetricFamily[]): MetricFamily[] {
  if (application === null) return [...families]
  return families.map((family) => {
    const samples = (family.samples as { labels: Labels }[]).filter(({ labels }) => labels.application === application)
    return { ...family, samples } as MetricFamily
  })
}

type CacheFigures = { hits: number; misses: number; shared: number; near: number; entries: number; bytes: number }

/** The answers that this process keeps; its rate of hits is (hit + shared + near) of all four. */
const cacheFamilies = ({ hits, misses, shared, near, entries, bytes }: CacheFigures): MetricFamily[] => [
  {
    name: 'airworthy_gateway_cache_requests',
    type: 'counter',
    help: 'Requests of routes that keep answers, by where the answer came from.',
    samples: [
      { labels: { result: 'hit' }, value: hits },
      { labels: { result: 'shared' }, value: shared },
      // Who asked in other words was not answered by the exact one, and was counted as a miss there.
      { labels: { result: 'near' }, value: near },
      { labels: { result: 'miss' }, value: misses - near },
    ],
  },
  {
    name: 'airworthy_gateway_cache_entries',
    type: 'gauge',
    help: 'Answers that are kept.',
    samples: [{ labels: {}, value: entries }],
  },
  {
    name: 'airworthy_gateway_cache_bytes',
    type: 'gauge',
    help: 'Memory that the kept answers take.',
    samples: [{ labels: {}, value: bytes }],
  },
]

type Applications = Awaited<ReturnType<Delivery['applications']['list']>>['items']

function liveFamilies(delivery: Sources['delivery'], applications: Applications): MetricFamily[] {
  const table = delivery.liveTable().applications
  const arms = applications.flatMap(({ name }) =>
    STAGES.flatMap((stage) => {
      const live = table[name]?.stages[stage]
      if (!live) return []
      const share = live.rollout?.share ?? 0
      const labels = (release: string, arm: string): Labels => ({ application: name, stage, release, arm })
      return [
        { labels: labels(live.release, 'control'), value: 1 - share },
        ...(live.rollout ? [{ labels: labels(live.rollout.candidate, 'candidate'), value: share }] : []),
      ]
    }),
  )
  return [
    {
      name: 'airworthy_live_share_ratio',
      type: 'gauge',
      help: 'Share of the traffic of a stage that a release answers; a candidate is under rollout.',
      samples: arms,
    },
  ]
}

function gateFamilies(applications: Applications): MetricFamily[] {
  const gates = applications.flatMap(({ name, stages }) =>
    stages.flatMap(({ next }) => (next ? [{ application: name, gate: next }] : [])),
  )
  return [
    {
      name: 'airworthy_gate_open',
      type: 'gauge',
      help: '1 when the release in force may enter the next stage, 0 when its gate is held.',
      samples: gates.map(({ application, gate }) => ({
        labels: { application, into: gate.into },
        value: gate.decision === 'open' ? 1 : 0,
      })),
    },
    {
      name: 'airworthy_gate_checks',
      type: 'gauge',
      help: 'Checks of that gate by verdict.',
      samples: gates.flatMap(({ application, gate }) =>
        Object.entries(gate.counts).map(([verdict, value]) => ({
          labels: { application, into: gate.into, verdict },
          value: value ?? 0,
        })),
      ),
    },
  ]
}

function limitFamilies(access: Sources['access'], applications: Applications): MetricFamily[] {
  const all = applications.map(({ name }) => access.limits.status(name as Name))
  const gauge = (name: string, help: string, read: (status: (typeof all)[number]) => number | null): MetricFamily => ({
    name,
    help,
    type: 'gauge',
    samples: all.flatMap((status) => {
      const value = read(status)
      return value === null ? [] : [{ labels: { application: status.application }, value }]
    }),
  })
  const dollars = (amount: string | null) => (amount === null ? null : approximateMicroUsd(amount) / MICRO)
  return [
    gauge(
      'airworthy_limit_requests_per_minute',
      'The cap in requests; absent without one.',
      ({ limits }) => limits.requestsPerMinute,
    ),
    gauge(
      'airworthy_requests_last_minute',
      'Requests of the last minute, as the cap counts them.',
      ({ requests }) => requests.inLastMinute,
    ),
    gauge('airworthy_limit_month_usd', 'The cap in dollars for a month; absent without one.', ({ limits }) =>
      dollars(limits.costMicroUsdPerMonth),
    ),
    gauge('airworthy_spent_month_usd', 'Dollars spent this month, as the cap counts them.', ({ cost }) =>
      dollars(cost.spentMicroUsd),
    ),
  ]
}

function recorderFamilies(telemetry: Sources['telemetry']): MetricFamily[] {
  const { export: exported, ...recorder } = telemetry.status()
  const one = (type: 'counter' | 'gauge', name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type,
    samples: [{ labels: {}, value }],
  })
  return [
    one(
      'gauge',
      'airworthy_recorder_healthy',
      '1 while traces are written and taken in.',
      recorder.state === 'ok' ? 1 : 0,
    ),
    one('gauge', 'airworthy_recorder_queued', 'Traces in memory, not yet in the spool.', recorder.queued),
    one('gauge', 'airworthy_spool_lines', 'Traces in the spool, not yet in the database.', recorder.spooled),
    one('counter', 'airworthy_traces_ingested', 'Traces taken into the database.', recorder.ingested),
    one('counter', 'airworthy_traces_dropped', 'Traces lost because the queue was full.', recorder.dropped),
    one('counter', 'airworthy_traces_rejected', 'Traces that could not be read or taken in.', recorder.rejected),
    one('counter', 'airworthy_spool_write_errors', 'Failed writes of the spool.', recorder.writeErrors),
    one('counter', 'airworthy_ingest_errors', 'Failed inserts of traces.', recorder.ingestErrors),
    ...(exported
      ? [
          one(
            'gauge',
            'airworthy_export_healthy',
            '1 while the collector takes traces.',
            exported.state === 'ok' ? 1 : 0,
          ),
          one('gauge', 'airworthy_export_queued', 'Traces that wait for the collector.', exported.queued),
          one('counter', 'airworthy_export_spans', 'Spans that the collector took.', exported.exported),
          one('counter', 'airworthy_export_spans_dropped', 'Spans that were not sent.', exported.dropped),
          one('counter', 'airworthy_export_spans_rejected', 'Spans that the collector refused.', exported.rejected),
        ]
      : []),
  ]
}

const jobFamily = (jobs: readonly { kind: string; state: string; count: number }[]): MetricFamily => ({
  name: 'airworthy_jobs',
  type: 'gauge',
  help: 'Jobs by kind and state.',
  samples: jobs.map(({ kind, state, count }) => ({ labels: { kind, state }, value: count })),
})
