/** How an application did over time, by release and arm. */
import { Failure } from '../../kernel/failure.ts'
import { microUsd, picoOf } from '../../kernel/money.ts'
import { age, type Clock, DAY, epochMs, type Instant, instantOf, later, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import type { Series, SeriesPoint } from '../series-contract.ts'
import { type CountedStretch, countSeries } from './store.ts'

const MOST_DAYS = 90

export type SeriesAsk = {
  readonly caller: Caller
  readonly application: string
  readonly stage?: string | undefined
  readonly rollout?: string | undefined
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
  readonly points: number
}

export const createSeries =
  ({ db, clock }: { db: Database; clock: Clock }) =>
  async ({ caller, points, ...ask }: SeriesAsk): Promise<Series> => {
    demandApplication(caller, ask.application)
    const { until = later(clock(), 1) } = ask
    const { since = later(until, -DAY) } = ask
    const lasts = age(since, until)
    if (lasts <= 0 || lasts > MOST_DAYS * DAY)
      throw new Failure(
        'invalid',
        'telemetry.series-window',
        `since, until: from ${since} to ${until} is no time of up to ${MOST_DAYS} days. Name another \`since\` or \`until\`.`,
      )
    const stepMs = Math.max(SECOND, Math.ceil(lasts / points))
    const rows = await countSeries(db, { ...ask, since, until, stepMs })
    const lines = Map.groupBy(rows, ({ release, arm }) => `${release} ${arm}`)
    return {
      since,
      until,
      stepMs,
      items: [...lines.values()].flatMap((some) => {
        const [first] = some
        return first ? [{ release: first.release, arm: first.arm, points: some.map(pointOf(since, stepMs)) }] : []
      }),
    }
  }

const pointOf =
  (since: Instant, stepMs: number) =>
  ({ release: _, arm: __, stretch, costMicroUsd, ...counts }: CountedStretch): SeriesPoint => ({
    at: instantOf(epochMs(since) + stretch * stepMs),
    ...counts,
    costMicroUsd: microUsd(picoOf(costMicroUsd)),
  })
