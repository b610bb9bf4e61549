/**
 * Questions of a timing as one batch of their provider.
 *
 * Invariants: what is sent is noted with its mark before, and whoever finds the note and no id looks for the mark at the
 * provider before sending again; a job that is cancelled cancels its batch.
 */
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { type Clock, epochMs, HOUR, type Instant, monotonicMs, SECOND, sleep } from '../../kernel/time.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { BatchOutcome, BatchRequest, SentBatch } from '../batches/index.ts'
import { actionOf } from '../failure-action.ts'
import type { Models } from '../models.ts'
import type { ModeFigures } from './contract.ts'
import { figuresOf, type OneAnswer } from './measure.ts'

/** Between looks at a batch: at once at first, then ever less often. */
const LOOK_MS = { first: 200, last: 30_000, factor: 1.5 } as const
/** Providers promise an end within a day. */
const LONGEST_MS = 26 * HOUR
/** The step of a job under which its batch is noted. */
export const SENT = 'batch: sent'
/** So long a provider may take to say that it cancels. */
const CANCEL_MS = 20 * SECOND

export type TimedBatches = Pick<Models['batches'], 'send' | 'look' | 'find'> & {
  /** Takes what it was sent with, because what was done by then is paid for. */
  cancel(batch: SentBatch): Promise<void>
}

/** As it is noted with its job. Without a mark it was sent by a version that had none. */
export type Sent = { readonly id: string; readonly at: Instant; readonly tag?: string; readonly wasFound?: boolean }

export async function inBatch(given: {
  model: string
  requests: readonly BatchRequest[]
  batches: TimedBatches
  run: JobRun
  /** Whether the job was cancelled; it ends for other reasons, too, and then somebody takes it up. */
  isCancelled: () => Promise<boolean>
  /** Batches of other timings, which this one is not. */
  others: () => Promise<readonly string[]>
  clock: Clock
  newId: NewId
}): Promise<ModeFigures> {
  const { model, requests, batches, run, isCancelled, others, clock, newId } = given
  const { signal } = run
  let isFirst = false
  const planned = await run.step('batch: planned', async () => {
    isFirst = true
    return { tag: newId('bat'), at: clock() }
  })
  const find = async (signal: AbortSignal) => {
    const { tag, at } = planned
    return batches.find({ model, signal, tag, requests: requests.length, sinceMs: epochMs(at), not: await others() })
  }
  const send = async (): Promise<Sent> => {
    const before = isFirst ? undefined : await find(signal)
    if (before !== undefined) return { ...planned, id: before, wasFound: true }
    try {
      return { ...planned, id: await batches.send(model, requests, signal, planned.tag) }
    } catch (thrown) {
      // A refusal is one; of anything else nobody knows whether the provider has it.
      const id = signal.aborted || actionOf(thrown) === 'return' ? undefined : await find(signal).catch(() => undefined)
      if (id === undefined) throw thrown
      return { ...planned, id, wasFound: true }
    }
  }
  let sent: Sent | undefined
  try {
    sent = await run.step<Sent>(SENT, send)
    const known = sent
    return await run.step('batch: answered', () => answered(known))
  } catch (thrown) {
    if (signal.aborted && (await isCancelled())) await cancel(sent)
    throw thrown
  }

  async function answered({ id, at, tag, wasFound }: Sent): Promise<ModeFigures> {
    const begun = monotonicMs()
    const before = epochMs(clock()) - epochMs(at)
    for (let wait: number = LOOK_MS.first; ; wait = Math.min(wait * LOOK_MS.factor, LOOK_MS.last)) {
      const look = await batches.look({ model, id, requests, signal, ...(tag !== undefined && { tag }) })
      const wallMs = before + monotonicMs() - begun
      if (look.kind === 'ended') {
        if (wasFound && look.outcomes.every((one) => 'problem' in one && one.isSilent)) throw notOurs(id)
        return figuresOf(look.outcomes.map(answerOf), { mode: 'batch', atATime: null, wallMs })
      }
      if (wallMs > LONGEST_MS)
        throw new Failure('unavailable', 'models.batch-late', `The batch ${id} of ${model} has not ended in a day.`)
      await sleep(wait, signal)
    }
  }

  /** What cannot be reached keeps its batch; a cancelled job stays cancelled. */
  async function cancel(known: Sent | undefined): Promise<void> {
    const patience = AbortSignal.timeout(CANCEL_MS)
    try {
      const id = known?.id ?? (await find(patience))
      const { tag } = known ?? planned
      if (id !== undefined) await batches.cancel({ model, id, requests, signal: patience, ...(tag && { tag }) })
    } catch {}
  }
}

const answerOf = (outcome: BatchOutcome): OneAnswer =>
  'problem' in outcome ? outcome : { completion: outcome, latencyMs: null, firstTokenMs: null }

const notOurs = (id: string): Failure =>
  new Failure(
    'unavailable',
    'models.batch-lost',
    `The sending was cut off, and ${id}, which was made then with as many requests, holds none of ours. Measure again.`,
  )
