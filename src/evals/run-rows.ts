/**
 * Runs every row that is not there yet: a few at a time, kept in batches.
 *
 * Invariants: a row counts as done when its batch is committed and not before; what ran is kept even
 * when the run is cancelled; an error of one row is that row's error and stops nothing. A cap that is reached is no
 * error of a row: what was paid for of it is kept, and the run stops.
 */
import { setImmediate } from 'node:timers/promises'
import { isCapReached } from '../core/cap-reached.ts'
import { messageOf } from '../kernel/failure.ts'
import { type MicroUsd, NOTHING, sumKnown } from '../kernel/money.ts'
import { monotonicMs } from '../kernel/time.ts'
import { isAway } from '../store/database-error.ts'
import { answeredOf } from './answered.ts'
import type { AnsweredRow, Answering } from './answers/index.ts'
import type { Reach } from './evaluators/index.ts'
import type { ExperimentId, RowOutcome, RowScore } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import { gatherVectors } from './gather-vectors.ts'
import type { NumberedExample, Task } from './planned-arm.ts'
import { createRoom } from './room.ts'

/** Largest batch; runs wait when as many are waiting to be kept. */
const BATCH_ROWS = 500
const MAX_TURN_MS = 5
const LONGEST_DETAIL = 2000
/** Rows that wait for vectors, for each that may be answered: so many go into one request. */
const GATHERED = 4

export type RowsRun = {
  readonly experiment: ExperimentId
  readonly organisation: string
  readonly plan: Pick<ExperimentPlan, 'arms' | 'evaluators'>
  /** All that there are, in the order in which they run. */
  readonly examples: () => AsyncIterable<readonly NumberedExample[]>
  readonly repeats: number
  /** Answers under way at once. */
  readonly concurrency: number
  readonly answering: Answering
  readonly signal: AbortSignal
  /** What evaluators may use: a judge to ask, and whether code may run. */
  readonly reach?: Omit<Reach, 'signal'>
  readonly isDone: (row: Pick<RowOutcome, 'arm' | 'exampleNumber' | 'repeat'>) => boolean
  /** Commits a batch. */
  readonly keep: (rows: readonly RowOutcome[]) => Promise<void>
  /** Throws when no further row may start, for example because the money is spent. */
  readonly mayStart: () => void
  /** True when what is still missing would decide nothing more. */
  readonly isDecided: () => boolean
}

