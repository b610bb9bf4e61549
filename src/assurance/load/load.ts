/**
 * Load runs: a release that is live is asked through the gateway at a rising rate, and what it bore becomes evidence.
 *
 * Invariants: calls and cost are quoted first, and more than the budget is not begun; a step that was measured is kept
 * with its job, so that a restart goes on with the next; only the release that was meant answers, else the run ends;
 * requests are named as probes, so that nobody counts them as users.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, microUsd, picoOf, sumKnown } from '../../kernel/money.ts'
import { MINUTE, SECOND } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import { wantedOf } from './capacity.ts'
import { LoadPlan, LoadQuote, LoadResult, type LoadRun, type StartLoadRun } from './contract.ts'
import type { LoadDeps, LoadInput, Question } from './deps.ts'
import { minutesOf, objectivesOf, planOf, requestsOf } from './plan.ts'
import { type QuotaAsk, quotasOf } from './quotas.ts'
import { runSteps } from './run-steps.ts'

const LOAD = 'assurance.load'
const LISTED = 20
/** Of the questions the cost is estimated of so many, and taken for that of all. */
const PRICED = 20
/** A key that outlives its run does so by no more than this. */
const SPARE_HOURS = 2

type Told = { readonly plan: LoadPlan; readonly quote: LoadQuote }
type Started = ({ kind: 'quote' | 'over-budget' } & Told) | ({ kind: 'started'; id: string } & Told)

export type LoadRuns = ReturnType<typeof createLoadRuns>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createLoadRuns(deps: LoadDeps) {
  const { db, jobs, newId, organisation } = deps

  jobs.handle(LOAD, async (run): Promise<LoadResult> => {
    const input = inputOf(run.job)
    const release = await deps.releaseOf(input.release)
    const questions = await deps.questionsOf({ ...input, release, stage: deps.stageOf(release) })
    const hours = Math.ceil(input.quote.minutes / 60) + SPARE_HOURS
    return deps.withKey({ release, by: input.by, hours }, (port) =>
      runSteps({ run, input, release, questions, port }, deps),
    )
  })

  async function start(id: ReleaseId, ask: StartLoadRun, by: ActorId): Promise<Started> {
    const { questions: from, suite, maxCostMicroUsd } = ask
    const release = await deps.releaseOf(id)
    const stage = deps.stageOf(release)
    const objectives = objectivesOf(release.manifest.serving, ask)
    const questions = await deps.questionsOf({ questions: from, suite, release, stage })
    const plan = planOf(objectives, ask, questions.length)
    demandRoom(plan, deps.capOf(release.application))
    const quote = await quoteOf(release, plan, questions)
    if (ask.dryRun) return { kind: 'quote', plan, quote }
    if (maxCostMicroUsd !== undefined && isOver(quote.costMicroUsd, maxCostMicroUsd))
      return { kind: 'over-budget', plan, quote }
    const input: LoadInput = {
      ...{ application: release.application, release: release.id, plan, quote, by, questions: from },
      ...(suite !== undefined && { suite }),
      ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
    }
    const job = await inTransaction(db, (tx) =>
      jobs.enqueue(tx, { organisation, kind: LOAD, key: newId('lod'), input: { ...input } }),
    )
    return { kind: 'started', id: job.id, plan, quote }
  }

  async function quoteOf(release: Release, plan: LoadPlan, questions: readonly Question[]): Promise<LoadQuote> {
    const priced = questions.slice(0, PRICED)
    const sum = sumKnown(await Promise.all(priced.map((question) => deps.estimate(release, question))))
    const calls = requestsOf(plan)
    return {
      calls,
      costMicroUsd: sum === null ? null : microUsd((picoOf(sum) * BigInt(calls)) / BigInt(priced.length)),
      minutes: minutesOf(plan),
    }
  }

  return {
    start,
    async list(id: ReleaseId): Promise<LoadRun[]> {
      const { application } = await deps.releaseOf(id)
      const found = await jobs.list({ kind: LOAD, application, limit: LISTED })
      const limitsOf = await deps.quotas()
      return found.filter((job) => inputOf(job).release === id).map((job) => withQuotas(loadRunOf(job), limitsOf))
    },
  }
}

const inputOf = ({ input }: Job): LoadInput => input as unknown as LoadInput

function loadRunOf(job: Job): LoadRun {
  const { application, release, plan, quote } = inputOf(job)
  const { id, state, progress, error, createdAt, result } = job
  return {
    ...{ id, application, release, state, progress, error, createdAt },
    plan: LoadPlan.parse(plan),
    quote: LoadQuote.parse(quote),
    result: LoadResult.safeParse(result).data ?? null,
  }
}

/** By what is known now: somebody may have declared what was not known when it ended. */
function withQuotas(run: LoadRun, limitsOf: QuotaAsk['limitsOf']): LoadRun {
  if (!run.result?.asked) return run
  const quotas = quotasOf({ ...run.result.asked, limitsOf, wantedPerSecond: wantedOf(run.plan) })
  return { ...run, result: { ...run.result, capacity: { ...run.result.capacity, quotas } } }
}

const isOver = (cost: MicroUsd | null, most: MicroUsd): boolean => cost === null || picoOf(cost) > picoOf(most)

/** A cap that refuses in the middle would measure the cap. */
function demandRoom(plan: LoadPlan, cap: number | null): void {
  const fastest = Math.max(...plan.steps.map(({ perSecond }) => perSecond))
  const inAMinute = Math.ceil(Math.min(requestsOf(plan), (fastest * MINUTE) / SECOND))
  if (cap === null || inAMinute <= cap) return
  throw new Failure(
    'unmet',
    'load.over-cap',
    `The run sends up to ${inAMinute} requests in a minute, and the application may take ${cap}. Raise its cap with \`airworthy limits\`, or ask for a lower factor.`,
    { facts: { inAMinute, cap } },
  )
}
