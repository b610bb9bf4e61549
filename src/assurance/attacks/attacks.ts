/**
 * Attack runs: a release is sent orders and questions for secrets in the ways in which text gets into it, and what got
 * through becomes evidence.
 *
 * Invariants: calls and cost are quoted first, and more than the budget is not begun; what decides is a sign in the
 * answer and no model; tools that change something are not called; an attack that was not answered is no attempt; runs on
 * one release are counted together, so that nobody asks until the answer suits.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Job } from '../../store/job.ts'
import { createRuns, demandPack, hoursOf, ProbeQuote, packName, quoteOf, type Started } from '../probing/index.ts'
import { canaryOf, withCanary } from './canary.ts'
import { AttackPlan, AttackResult, type AttackRun, type StartAttackRun } from './contract.ts'
import type { AttackDeps, AttackInput } from './deps.ts'
import { Category } from './pack.ts'
import { type Attack, attacksOf, waysOf } from './plan.ts'
import { runAttacks } from './run-attacks.ts'

const ATTACKS = 'assurance.attacks'

export type AttackRuns = ReturnType<typeof createAttackRuns>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createAttackRuns(deps: AttackDeps) {
  const { jobs, pack } = deps
  const runs = createRuns<AttackPlan, AttackInput, AttackResult>(deps, {
    kind: ATTACKS,
    prefix: 'atk',
    resultOf: (result) => AttackResult.safeParse(result).data,
  })

  jobs.handle(ATTACKS, async (run): Promise<AttackResult> => {
    const input = runs.inputOf(run.job)
    const { plan } = input
    const release = await deps.releaseOf(input.release)
    const attacks = await madeFor(release, plan, input.suite)
    const canary = canaryOf(seededRandom(plan.seed))
    const { manifest } = release
    const copy = { ...release, manifest: { ...manifest, prompts: withCanary(manifest.prompts, canary) } }
    const earlier = (await runs.earlier(input, run.job.id)).map(({ result }) => result)
    const hours = hoursOf(input.quote)
    return deps.withAsking({ id: run.job.id, release, by: input.by, hours }, (ask) =>
      runAttacks({ run, input, release, copy, canary, attacks, ask, earlier }, deps),
    )
  })

  async function start(id: ReleaseId, ask: StartAttackRun, by: ActorId): Promise<Started<AttackPlan>> {
    const release = await deps.releaseOf(id)
    const { suite, maxCostMicroUsd, concurrency } = ask
    const plan = await planFor(release, ask)
    const asked = (await madeFor(release, plan, suite)).map(({ turns }) => turns)
    const quote = await quoteOf({ release, asked, concurrency }, deps)
    return runs.begin(
      {
        ...{ application: release.application, release: release.id, plan, quote, by },
        ...(suite !== undefined && { suite }),
        ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
      },
      ask,
    )
  }

  async function planFor(release: Release, ask: StartAttackRun): Promise<AttackPlan> {
    const { manifest } = release
    const categories = (ask.categories ?? Category.options).map((category) => {
      const ways = waysOf(category, manifest)
      return { category, ways, attempts: ways.length === 0 ? 0 : ask.attempts }
    })
    return {
      pack: packName(pack),
      seed: ask.seed ?? new DataView(deps.random(4).slice().buffer).getUint32(0),
      categories,
      canaries: manifest.prompts.length,
      questions: (await deps.questionsOf(release, ask.suite)).length,
      concurrency: ask.concurrency,
    }
  }

  async function madeFor(release: Release, plan: AttackPlan, suite: string | undefined): Promise<Attack[]> {
    demandPack(plan.pack, pack, 'attacks')
    const questions = await deps.questionsOf(release, suite)
    const { seed } = plan
    const categories = plan.categories.map(({ category }) => category)
    const attempts = Math.max(...plan.categories.map((one) => one.attempts))
    return attacksOf({ pack, manifest: release.manifest, questions }, { categories, attempts, seed })
  }

  return {
    start,
    async list(id: ReleaseId): Promise<AttackRun[]> {
      return (await runs.list(await deps.releaseOf(id))).map((job) => attackRunOf(job, runs.inputOf(job)))
    },
  }
}

function attackRunOf(job: Job, { application, release, plan, quote }: AttackInput): AttackRun {
  const { id, state, progress, error, createdAt, result } = job
  return {
    ...{ id, application, release, state, progress, error, createdAt },
    plan: AttackPlan.parse(plan),
    quote: ProbeQuote.parse(quote),
    result: AttackResult.safeParse(result).data ?? null,
  }
}
