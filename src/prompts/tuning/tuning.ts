/**
 * Tuning: variants of a prompt held against each other on the build split, under a budget of calls.
 *
 * Invariants: it is given the build split and nothing that could give more (`BuildSplit`), and so is the model that
 * proposes; it never asks models more often than its budget says; what a variant shows as examples no variant is
 * scored on; a round that ran is not paid for again.
 */
import { type Example, turnsOf } from '../../core/dataset.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { Job, JobId } from '../../store/job.ts'
import type { Jobs } from '../../store/jobs.ts'
import { TuningResult, type TuningState } from './contract.ts'
import { answersOf, callsOf, type Plan, type PlanDeps, planOf, type TuningAsk } from './plan.ts'
import { type PlayDeps, play } from './play.ts'
import { PROPOSAL_TOKENS, questionOf } from './proposing.ts'
import type { TrialAnswer } from './trial.ts'

const TUNE = 'prompts.tune'
const LISTED = 100
/** Cases from which the cost of an answer is estimated. */
const SAMPLED = 10

export type TuningDeps<Answer extends TrialAnswer> = PlanDeps<Answer> &
  PlayDeps<Answer> & {
    readonly db: Database
    readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'get' | 'list'>
    readonly newId: NewId
    readonly organisation: string
    /** Models as they are asked for exactly this: what it was answered before a cap ended it is not asked for again. */
    readonly goingOn: (ask: TuningAsk) => Asking<Answer> & {
      /** All of it was tried. */
      end(): Promise<void>
    }
    /** What one answer of the application will about take; null when a price is not known. */
    readonly estimateRun: (ask: {
      manifest: Manifest
      arm: 'flow'
      turns: ReturnType<typeof turnsOf>
    }) => Promise<{ costMicroUsd: MicroUsd | null }>
    /** What calls with these words will take; null when the price is not known. */
    readonly estimate: (ask: {
      model: string
      parameters: Readonly<Record<string, unknown>>
      texts: readonly string[]
      answerTokens: number
    }) => Promise<MicroUsd | null>
  }

type Asking<Answer extends TrialAnswer> = Pick<PlanDeps<Answer>, 'scorerOf'> &
  Pick<PlayDeps<Answer>, 'run' | 'askProposer'>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createTuning<Answer extends TrialAnswer>(deps: TuningDeps<Answer>) {
  const { db, jobs, newId, organisation } = deps

  jobs.handle(TUNE, async (run): Promise<TuningResult> => {
    const ask = askOf(run.job)
    const { end, ...asking } = deps.goingOn(ask)
    const result = await play(await planOf(ask, { ...deps, ...asking }), run, { ...deps, ...asking })
    if (result.stopped === null) await end()
    return result
  })

  return {
    releaseOf: deps.releaseOf,

    async quote(ask: TuningAsk) {
      const plan = await planOf(ask, deps)
      const { variantCount, examples, rounds, questions } = plan
      return {
        ...{ variants: variantCount, examples: examples.length, calls: callsOf(questions), questions },
        costMicroUsd: await costOf(plan, deps),
        rounds: [...rounds],
      }
    },

    async start(ask: TuningAsk): Promise<JobId> {
      const { release, prompt } = await planOf(ask, deps)
      const input = { ...ask, prompt: prompt.name, application: release.application }
      const job = await inTransaction(db, (tx) =>
        jobs.enqueue(tx, { organisation, kind: TUNE, key: newId('tun'), input }),
      )
      return job.id
    },

    async get(id: string) {
      const job = await jobs.get(id as JobId)
      if (job.kind !== TUNE) throw new Failure('unknown', 'prompts.tuning-unknown', `There is no tuning ${id}.`)
      const result = TuningResult.safeParse(job.result)
      return { ...stateOf(job), result: result.success ? result.data : null }
    },

    list: async (application: string) => (await jobs.list({ kind: TUNE, application, limit: LISTED })).map(stateOf),
  }
}
export type Tuning = {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
} & Pick<ReturnType<typeof createTuning>, 'quote' | 'start' | 'get' | 'list'>

/** Null as soon as one price is not known: answers, what a judge is asked about them, and proposals. */
async function costOf<Answer extends TrialAnswer>(
  { ask: { proposer }, release, suite, scorer, prompt, examples, ...plan }: Plan<Answer>,
  deps: TuningDeps<Answer>,
): Promise<MicroUsd | null> {
  const answers = BigInt(answersOf(plan))
  const sampled = examples.slice(0, SAMPLED)
  let sample = 0n
  for (const example of sampled) {
    const turns = turnsOf(example)
    const { costMicroUsd } = await deps.estimateRun({ manifest: release.manifest, arm: 'flow', turns })
    if (costMicroUsd === null) return null
    sample += picoOf(costMicroUsd)
  }
  const judged = (await scorer.questionsAbout(examples)).costMicroUsd
  if (judged === null) return null
  const all = (answers * sample) / BigInt(sampled.length) + answers * picoOf(judged)
  if (!proposer) return microUsd(all)
  const failing = sampled.map((example: Example) => ({ example, answer: String(example.expected ?? ''), score: 0 }))
  const question = questionOf(
    { task: proposer.task ?? '', prompt, evaluator: suite.primary, better: scorer.better, failing },
    proposer.count,
  )
  const proposals = await deps.estimate({
    ...{ model: proposer.model, parameters: proposer.parameters },
    texts: question.map(({ content }) => content),
    answerTokens: proposer.count * PROPOSAL_TOKENS,
  })
  return proposals === null ? null : microUsd(all + picoOf(proposals))
}

/** Written by `start`, which parsed it. */
const askOf = ({ input }: Job): TuningAsk => input as unknown as TuningAsk

/** What `start` wrote, and how far the job is. */
function stateOf(job: Job): TuningState {
  const { release, suite, prompt } = askOf(job)
  const { id, state, error, createdAt, progress } = job
  return {
    id,
    application: job.input.application as Release['application'],
    release,
    suite,
    prompt: prompt ?? '',
    state,
    progress: { done: progress.done, total: progress.total },
    error,
    createdAt,
  }
}
