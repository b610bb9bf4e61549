/** Response times: the newest complete answers of an application, taken apart into the steps of its flow. */
import { type Spread, spreadOf } from '../../core/spread.ts'
import { Failure } from '../../kernel/failure.ts'
import { age, type Clock, DAY, type Instant, later, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import type { PartTime, ResponseTimes } from './contract.ts'
import { listTimes, type TimedAnswer, type TimesAsk } from './store.ts'

/** More would say little more, and each has to be taken apart. */
const MOST_ANSWERS = 5_000
const USUAL_DAYS = 7

export type ResponseTimesAsk = Omit<TimesAsk, 'since' | 'until'> & {
  readonly caller: Caller
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
}

export const createResponseTimes =
  ({ db, clock, settle }: { db: Database; clock: Clock; settle: () => Promise<unknown> }) =>
  async ({ caller, ...ask }: ResponseTimesAsk): Promise<ResponseTimes> => {
    demandApplication(caller, ask.application)
    const { until = later(clock(), 1) } = ask
    const { since = later(until, -USUAL_DAYS * DAY) } = ask
    if (age(since, until) <= 0)
      throw new Failure(
        'invalid',
        'telemetry.times-window',
        `since, until: ${since} is not before ${until}. Name another \`since\` or \`until\`.`,
      )
    await settle()
    const found = await listTimes(db, { ...ask, since, until, limit: MOST_ANSWERS + 1 })
    const answers = found.slice(0, MOST_ANSWERS)
    return {
      ...{ since, until, n: answers.length, isCut: found.length > answers.length },
      latencyMs: spreadOf(answers.map(({ latencyMs }) => latencyMs)),
      firstTokenMs: spreadOf(answers.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])),
      tokensPerSecond: spreadOf(answers.flatMap(speedOf)),
      parts: partsOf(answers),
    }
  }

/** Below a millisecond the speed is that of a clock. */
function speedOf({ latencyMs, firstTokenMs, outputTokens }: TimedAnswer): number[] {
  if (firstTokenMs === null || latencyMs - firstTokenMs < 1) return []
  return [(outputTokens * SECOND) / (latencyMs - firstTokenMs)]
}

type Part = { readonly part: string; readonly kind: string; readonly values: number[] }

function partsOf(answers: readonly TimedAnswer[]): PartTime[] {
  const parts = new Map<string, Part>()
  const add = (part: string, kind: string, ms: number) => {
    const key = `${kind} ${part}`
    const one = parts.get(key) ?? { part, kind, values: [] }
    one.values.push(ms)
    parts.set(key, one)
  }
  for (const { overheadMs, steps } of answers) {
    add('ours', 'ours', overheadMs)
    const ofRequest = new Map<string, [string, string, number]>()
    for (const [id, kind, ms] of steps ?? []) {
      const [, , before] = ofRequest.get(`${kind} ${id}`) ?? [id, kind, 0]
      ofRequest.set(`${kind} ${id}`, [id, kind, before + ms])
    }
    for (const [id, kind, ms] of ofRequest.values()) add(id, kind, ms)
  }
  const whole = answers.reduce((sum, { latencyMs }) => sum + latencyMs, 0)
  const shareOf = (values: readonly number[]) => (whole === 0 ? 0 : values.reduce((sum, ms) => sum + ms, 0) / whole)
  return [...parts.values()]
    .map(({ part, kind, values }) => ({ part, kind, ms: spreadOf(values) as Spread, share: shareOf(values) }))
    .sort((one, other) => other.share - one.share)
}
