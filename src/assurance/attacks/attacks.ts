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
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, microUsd, picoOf, sumKnown } from '../../kernel/money.ts'
import { seededRandom } from '../../kernel/random.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import { canaryOf, withCanary } from './canary.ts'
import { AttackPlan, AttackQuote, AttackResult, type AttackRun, type StartAttackRun } from './contract.ts'
import type { AttackDeps, AttackInput } from './deps.ts'
import { Category } from './pack.ts'
import { type Attack, attacksOf, waysOf } from './plan.ts'
import { runAttacks, SHARE_OF_CAP } from './run-attacks.ts'

const ATTACKS = 'assurance.attacks'
const LISTED = 20
/** More runs of an application than anybody starts. */
const REMEMBERED = 1000
/** Of the attacks the cost is estimated of so many, and taken for that of all. */
const PRICED = 20
const SECONDS_AN_ANSWER = 2
/** A key that outlives its run does so by no more than this. */
const SPARE_HOURS = 2

type Told = { readonly plan: AttackPlan; readonly quote: AttackQuote }
type Started = ({ kind: 'quote' | 'over-budget' } & Told) | ({ kind: 'started'; id: string } & Told)

export type AttackRuns = ReturnType<typeof createAttackRuns>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createAttackRuns(deps: AttackDeps) {
  const { db, jobs, newId, organisation, pack } = deps

  jobs.handle(ATTACKS, async (run): Promise<AttackResult> => {
    const input = inputOf(run.job)
    const { plan } = input
    const release = await deps.releaseOf(input.release)
    const attacks = await madeFor(release, plan, input.suite)
    const canary = canaryOf(seededRandom(plan.seed))
    const { manifest } = release
    const copy = { ...release, manifest: { ...manifest, prompts: withCanary(manifest.prompts, canary) } }
    const earlier = await earlierOn(input, run.job.id)
    const hours = Math.ceil(input.quote.minutes / 60) + SPARE_HOURS
    return deps.withAsking({ id: run.job.id, release, by: input.by, hours }, (ask) =>
      runAttacks({ run, input, release, copy, canary, attacks, ask, earlier }, deps),
    )
  })

  async function start(id: ReleaseId, ask: StartAttackRun, by: ActorId): Promise<Started> {
    const release = await deps.releaseOf(id)
    const { suite, maxCostMicroUsd } = ask
    const plan = await planFor(release, ask)
    const quote = await quoteOf(release, plan, await madeFor(release, plan, suite))
    if (ask.dryRun) return { kind: 'quote', plan, quote }
    if (maxCostMicroUsd !== undefined && isOver(quote.costMicroUsd, maxCostMicroUsd))
      return { kind: 'over-budget', plan, quote }
    const input: AttackInput = {
      ...{ application: release.application, release: release.id, plan, quote, by },
      ...(suite !== undefined && { suite }),
      ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
    }
    const job = await inTransaction(db, (tx) =>
      jobs.enqueue(tx, { organisation, kind: ATTACKS, key: newId('atk'), input: { ...input } }),
    )
    return { kind: 'started', id: job.id, plan, quote }
  }

  async function earlierOn({ application, release, plan }: AttackInput, self: string): Promise<AttackResult[]> {
    const found = await jobs.list({ kind: ATTACKS, application, limit: REMEMBERED })
    return found
      .filter((job) => job.id !== self && inputOf(job).release === release && inputOf(job).plan.pack === plan.pack)
      .flatMap(({ result }) => AttackResult.safeParse(result).data ?? [])
  }

  async function planFor(release: Release, ask: StartAttackRun): Promise<AttackPlan> {
    const { manifest } = release
    const categories = (ask.categories ?? Category.options).map((category) => {
      const ways = waysOf(category, manifest)
      return { category, ways, attempts: ways.length === 0 ? 0 : ask.attempts }
    })
    return {
      pack: `${pack.name} ${pack.version}`,
      seed: ask.seed ?? new DataView(deps.random(4).slice().buffer).getUint32(0),
      categories,
      canaries: manifest.prompts.length,
      questions: (await deps.questionsOf(release, ask.suite)).length,
      concurrency: ask.concurrency,
    }
  }

  async function madeFor(release: Release, plan: AttackPlan, suite: string | undefined): Promise<Attack[]> {
    if (plan.pack !== `${pack.name} ${pack.version}`)
      throw new Failure(
        'conflict',
        'attacks.other-pack',
        `This run was planned with the attacks ${plan.pack}, and now there is ${pack.name} ${pack.version}. Start it anew.`,
      )
    const questions = await deps.questionsOf(release, suite)
    const { seed } = plan
    const categories = plan.categories.map(({ category }) => category)
    const attempts = Math.max(...plan.categories.map((one) => one.attempts))
    return attacksOf({ pack, manifest: release.manifest, questions }, { categories, attempts, seed })
  }

  async function quoteOf(release: Release, plan: AttackPlan, attacks: readonly Attack[]): Promise<AttackQuote> {
    const every = Math.max(1, Math.floor(attacks.length / PRICED))
    const priced = attacks.filter((_, at) => at % every === 0)
    const sum = sumKnown(await Promise.all(priced.map(({ turns }) => deps.estimate(release, turns))))
    const calls = attacks.length
    const known =
      sum === null || priced.length === 0 ? sum : microUsd((picoOf(sum) * BigInt(calls)) / BigInt(priced.length))
    const cap = deps.capOf(release.application)
    const minutes = Math.max(
      (calls * SECONDS_AN_ANSWER) / 60 / plan.concurrency,
      cap === null ? 0 : calls / (cap * SHARE_OF_CAP),
    )
    return { calls, costMicroUsd: known, minutes: Math.ceil(minutes * 10) / 10 }
  }

  return {
    start,
    async list(id: ReleaseId): Promise<AttackRun[]> {
      const { application } = await deps.releaseOf(id)
      const found = await jobs.list({ kind: ATTACKS, application, limit: LISTED })
      return found.filter((job) => inputOf(job).release === id).map(attackRunOf)
    },
  }
}

const inputOf = ({ input }: Job): AttackInput => input as unknown as AttackInput

function attackRunOf(job: Job): AttackRun {
  const { application, release, plan, quote } = inputOf(job)
  const { id, state, progress, error, createdAt, result } = job
  return {
    ...{ id, application, release, state, progress, error, createdAt },
    plan: AttackPlan.parse(plan),
    quote: AttackQuote.parse(quote),
    result: AttackResult.safeParse(result).data ?? null,
  }
}

const isOver = (cost: MicroUsd | null, most: MicroUsd): boolean => cost === null || picoOf(cost) > picoOf(most)
