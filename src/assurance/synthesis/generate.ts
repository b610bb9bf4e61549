/**
 * The job of a generation: call after call, each kept when it is answered, and at the end what is new goes into
 * quarantine.
 *
 * Invariants: a call that was paid is not paid again after a restart; a call that failed costs its cases alone.
 */

import type { ActorId } from '../../core/actor.ts'
import { isCapReached } from '../../core/cap-reached.ts'
import type { Reader } from '../../evals/index.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, picoOf, sumKnown } from '../../kernel/money.ts'
import type { JobId } from '../../store/job.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { GenerationResult } from './contract.ts'
import type { SynthesisDeps } from './deps.ts'
import { type Call, messagesOf, readDrafts } from './drafting.ts'
import { exampleOf, fileOf, messageFor, withoutDuplicates, wordsOf } from './example.ts'
import { type CallOutcome, type Input, inputOf } from './input.ts'

/** Rows of a dataset that drafts are held against. */
const MOST_ROWS = 200_000

type GenerateDeps = Pick<SynthesisDeps, 'ask' | 'datasets'> & { readonly callsFor: (input: Input) => Promise<Call[]> }
type Made = { readonly call: Call; readonly outcome: CallOutcome }

export async function generate(run: JobRun, deps: GenerateDeps): Promise<GenerationResult> {
  const input = inputOf(run.job)
  const calls = (await deps.callsFor(input)).slice(input.made ?? 0)
  const made: Made[] = []
  let stoppedEarly: string | null = null
  for (const [at, call] of calls.entries()) {
    const spent = spentOf(made.map(({ outcome }) => outcome))
    if (input.maxCostMicroUsd !== undefined && (spent === null || picoOf(spent) >= picoOf(input.maxCostMicroUsd))) {
      stoppedEarly = `It stopped after ${at} of ${calls.length} calls, when its budget was spent.`
      break
    }
    try {
      const draft = () => drafted(input, call, { ask: deps.ask, signal: run.signal })
      made.push({ call, outcome: await run.step(`call ${at + 1}`, draft) })
    } catch (thrown) {
      if (!isCapReached(thrown) || at === 0) throw thrown
      stoppedEarly = `It stopped after ${at} of ${calls.length} calls. ${thrown.message}`
      break
    }
    await run.progress(at + 1, calls.length, `${at + 1} of ${calls.length} calls`)
  }
  const outcomes = made.map(({ outcome }) => outcome)
  if (outcomes.length > 0 && outcomes.every(({ problem }) => problem !== null))
    // Each answer is kept, so that another try would find the same.
    throw new Failure('unmet', 'synthesis.nothing-drafted', outcomes[0]?.problem ?? 'No call was answered.')
  const kept = await hold(run.job.id, input, { made, datasets: deps.datasets })
  return {
    drafted: outcomes.reduce((sum, { drafts, ungrounded }) => sum + drafts.length + ungrounded, 0),
    ...kept,
    ungrounded: outcomes.reduce((sum, { ungrounded }) => sum + ungrounded, 0),
    failed: outcomes.filter(({ problem }) => problem !== null).length,
    problem: outcomes.find(({ problem }) => problem !== null)?.problem ?? null,
    snapshots: [...new Set(outcomes.flatMap(({ snapshot }) => snapshot ?? []))],
    spentMicroUsd: spentOf(outcomes),
    stoppedEarly,
  }
}

/** A call that fails costs its cases and not the generation; only a stop goes through. */
async function drafted(
  { application, model, parameters }: Input,
  call: Call,
  { ask, signal }: { ask: SynthesisDeps['ask']; signal: AbortSignal },
): Promise<CallOutcome> {
  let answered: Awaited<ReturnType<SynthesisDeps['ask']>> | undefined
  try {
    answered = await ask({ application, model, parameters, messages: messagesOf(call), signal })
    const { costMicroUsd, snapshot } = answered
    return { ...readDrafts(answered.text, call), costMicroUsd, snapshot, problem: null }
  } catch (thrown) {
    signal.throwIfAborted()
    if (isCapReached(thrown)) throw thrown
    const { costMicroUsd = NOTHING, snapshot = null } = answered ?? {}
    return { drafts: [], ungrounded: 0, costMicroUsd, snapshot, problem: messageOf(thrown) }
  }
}

/** Into quarantine, without what is nearly there already. */
async function hold(
  id: JobId,
  input: Input,
  { made, datasets }: { made: readonly Made[]; datasets: SynthesisDeps['datasets'] },
): Promise<Pick<GenerationResult, 'held' | 'duplicates'>> {
  const { dataset } = await datasets.door.findToRead(input.dataset, asSystem(input.by))
  const file = fileOf(id)
  const before = await datasets.quarantine.generated(dataset.id)
  // Held already by a run of this job that was cut off behind it.
  const own = before.filter((row) => row.file === file)
  const drafts = made.flatMap(({ call, outcome }) =>
    outcome.drafts.map((draft) => exampleOf(id, input, { call, draft, snapshot: outcome.snapshot })),
  )
  if (own.length > 0) return { held: own.length, duplicates: drafts.length - own.length }
  const version = await datasets.door.version(dataset)
  const there = version ? (await datasets.sample(dataset, version, MOST_ROWS)).rows : []
  const waiting = before.flatMap(({ example }) => (typeof example?.input === 'string' ? [example.input] : []))
  const fresh = withoutDuplicates(drafts, [...there.map(({ input: asked }) => wordsOf(asked)), ...waiting])
  await datasets.quarantine.hold({
    dataset,
    file,
    by: input.by,
    rows: fresh.map((example) => ({ example, message: messageFor(example, input.model) })),
  })
  return { held: fresh.length, duplicates: drafts.length - fresh.length }
}

const spentOf = (outcomes: readonly CallOutcome[]): MicroUsd | null =>
  sumKnown(outcomes.map(({ costMicroUsd }) => costMicroUsd))

/** The job works for whoever asked, who was let in then. */
const asSystem = (actor: ActorId): Reader => ({ actor, role: 'owner', application: null })