export async function runRows(given: RowsRun): Promise<void> {
  const { embed, ...others } = given.reach ?? {}
  const run = { ...given, ...(embed && { reach: { ...others, embed: gatherVectors(embed) } }) }
  const tasks = openTasks(run)
  const answers = createRoom(run.concurrency)
  const batch = createBatch(run.keep)
  const stop = new AbortController()
  const signal = AbortSignal.any([run.signal, stop.signal])
  const breathe = createBreather()
  const work = async () => {
    for await (const task of tasks) {
      const leave = await answers.enter()
      try {
        signal.throwIfAborted()
        if (run.isDecided()) return
        run.mayStart()
        await breathe()
        // What runs already may end, so that nothing that was paid for is lost; only a cancellation interrupts it.
        const row = await runTask(task, run, leave)
        if (row) await batch.add(row)
      } finally {
        leave()
      }
    }
  }
  const workers = Array.from({ length: run.concurrency * (gathers(run.plan) ? GATHERED : 1) }, () =>
    work().catch((thrown) => {
      stop.abort(thrown)
      throw thrown
    }),
  )
  const ended = await Promise.allSettled(workers)
  await batch.end()
  run.signal.throwIfAborted()
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

/** Whether rows wait for vectors alone: judges are asked by no more rows at once than models for answers. */
const gathers = ({ evaluators }: RowsRun['plan']): boolean =>
  evaluators.some(({ asks }) => asks !== undefined) && !evaluators.some(({ judge }) => judge)

/** Arms of one example stand beside each other, so that both meet the same state of the world. */
export async function* openTasks({
  plan,
  examples,
  repeats,
  isDone,
}: Pick<RowsRun, 'plan' | 'examples' | 'repeats' | 'isDone'>): AsyncGenerator<Task> {
  for (let repeat = 1; repeat <= repeats; repeat++)
    for await (const piece of examples())
      for (const numbered of piece)
        for (const arm of plan.arms)
          if (!isDone({ arm: arm.arm, exampleNumber: numbered.number, repeat })) yield { arm, numbered, repeat }
}

/** The row of a task; undefined when it was interrupted and nothing can be said. */
async function runTask(task: Task, run: RowsRun, onAnswered: () => void): Promise<RowOutcome | undefined> {
  const { arm, numbered, repeat } = task
  const { example, number } = numbered
  const begin = monotonicMs()
  const row = {
    experiment: run.experiment,
    organisation: run.organisation,
    arm: arm.arm,
    example: example.id,
    exampleNumber: number,
    repeat,
    trace: null,
  }
  try {
    const answered = await run.answering.answer(task, run.signal)
    // Its vectors may wait for those of others; the next one is answered meanwhile.
    if (gathers(run.plan)) onAnswered()
    const { outcome, latencyMs, isReused } = answered
    const { answer, abstained, citations, invalidCitations, costMicroUsd, servedBy, usage } = outcome
    return {
      ...row,
      answer,
      abstained,
      passages: outcome.passages.map(({ id }) => id),
      citations,
      invalidCitations,
      scores: await scoresOf(run, task, answered),
      error: null,
      latencyMs,
      tokens: { input: usage.inputTokens, output: usage.outputTokens, estimated: usage.estimated },
      // Nothing was paid for an answer that was there.
      costMicroUsd: isReused ? NOTHING : costMicroUsd,
      servedBy,
      isReused,
    }
  } catch (thrown) {
    if (run.signal.aborted) return undefined
    // Nothing is said of the release by a database that is away; the row is run again when it is back.
    if (isAway(thrown) || isCapReached(thrown)) throw thrown
    return {
      ...row,
      answer: '',
      abstained: false,
      passages: [],
      citations: [],
      invalidCitations: [],
      scores: {},
      error: messageOf(thrown),
      latencyMs: monotonicMs() - begin,
      tokens: { input: 0, output: 0, estimated: false },
      costMicroUsd: null,
      servedBy: null,
      isReused: false,
    }
  }
}

async function scoresOf(
  { plan: { evaluators }, reach, signal, answering }: RowsRun,
  task: Task,
  answered: AnsweredRow,
): Promise<Record<string, RowScore>> {
  const { outcome, latencyMs } = answered
  const { example } = task.numbered
  const result = answeredOf(outcome, latencyMs)
  const scores: Record<string, RowScore> = { ...answered.scores }
  for (const { key, score } of evaluators) {
    if (scores[key]) continue
    const meter = createMeter(reach)
    try {
      const scored = await score({ example, answer: outcome.answer, result }, { ...meter.reach, signal })
      scores[key] = { ...scored, detail: brief(scored.detail) }
    } catch (thrown) {
      if (signal.aborted) throw thrown
      if (isCapReached(thrown)) {
        await answering.keepInterrupted(task, { ...answered, scores })
        throw thrown
      }
      const error = brief(messageOf(thrown))
      scores[key] = { score: null, detail: 'could not be scored', error, ...meter.took() }
    }
  }
  return scores
}

/** What an evaluator asked has to be paid for, also where nothing could be made of the answer. */
function createMeter({ askJudge, embed, ...reach }: Omit<Reach, 'signal'> = {}) {
  const costs: (MicroUsd | null)[] = []
  const metered =
    <Ask, Answer extends { readonly costMicroUsd: MicroUsd | null }>(ask: (what: Ask) => Promise<Answer>) =>
    async (what: Ask): Promise<Answer> => {
      const answer = await ask(what)
      costs.push(answer.costMicroUsd)
      return answer
    }
  return {
    reach: { ...reach, ...(askJudge && { askJudge: metered(askJudge) }), ...(embed && { embed: metered(embed) }) },
    took: () => (costs.length > 0 ? { costMicroUsd: sumKnown(costs) } : {}),
  }
}

/** An evaluator may say megabytes; a row keeps what a person would read. */
const brief = (text: string): string =>
  text.length <= LONGEST_DETAIL ? text : `${text.slice(0, LONGEST_DETAIL)} … (${text.length} characters)`

/** Lets others use the thread now and then: models without a latency would keep it to themselves. */
function createBreather(): () => Promise<void> | undefined {
  let last = monotonicMs()
  return () => {
    if (monotonicMs() - last < MAX_TURN_MS) return undefined
    return setImmediate().then(() => {
      last = monotonicMs()
    })
  }
}

/**
 * Keeps rows as soon as the database is free, all that have gathered since at once (group commit): a
 * crash costs only the rows of one commit, and fast models get large batches by themselves.
 */
function createBatch(keep: (rows: readonly RowOutcome[]) => Promise<void>) {
  let waiting: RowOutcome[] = []
  let keeping: Promise<void> | undefined
  let commit: Promise<void> | undefined
  let broken: { thrown: unknown } | undefined

  async function keepAll(): Promise<void> {
    try {
      // The runs that end in this turn of the loop come along.
      await setImmediate()
      while (waiting.length > 0) {
        commit = keep(waiting.splice(0, BATCH_ROWS))
        await commit
      }
    } catch (thrown) {
      broken = { thrown }
      waiting = []
    } finally {
      keeping = undefined
    }
  }
  return {
    async add(row: RowOutcome): Promise<void> {
      if (broken) throw broken.thrown
      waiting.push(row)
      keeping ??= keepAll()
      // One batch fills while the one before is being committed. A failure shows with the next row.
      if (waiting.length >= BATCH_ROWS) await commit?.catch(() => {})
    },
    async end(): Promise<void> {
      await keeping
      if (broken) throw broken.thrown
    },
  }
}
