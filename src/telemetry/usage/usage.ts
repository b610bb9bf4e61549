/** What was used, by whatever requests have in common; each row leads to its requests. */
import type { ReleaseId } from '../../core/release.ts'
import { csvLine, noFormula } from '../../kernel/csv.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { type Clock, DAY, Instant, later } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { type CountedDay, type CountedModel, countDays, countModels, summedHours } from '../roll-up/index.ts'
import type { Counts, UsageByRow, UsageCounts, UsageGroup, UsageQuery } from '../usage-contract.ts'
import { createSeries } from './series.ts'
import { type Counted, type CountedBy, countSatisfaction, countUsage, countUsageBy } from './store.ts'

/** More rows than a person reads; a table for a spreadsheet takes ten times as many. */
const MOST_ROWS = 1000
const MOST_LINES = 10_000

export type UsageBy = {
  since: Instant
  until: Instant
  by: UsageGroup[]
  total: UsageCounts
  items: UsageByRow[]
  isCut: boolean
}

export function createUsage({ db, clock }: { db: Database; clock: Clock }) {
  async function count({ caller, query }: { caller: Caller; query: UsageQuery }, limit = MOST_ROWS): Promise<UsageBy> {
    const now = clock()
    const { by, since = later(now, -30 * DAY), until = later(now, 1), release, model, latencies } = query
    if (caller.application !== null && query.application !== undefined) demandApplication(caller, query.application)
    const application = caller.application ?? query.application
    const asked = { by, since, until, application, release, model }
    const summed = summedHours(now)
    const rows = await countUsageBy(db, { ...asked, summed, limit: limit + 1, withLatencies: latencies !== 'false' })
    const items = rows.filter(({ isTotal }) => !isTotal)
    const total = rows.find(({ isTotal }) => isTotal)
    return {
      since,
      until,
      by,
      total: total ? countsOf(total) : { ...NO_USAGE, ...NOTHING_KEPT },
      items: items.slice(0, limit).map((row) => rowOf(row, asked)),
      isCut: items.length > limit,
    }
  }
  /** Of one application, of the last day when not said: by release and hour, and all of it. */
  async function ofApplication({
    caller,
    application,
    since = later(clock(), -DAY),
    release,
  }: {
    caller: Caller
    application: string
    since?: Instant | undefined
    release?: ReleaseId | undefined
  }) {
    demandApplication(caller, application)
    const rows = await countUsage(db, { application, since, release, summed: summedHours(clock()) })
    const total = rows.find((row) => row.hour === null)
    return {
      since,
      total: total ? withoutGroup(total) : NO_USAGE,
      items: rows.flatMap(({ hour, ...row }) =>
        hour === null ? [] : [{ ...row, costMicroUsd: MicroUsd.parse(row.costMicroUsd), hour }],
      ),
    }
  }

  return {
    count,
    ofApplication,
    series: createSeries({ db, clock }),
    /** Of `helpful`, each user's last word on an answer, by application; of all when none is named. */
    satisfaction: (ask: { application?: string | undefined; since: Instant }) =>
      countSatisfaction(db, { application: undefined, ...ask }),
    /** Requests and errors by application and model since then; of all applications when none is named. */
    models: (ask: { application?: string | undefined; since: Instant }): Promise<CountedModel[]> =>
      countModels(db, { application: undefined, ...ask, until: later(clock(), 1), summed: summedHours(clock()) }),
    /** Requests and cost by application and day, oldest first; of all applications when none is named. */
    days: (ask: { application?: string | undefined; since: Instant; until: Instant }): Promise<CountedDay[]> =>
      countDays(db, { application: undefined, ...ask, summed: summedHours(clock()) }),
    async csv(ask: { caller: Caller; query: UsageQuery }): Promise<string> {
      const { by, items } = await count(ask, MOST_LINES)
      const lines = items.map((row) => [
        ...by.map((group) => row.group[group] ?? ''),
        // A sum of nothing known is left out: an empty cell is no zero.
        ...COLUMNS.map((column) => (column === 'costMicroUsd' && row.priced === 0 ? '' : String(row[column] ?? ''))),
      ])
      return [[...by, ...COLUMNS], ...lines].map((line) => `${csvLine(line.map(noFormula))}\r\n`).join('')
    },
  }
}

const COLUMNS = [
  'requests',
  'errors',
  'cancelled',
  'inputTokens',
  'cacheReadTokens',
  'outputTokens',
  'costMicroUsd',
  'unpriced',
  'unpricedTokens',
  'keptAnswers',
  'keptByMeaning',
  'keptShare',
  'savedMicroUsd',
  'savedUnpriced',
  'latencyP50Ms',
  'latencyP95Ms',
] as const

type Filters = Pick<UsageQuery, 'by' | 'release' | 'model'> & {
  since: Instant
  until: Instant
  application: string | undefined
}

function rowOf(counted: CountedBy, filters: Filters): UsageByRow {
  const group = Object.fromEntries(filters.by.map((name, i) => [name, counted.groups[i] ?? null]))
  const { cacheReadTokens } = counted
  return { ...countsOf(counted), group, cacheReadTokens, traces: tracesOf(group, filters) }
}

/** Requests that do not say cannot be asked for. */
function tracesOf(group: UsageByRow['group'], { since, until, application, release, model }: Filters): string | null {
  const { day, ...named } = group
  const asked: Record<string, string | null | undefined> = { application, release, model, ...named, since, until }
  if (Object.values(group).includes(null)) return null
  if (day) {
    const start = Instant.parse(`${day}T00:00:00.000Z`)
    const end = later(start, DAY)
    asked.since = start > since ? start : since
    asked.until = end < until ? end : until
  }
  const pairs = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return `/api/v1/traces?${new URLSearchParams(pairs)}`
}

function countsOf({ isTotal: _, groups: __, cacheReadTokens: ___, ...counts }: CountedBy): UsageCounts {
  const { requests, keptAnswers, savedUnpriced, savedMicroUsd } = counts
  return {
    ...counts,
    costMicroUsd: MicroUsd.parse(counts.costMicroUsd),
    keptShare: requests === 0 ? null : keptAnswers / requests,
    savedMicroUsd: keptAnswers > 0 && savedUnpriced === keptAnswers ? null : MicroUsd.parse(savedMicroUsd),
  }
}

function withoutGroup({ hour: _, release: __, ...counts }: Counted): Counts {
  return { ...counts, costMicroUsd: MicroUsd.parse(counts.costMicroUsd) }
}

const NO_USAGE: Counts = {
  requests: 0,
  errors: 0,
  cancelled: 0,
  abstained: 0,
  inputTokens: 0,
  outputTokens: 0,
  costMicroUsd: MicroUsd.parse('0'),
  priced: 0,
  unpriced: 0,
  unpricedTokens: 0,
  latencyP50Ms: null,
  latencyP95Ms: null,
}

const NOTHING_KEPT = {
  keptAnswers: 0,
  keptByMeaning: 0,
  keptShare: null,
  savedMicroUsd: MicroUsd.parse('0'),
  savedUnpriced: 0,
}
