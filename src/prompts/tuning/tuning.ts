/**
 * Tuning: variants of a prompt held against each other on the build split, under a budget of calls.
 *
 * Invariants: it is given the build split and nothing that could give more (`BuildSplit`); it never makes more calls
 * than its budget; what a variant shows as examples no variant is scored on; a round that ran is not paid for again.
 */
import { promptText } from '../../core/blueprint/prompt-text.ts'
import type { Example } from '../../core/dataset.ts'
import type { Manifest, PromptPart, SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { Job, JobId } from '../../store/job.ts'
import type { JobRun, Jobs } from '../../store/jobs.ts'
import type { BuildSplit } from './build-split.ts'
import { TuningResult, type TuningState } from './contract.ts'
import { betterHalf, paretoOf, type Round, ranked, roundsOf } from './halving.ts'
import {
  figureOf,
  manifestWith,
  type RunTrial,
  type Trial,
  type TrialAnswer,
  type TrialScorer,
  trialOf,
} from './trial.ts'
import { shotsOf, type Variant, variantsOf } from './variants.ts'

const TUNE = 'prompts.tune'
/** Calls of the model under way at once, as in an experiment. */
const AT_A_TIME = 8
const LISTED = 100
/** A price that nobody knows makes nothing cheap. */
const UNKNOWN_COST = Number.POSITIVE_INFINITY

export type TuningDeps<Answer extends TrialAnswer> = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'get' | 'list'>
  readonly newId: NewId
  readonly organisation: string
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** All that tuning sees of a dataset. */
  readonly buildOf: (manifest: Manifest, dataset: string) => Promise<BuildSplit>
  readonly run: RunTrial<Answer>
  /** The primary evaluator of a suite. */
  readonly scorerOf: (suite: SuitePart) => TrialScorer<Answer>
}

export type TuningAsk = {
  readonly release: ReleaseId
  readonly suite: string
  readonly prompt?: string | undefined
  readonly sweep: Readonly<Record<string, readonly unknown[]>>
  readonly budget: number
}

