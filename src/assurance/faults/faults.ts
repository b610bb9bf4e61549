/**
 * Drills of faults: a live release is asked through the gateway with a key to whose requests alone provider, guardrails
 * and index fail, and what its users would see becomes evidence.
 *
 * Invariants: calls and cost are quoted first, and more than the budget is neither begun nor spent; a fault that was
 * tried is kept with its job, so that a restart goes on with the next; only the release that was meant answers; every
 * drill stands in the audit log before its first request.
 */
import type { ActorId } from '../../core/actor.ts'
import { fallbacksOf } from '../../core/fallbacks.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, picoOf } from '../../kernel/money.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import { type FaultDrill, FaultPlan, FaultQuote, FaultResult, type StartFaultDrill } from './contract.ts'
import type { FaultDeps, FaultInput } from './deps.ts'
import { planOf, quoteOf } from './plan.ts'
import { runDrill } from './run-drill.ts'

const KIND = 'assurance.faults'
const LISTED = 20

type Told = { readonly plan: FaultPlan; readonly quote: FaultQuote }
type Started = ({ kind: 'quote' | 'over-budget' } & Told) | ({ kind: 'started'; id: string } & Told)

export type FaultDrills = ReturnType<typeof createFaultDrills>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createFaultDrills(deps: FaultDeps) {
  const { db, jobs, newId, organisation } = deps

  jobs.handle(KIND, async (run): Promise<FaultResult> => {
    const input = inputOf(run.job)
    const release = await deps.releaseOf(input.release)
    return deps.withKey({ release, by: input.by }, (port) => runDrill({ run, input, release, port }, deps))
  })

  async function start(id: ReleaseId, ask: StartFaultDrill, by: ActorId): Promise<Started> {
    const release = await deps.releaseOf(id)
    deps.stageOf(release)
    const { application, manifest } = release
    const plan = planOf(manifest, ask, ask.question ?? (await deps.questionOf(release)))
    demandFaults(plan)
    const perMinute = shareOf(deps.capOf(application), plan)
    const cost = (fallback?: string) => deps.estimate(release, plan.question, fallback)
    const fallbacks = await Promise.all(fallbacksOf(manifest.flow).map(cost))
    const quote = quoteOf(plan, { meant: await cost(), fallbacks }, perMinute)
    const { maxCostMicroUsd } = ask
    if (ask.dryRun) return { kind: 'quote', plan, quote }
    if (maxCostMicroUsd !== undefined && isOver(quote.costMicroUsd, maxCostMicroUsd))
      return { kind: 'over-budget', plan, quote }
    const input: FaultInput = {
      ...{ application, release: id, plan, quote, perMinute, by },
      ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
    }
    const job = await inTransaction(db, async (tx) => {
      const made = await jobs.enqueue(tx, { organisation, kind: KIND, key: newId('flt'), input: { ...input } })
      const detail = { job: made.id, faults: plan.faults, calls: quote.calls, maxCostMicroUsd: maxCostMicroUsd ?? null }
      await deps.record(tx, { actor: by, action: 'assurance.drill-faults', subject: id, application, detail })
      return made
    })
    return { kind: 'started', id: job.id, plan, quote }
  }

  return {
    start,
    async list(id: ReleaseId): Promise<FaultDrill[]> {
      const { application } = await deps.releaseOf(id)
      const found = await jobs.list({ kind: KIND, application, limit: LISTED })
      return found.filter((job) => inputOf(job).release === id).map(drillOf)
    },
  }
}

const inputOf = ({ input }: Job): FaultInput => input as unknown as FaultInput

function drillOf(job: Job): FaultDrill {
  const { application, release, plan, quote } = inputOf(job)
  const { id, state, progress, error, createdAt, result } = job
  return {
    ...{ id, application, release, state, progress, error, createdAt },
    plan: FaultPlan.parse(plan),
    quote: FaultQuote.parse(quote),
    result: FaultResult.safeParse(result).data ?? null,
  }
}

const isOver = (cost: MicroUsd | null, most: MicroUsd): boolean => cost === null || picoOf(cost) > picoOf(most)

function demandFaults({ faults, leftOut }: FaultPlan): void {
  if (faults.length > 0) return
  throw new Failure(
    'unmet',
    'faults.none-possible',
    `None of these faults can happen to the release: ${[...new Set(leftOut.map(({ why }) => why))].join(' ')} Name others, or leave \`faults\` out.`,
  )
}

/** Half of what the application may take, so that its users are not refused for the drill. */
function shareOf(cap: number | null, { forms }: FaultPlan): number | null {
  if (cap === null) return null
  const share = Math.floor(cap / 2)
  if (share >= forms.length) return share
  throw new Failure(
    'unmet',
    'faults.over-cap',
    `A drill sends ${forms.length} requests at once and takes half of what the application may: ${share} of ${cap} a minute. Raise its cap with \`airworthy limits\`, or name fewer dialects.`,
    { facts: { atOnce: forms.length, cap } },
  )
}
