/** What a run will take, before it begins. */
import type { Release } from '../../core/release.ts'
import { type MicroUsd, microUsd, picoOf, sumKnown } from '../../kernel/money.ts'
import type { ProbeQuote } from './contract.ts'
import type { ProbingDeps, Question } from './deps.ts'
import { SHARE_OF_CAP } from './in-batches.ts'

/** Of the probes the cost is estimated of so many, and taken for that of all. */
const PRICED = 20
const SECONDS_AN_ANSWER = 2

export async function quoteOf(
  { release, asked, concurrency }: { release: Release; asked: readonly Question[]; concurrency: number },
  { estimate, capOf }: Pick<ProbingDeps, 'estimate' | 'capOf'>,
): Promise<ProbeQuote> {
  const calls = asked.length
  const every = Math.max(1, Math.floor(calls / PRICED))
  const priced = asked.filter((_, at) => at % every === 0)
  const sum = sumKnown(await Promise.all(priced.map((turns) => estimate(release, turns))))
  const known =
    sum === null || priced.length === 0 ? sum : microUsd((picoOf(sum) * BigInt(calls)) / BigInt(priced.length))
  const cap = capOf(release.application)
  const minutes = Math.max(
    (calls * SECONDS_AN_ANSWER) / 60 / concurrency,
    cap === null ? 0 : calls / (cap * SHARE_OF_CAP),
  )
  return { calls, costMicroUsd: known, minutes: Math.ceil(minutes * 10) / 10 }
}

/** An unknown cost is over every budget. */
export const isOver = (cost: MicroUsd | null, most: MicroUsd): boolean => cost === null || picoOf(cost) > picoOf(most)
