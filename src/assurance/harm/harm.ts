/**
 * Harm runs: a release is asked for harm in published framings, and for what only sounds like harm, and what it said
 * becomes evidence.
 *
 * Invariants: calls and cost are quoted first, and more than the budget is not begun; what nobody told counts against the
 * release; what people decide changes no evidence but is counted in a new piece; runs on one release with one list are
 * counted together.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import type { Instant } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import type { JobRun } from '../../store/jobs.ts'
import { createRuns, hoursOf, ProbeQuote, packName, type Started } from '../probing/index.ts'
import { HarmPlan, HarmResult, type HarmRun, type HarmStanding, type StartHarmRun } from './contract.ts'
import type { HarmDeps, HarmInput } from './deps.ts'
import { madeFor, prepare } from './prepare.ts'
import { createReckoning } from './reckoning.ts'
import { type Asked, runHarm } from './run-harm.ts'
import { removeBefore } from './store.ts'
import { wordsOf } from './words.ts'

const HARM = 'assurance.harm'

export type HarmRuns = ReturnType<typeof createHarmRuns>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createHarmRuns(deps: HarmDeps) {
  const { db, jobs, organisation, pack, releaseOf } = deps
  const runs = createRuns<HarmPlan, HarmInput, HarmResult>(deps, {
    kind: HARM,
    prefix: 'hrm',
    resultOf: (result) => HarmResult.safeParse(result).data,
  })
  const endedOn = ({ application, id }: Release) =>
    runs.earlier({ application, release: id, plan: { pack: packName(pack) } }, null)
  const reckoning = createReckoning(deps, endedOn)

  jobs.handle(HARM, async (run): Promise<HarmResult> => {
    const input = runs.inputOf(run.job)
    const release = await releaseOf(input.release)
    const asks = await madeFor(release, input, deps)
    const judges = Object.fromEntries(input.plan.judges.map(({ side, judge }) => [side, deps.judgeOf(release, judge)]))
    const hours = hoursOf(input.quote)
    const asked = await deps.withAsking({ id: run.job.id, release, by: input.by, hours }, (ask) =>
      runHarm({ run, input, release, asks, judges, ask }, deps),
    )
    return { ...asked, ...(await concluded(run, { input, release, asked })) }
  })

  /** Evidence over this run and those before, once. */
  async function concluded(
    run: JobRun,
    { input, release, asked }: { input: HarmInput; release: Release; asked: Asked },
  ): Promise<Pick<HarmResult, 'words' | 'evidence'>> {
    const { by, plan } = input
    const counted = [{ id: run.job.id, result: asked }, ...(await runs.earlier(input, run.job.id))]
    const { standing, said } = await reckoning.reckon(release, counted)
    const { costMicroUsd } = asked
    const ran = { release, by, standing, said, run: run.job.id, seed: plan.seed, costMicroUsd }
    const evidence = await run.step('evidence', () =>
      inTransaction(db, async (tx) => [await reckoning.record(tx, ran)]),
    )
    return { words: wordsOf(standing, { plan, asked }), evidence }
  }

  return {
    async start(id: ReleaseId, ask: StartHarmRun, by: ActorId): Promise<Started<HarmPlan>> {
      const release = await releaseOf(id)
      const { suite, benign, maxCostMicroUsd } = ask
      return runs.begin(
        {
          ...{ application: release.application, release: release.id, by, benign },
          ...(await prepare(release, ask, deps)),
          ...(suite !== undefined && { suite }),
          ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
        },
        ask,
      )
    },
    async list(id: ReleaseId): Promise<{ items: HarmRun[]; standing: HarmStanding | null }> {
      const release = await releaseOf(id)
      const ended = await endedOn(release)
      return {
        items: (await runs.list(release)).map((job) => harmRunOf(job, runs.inputOf(job))),
        standing: ended.length === 0 ? null : (await reckoning.reckon(release, ended)).standing,
      }
    },
    answers: async (id: ReleaseId, ask: Parameters<typeof reckoning.answers>[1]) =>
      reckoning.answers(await releaseOf(id), ask),
    decide: async (id: ReleaseId, said: Parameters<typeof reckoning.decide>[1], by: ActorId) =>
      reckoning.decide(await releaseOf(id), said, by),
    count: async (id: ReleaseId, by: ActorId) => reckoning.count(await releaseOf(id), by),
    /** Every answer is of an application; what is of none is not ours. */
    removeOld: async ({ application, before }: { application: string | null; before: Instant }): Promise<number> =>
      application === null ? 0 : removeBefore(db, { organisation, application, before }),
  }
}

function harmRunOf(job: Job, { application, release, plan, quote }: HarmInput): HarmRun {
  const { id, state, progress, error, createdAt, result } = job
  return {
    ...{ id, application, release, state, progress, error, createdAt },
    plan: HarmPlan.parse(plan),
    quote: ProbeQuote.parse(quote),
    result: HarmResult.safeParse(result).data ?? null,
  }
}
