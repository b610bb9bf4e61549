/** The job that answers a gate: each producer in turn, its evidence recorded at once, one failing not stopping the next. */
import { z } from 'zod'
import { ActorId } from '../core/actor.ts'
import { ReleaseId } from '../core/release.ts'
import { Stage } from '../core/stage.ts'
import { messageOf } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import { isAway } from '../store/database-error.ts'
import type { DeliveryDeps } from './deps.ts'
import { type Assignment, assignmentsOf, contextOf, type Gates, type Judged, RUN_PRODUCERS } from './gates.ts'

const Input = z.object({
  release: ReleaseId,
  into: Stage,
  by: ActorId,
  application: z.string(),
  checks: z.array(z.string()).optional(),
})
/** What a producer left: how many pieces of evidence, or why there are none. */
type Left = { producer: string; checks: readonly string[]; evidence: string[]; failure: string | null }

export function handleJobs(deps: DeliveryDeps, gates: Gates): void {
  const { db, jobs, publish } = deps

  async function runOne(
    { producer, checks }: Assignment,
    judged: Judged,
    by: ActorId,
    signal: AbortSignal,
  ): Promise<Left> {
    const left = { producer: producer.name, checks }
    try {
      const drafts = await producer.run(contextOf(judged, { by, signal, checks }))
      const recorded = await inTransaction(db, async (tx) => {
        const pieces = []
        for (const draft of drafts) pieces.push(await deps.recordEvidence(tx, draft))
        return pieces
      })
      for (const { id, application } of recorded) publish({ topic: 'evidence', id, application })
      return { ...left, evidence: recorded.map(({ id }) => id), failure: null }
    } catch (thrown) {
      // Without a database nothing was found out: the job waits for it, and asks the producer again.
      if (signal.aborted || isAway(thrown)) throw thrown
      return { ...left, evidence: [], failure: messageOf(thrown) }
    }
  }

  jobs.handle(RUN_PRODUCERS, async (run) => {
    const { release, into, by, application, checks: only } = Input.parse(run.job.input)
    const judged = await gates.judge(db, release, into)
    // Named at the start of the first attempt: later ones must not skip what the first has answered in part.
    const names = await run.step('producers', async () =>
      assignmentsOf(judged.decision, deps.producers(), only).map(({ producer, checks }) => ({
        name: producer.name,
        checks,
      })),
    )
    const results: Left[] = []
    for (const [index, { name, checks }] of names.entries()) {
      await run.progress(index, names.length, `Running ${name}`)
      const producer = deps.producers().find((one) => one.name === name)
      if (!producer) continue
      results.push(await run.step(`run ${name}`, () => runOne({ producer, checks }, judged, by, run.signal)))
    }
    const failed = results.filter(({ failure }) => failure !== null)
    const told =
      failed.length === 0 ? 'Done' : failed.map(({ producer, failure }) => `${producer}: ${failure}`).join(' ')
    await run.progress(names.length, names.length, told)
    publish({ topic: 'release', id: release, application })
    return { results, decision: (await gates.keep(release, into, 'run', by)).decision.decision }
  })
}
