/**
 * Plays the example as a job. What happens in it is told by a function that is passed in and that works
 * through the API like anybody else; this slice only remembers how far it is.
 *
 * Invariant: a step that is done is not done again after a restart; a finished example is not repeated
 * until somebody asks for it.
 */

import { Failure, messageOf } from '../kernel/failure.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { Job } from '../store/job.ts'
import type { JobRun, Jobs } from '../store/jobs.ts'
import type { ExampleStatus } from './contract.ts'

export type Telling = {
  readonly run: JobRun
  /** 1 for the first time; applications of later times carry the number in their names. */
  readonly round: number
  /** Says a line: in the terminal, and to whoever asks how far it is. */
  readonly tell: (line: string) => void
}
export type Play = (telling: Telling) => Promise<void>

export type Example = {
  /** Begins or goes on; what is finished stays so. */
  start(): Promise<ExampleStatus>
  reset(): Promise<ExampleStatus>
  status(): Promise<ExampleStatus>
}

const KIND = 'example.play'

export function createExample({
  db,
  jobs,
  organisation,
  play,
  print,
}: {
  db: Database
  jobs: Jobs
  organisation: string
  play: Play
  print: (line: string) => void
}): Example {
  let story: string[] = []
  jobs.handle(KIND, async (run) => {
    story = []
    const round = Number(run.job.input.round ?? 1)
    const tell = (line: string) => {
      story.push(line)
      print(line)
    }
    try {
      await play({ run, round, tell })
    } catch (thrown) {
      if (run.signal.aborted) throw thrown
      tell(`   The story stopped: ${messageOf(thrown)}`)
      // Trying again would tell the same once more; `airworthy example reset` begins anew.
      throw new Failure('unavailable', 'example.stopped', messageOf(thrown), { cause: thrown })
    }
    return { story }
  })

  const current = async (): Promise<{ job: Job | undefined; round: number }> => {
    let round = 1
    let job = await jobs.findByKey(KIND, '1')
    for (let next = job; next; next = await jobs.findByKey(KIND, String(round + 1))) {
      job = next
      round = Number(next.key)
      if (!(await jobs.findByKey(KIND, String(round + 1)))) break
    }
    return { job, round }
  }
  const begin = (round: number) =>
    inTransaction(db, (tx) => jobs.enqueue(tx, { organisation, kind: KIND, key: String(round), input: { round } }))
  const statusOf = (job: Job | undefined): ExampleStatus => {
    if (!job)
      return {
        state: 'off',
        message: 'The example was not played here. `airworthy example reset` plays it.',
        story: [],
        job: null,
      }
    const told = (job.result as { story?: string[] } | null)?.story ?? story
    return { state: job.state, message: job.error ?? job.progress.message, story: [...told], job: job.id }
  }
  return {
    start: async () => statusOf(await begin((await current()).round)),
    async reset() {
      const { job, round } = await current()
      if (job && ['queued', 'running'].includes(job.state)) return statusOf(job)
      return statusOf(await begin(job ? round + 1 : 1))
    },
    status: async () => statusOf((await current()).job),
  }
}
