/** The probes of a run, some at a time and a few at once, until all are made or one of the limits ends it. */
import { Failure, messageOf } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, picoOf, sumKnown } from '../../kernel/money.ts'
import { MINUTE, sleep } from '../../kernel/time.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { StoppedBy } from './contract.ts'

/** A restart makes no more than these again. */
export const AT_A_TIME = 40
/** More failures than answers among the first of them say that nothing is being measured. */
const LEAST_ANSWERED = 0.5
/** The code with which a cap of ours refuses. */
const CAP = 'access.limit-reached'
/** Of the application's cap on requests, so that a run does not refuse itself. */
export const SHARE_OF_CAP = 0.8

/** What became of one probe: what it cost, and what is kept of it. */
export type Made<Kept> = { readonly at: number; readonly costMicroUsd: MicroUsd | null; readonly kept: Kept }
export type NotAnswered = { readonly at: number; readonly error: { readonly code: string; readonly message: string } }

type Batch<Kept> = {
  readonly kept: readonly Kept[]
  readonly notAnswered: readonly NotAnswered[]
  readonly costMicroUsd: MicroUsd | null
  readonly stoppedBy: StoppedBy | null
}

type Running<One, Kept> = {
  readonly run: JobRun
  /** What they are called where progress is said: `attacks`. */
  readonly name: string
  readonly probes: readonly One[]
  readonly concurrency: number
  /** Requests a minute that the application may take; null where it may take any. */
  readonly cap: number | null
  readonly maxCostMicroUsd?: MicroUsd | undefined
  /** Asks one and says what became of it. */
  readonly make: (probe: One, at: number) => Promise<{ costMicroUsd: MicroUsd | null; kept: Kept }>
  /** How it stands so far, in words. */
  readonly words: (kept: readonly Kept[]) => string
  /** Puts away what is too large for the job; done again with a batch that was not finished. */
  readonly settle?: (made: readonly Made<Kept>[], range: { from: number; to: number }) => Promise<readonly Made<Kept>[]>
}

export type Ran<Kept> = {
  readonly kept: readonly Kept[]
  readonly notAnswered: readonly NotAnswered[]
  /** Null when a price is not known. */
  readonly costMicroUsd: MicroUsd | null
  readonly stoppedBy: StoppedBy | null
}

export async function inBatches<One, Kept>(running: Running<One, Kept>): Promise<Ran<Kept>> {
  const { run, probes, name, words } = running
  const batches: Batch<Kept>[] = []
  for (let from = 0; from < probes.length && !batches.at(-1)?.stoppedBy; from += AT_A_TIME) {
    const spent = sumKnown(batches.map(({ costMicroUsd }) => costMicroUsd)) ?? NOTHING
    await run.progress(from, probes.length, words(batches.flatMap(({ kept }) => kept)))
    batches.push(await run.step(`${name} ${from}`, () => makeSome(running, { from, spent })))
  }
  return {
    kept: batches.flatMap(({ kept }) => kept),
    notAnswered: batches.flatMap(({ notAnswered }) => notAnswered),
    costMicroUsd: sumKnown(batches.map(({ costMicroUsd }) => costMicroUsd)),
    stoppedBy: batches.at(-1)?.stoppedBy ?? null,
  }
}

async function makeSome<One, Kept>(
  running: Running<One, Kept>,
  { from, spent }: { from: number; spent: MicroUsd },
): Promise<Batch<Kept>> {
  const { run, probes, concurrency, cap, maxCostMicroUsd } = running
  const { signal } = run
  const pauseMs = cap === null ? 0 : (MINUTE * concurrency) / (cap * SHARE_OF_CAP)
  const left = probes.slice(from, from + AT_A_TIME).map((probe, at) => ({ probe, at: from + at }))
  const [made, notAnswered, costs]: [Made<Kept>[], NotAnswered[], (MicroUsd | null)[]] = [[], [], [spent]]
  let stoppedBy: StoppedBy | null = null
  const worker = async () => {
    for (let one = left.shift(); one && stoppedBy === null; one = left.shift()) {
      const { at } = one
      const due = sleep(pauseMs, signal)
      // Whoever ends the run says so by the signal; nobody waits for this one then.
      due.catch(() => {})
      try {
        signal.throwIfAborted()
        const found = { at, ...(await running.make(one.probe, at)) }
        made.push(found)
        costs.push(found.costMicroUsd)
      } catch (thrown) {
        if (signal.aborted) throw thrown
        const code = thrown instanceof Failure ? thrown.code : `${running.name}.broke`
        notAnswered.push({ at, error: { code, message: messageOf(thrown).slice(0, 300) } })
        if (code === CAP) stoppedBy ??= 'cap'
      }
      if (isSpent(costs, maxCostMicroUsd)) stoppedBy ??= 'cost'
      if (pauseMs > 0) await due
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  if (stoppedBy === null && made.length < (made.length + notAnswered.length) * LEAST_ANSWERED) stoppedBy = 'errors'
  const settled = (await running.settle?.(made, { from, to: from + AT_A_TIME })) ?? made
  const kept = settled.map((one) => one.kept)
  return { kept, notAnswered, costMicroUsd: sumKnown(costs.slice(1)), stoppedBy }
}

function isSpent(costs: readonly (MicroUsd | null)[], most: MicroUsd | undefined): boolean {
  if (most === undefined) return false
  const spent = sumKnown(costs)
  return spent === null || picoOf(spent) >= picoOf(most)
}
