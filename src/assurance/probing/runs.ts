/** Runs of probes as jobs: begun when their quote allows it, listed by release, counted together with those before. */
import type { Release, ReleaseId } from '../../core/release.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import type { ProbeQuote } from './contract.ts'
import type { ProbeInput, ProbingDeps } from './deps.ts'
import { isOver } from './quote.ts'

const LISTED = 20
/** More runs of an application than anybody starts. */
const REMEMBERED = 1000
/** A key that outlives its run does so by no more than this. */
const SPARE_HOURS = 2

type Told<Plan> = { readonly plan: Plan; readonly quote: ProbeQuote }
export type Started<Plan> =
  | ({ kind: 'quote' | 'over-budget' } & Told<Plan>)
  | ({ kind: 'started'; id: string } & Told<Plan>)

type Kind<Result> = {
  /** Of the job: `assurance.attacks`. */
  readonly kind: string
  /** Of the key of the job: `atk`. */
  readonly prefix: string
  readonly resultOf: (result: unknown) => Result | undefined
}

export function createRuns<Plan extends { readonly pack: string }, Input extends ProbeInput<Plan>, Result>(
  { db, jobs, newId, organisation }: Pick<ProbingDeps, 'db' | 'jobs' | 'newId' | 'organisation'>,
  { kind, prefix, resultOf }: Kind<Result>,
) {
  const inputOf = ({ input }: Pick<Job, 'input'>): Input => input as unknown as Input
  const listOf = async (application: Input['application'], release: ReleaseId, limit: number) =>
    (await jobs.list({ kind, application, limit })).filter((job) => inputOf(job).release === release)

  return {
    inputOf,
    async begin(input: Input, { dryRun }: { dryRun: boolean }): Promise<Started<Plan>> {
      const { plan, quote, maxCostMicroUsd } = input
      if (dryRun) return { kind: 'quote', plan, quote }
      if (isTooDear(quote, maxCostMicroUsd)) return { kind: 'over-budget', plan, quote }
      const job = await inTransaction(db, (tx) =>
        jobs.enqueue(tx, { organisation, kind, key: newId(prefix), input: { ...input } }),
      )
      return { kind: 'started', id: job.id, plan, quote }
    },
    /** Of this release with this list, newest first; those of `except` are left out. */
    async earlier(
      { application, release, plan: { pack } }: Pick<Input, 'application' | 'release'> & { plan: { pack: string } },
      except: string | null,
    ): Promise<{ id: string; input: Input; result: Result }[]> {
      return (await listOf(application, release, REMEMBERED)).flatMap((job) => {
        const result = resultOf(job.result)
        const input = inputOf(job)
        return job.id !== except && input.plan.pack === pack && result ? [{ id: job.id, input, result }] : []
      })
    },
    /** The last of a release, newest first. */
    list: ({ application, id }: Pick<Release, 'application' | 'id'>): Promise<Job[]> => listOf(application, id, LISTED),
  }
}

/** So long at most may the key of a run live. */
export const hoursOf = ({ minutes }: ProbeQuote): number => Math.ceil(minutes / 60) + SPARE_HOURS

const isTooDear = ({ costMicroUsd }: ProbeQuote, most: MicroUsd | undefined): boolean =>
  most !== undefined && isOver(costMicroUsd, most)