type Plan = {
  readonly release: Release
  readonly suite: SuitePart
  readonly prompt: PromptPart
  readonly variants: readonly Variant[]
  readonly examples: readonly Example[]
  readonly rounds: readonly Round[]
}

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createTuning<Answer extends TrialAnswer>(deps: TuningDeps<Answer>) {
  const { db, jobs, newId, organisation } = deps

  async function planOf({ release: id, suite: name, prompt: wanted, sweep, budget }: TuningAsk): Promise<Plan> {
    const release = await deps.releaseOf(id)
    const { manifest } = release
    const suite = manifest.suites.find((one) => one.name === name)
    if (!suite) throw unknown('suite', name, manifest.suites)
    const steps = manifest.flow.steps.flatMap((step) => (step.use === 'generate' ? [step.prompt] : []))
    const prompt = manifest.prompts.find((one) => one.name === (wanted ?? steps.at(-1)))
    if (!prompt) throw unknown('prompt', wanted ?? '', manifest.prompts)
    const { examples: all } = await deps.buildOf(manifest, suite.dataset)
    const shots = shotsOf(all)
    const examples = all.filter(({ id: one }) => !shots.some((shot) => shot.id === one))
    if (examples.length === 0)
      throw new Failure(
        'unmet',
        'prompts.no-build-split',
        `The dataset ${suite.dataset} has no examples in its build split, and tuning may see no other. Mark some with "split": "build".`,
      )
    const variants = variantsOf(prompt, { shots, sweep })
    const rounds = roundsOf({ variants: variants.length, examples: examples.length, budget })
    if (rounds) return { release, suite, prompt, variants, examples, rounds }
    throw new Failure(
      'invalid',
      'prompts.budget-too-small',
      `${variants.length} variants need a budget of at least ${neededFor(variants.length)} calls, one example each in the first round; it is ${budget}.`,
      { problems: [{ field: 'budget', message: `is less than ${neededFor(variants.length)}` }] },
    )
  }

  jobs.handle(TUNE, async (run: JobRun): Promise<TuningResult> => tune(await planOf(askOf(run.job)), run))

  async function tune(
    { release, suite, prompt, variants, examples, rounds }: Plan,
    run: JobRun,
  ): Promise<TuningResult> {
    const { score, better, unit } = deps.scorerOf(suite)
    // Ranks read upwards, also where less is better.
    const up = better === 'higher' ? 1 : -1
    const trials = new Map<string, Trial[]>(variants.map(({ id }) => [id, []]))
    const outAfter = new Map<string, number>()
    const total = callsOf(rounds)
    let left: readonly Variant[] = variants
    let calls = 0
    let from = 0
    for (const [index, { examples: until }] of rounds.entries()) {
      for (const variant of left) {
        const made = await run.step(`round ${index + 1}: ${variant.id}`, async () => {
          const manifest = manifestWith(release.manifest, variant)
          const { signal } = run
          return allOf(examples.slice(from, until), (example) => {
            signal.throwIfAborted()
            return trialOf({ manifest, example, signal }, { run: deps.run, score })
          })
        })
        trials.get(variant.id)?.push(...made)
        calls += made.length
        await run.progress(calls, total, `round ${index + 1} of ${rounds.length}: ${variant.title}`)
      }
      from = until
      const on = new Set(betterHalf(left.map((one) => standing(one, trials, up))).map(({ id }) => id))
      for (const { id } of left) if (!on.has(id)) outAfter.set(id, index + 1)
      left = left.filter(({ id }) => on.has(id))
    }
    const [first] = ranked(left.map((one) => standing(one, trials, up)))
    const best = variants.find(({ id }) => id === first?.id) ?? variants[0]
    if (!best) throw new Error('There is a variant, the present prompt.')
    for (const { id } of left) if (id !== best.id) outAfter.set(id, rounds.length)
    const figures = variants.map((variant) => ({ ...variant, ...figureOf(trials.get(variant.id) ?? []) }))
    const pareto = new Set(paretoOf(figures.map((one) => ({ ...standing(one, trials, up), latencyMs: one.latencyMs }))))
    return {
      split: 'build',
      evaluator: suite.primary,
      unit,
      better,
      calls,
      rounds: [...rounds],
      variants: figures.map(({ prompt: _, parameters: __, ...figure }) => ({
        ...figure,
        outAfter: outAfter.get(figure.id) ?? null,
        pareto: pareto.has(figure.id),
      })),
      best: best.id,
      prompt: promptText(best.prompt),
      parameters: { ...best.parameters },
      note: `Chosen on ${examples.length} examples of the build split of ${suite.dataset}, so its score there is too good. Freeze ${prompt.name} as it is written here and measure the release on cases that tuning never saw.`,
    }
  }

  return {
    releaseOf: deps.releaseOf,

    async quote(ask: TuningAsk) {
      const { variants, examples, rounds } = await planOf(ask)
      return { variants: variants.length, examples: examples.length, calls: callsOf(rounds), rounds: [...rounds] }
    },

    async start(ask: TuningAsk): Promise<JobId> {
      const { release, prompt } = await planOf(ask)
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
export type Tuning = Pick<ReturnType<typeof createTuning>, 'releaseOf' | 'quote' | 'start' | 'get' | 'list'>

/** All results in order, a few at a time. */
async function allOf<One, Result>(all: readonly One[], make: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < all.length; from += AT_A_TIME)
    results.push(...(await Promise.all(all.slice(from, from + AT_A_TIME).map(make))))
  return results
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

const standing = ({ id }: Variant, trials: ReadonlyMap<string, readonly Trial[]>, up: number) => {
  const { mean, costMicroUsd } = figureOf(trials.get(id) ?? [])
  return { id, mean: mean === null ? null : mean * up, cost: costMicroUsd ?? UNKNOWN_COST }
}

/** Each round's variants on the examples that are new in it. */
const callsOf = (rounds: readonly Round[]): number =>
  rounds.reduce(
    (sum, { variants, examples }, index) => sum + variants * (examples - (rounds[index - 1]?.examples ?? 0)),
    0,
  )

function neededFor(variants: number): number {
  let budget = variants
  while (roundsOf({ variants, examples: variants, budget }) === undefined) budget += variants
  return budget
}

const unknown = (what: string, name: string, have: readonly { readonly name: string }[]) =>
  new Failure(
    'unknown',
    `prompts.${what}-unknown`,
    `The release has no ${what} ${name}. It has ${have.map((one) => one.name).join(', ') || 'none'}.`,
  )
