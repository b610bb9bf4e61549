/** What a tuning will do: its prompt, variants, cases and rounds, so that all its questions stay within the budget. */
import type { Example } from '../../core/dataset.ts'
import type { Manifest, PromptPart, SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { BuildSplit } from './build-split.ts'
import type { Proposer, Questions } from './contract.ts'
import { type Round, roundsOf } from './halving.ts'
import { LOOKED_AT, MOST_QUESTIONS } from './proposing.ts'
import { questionsOf, type TrialAnswer, type TrialScorer } from './trial.ts'
import { combinationsOf, shotsOf, type Variant, variantsOf } from './variants.ts'

export type TuningAsk = {
  readonly release: ReleaseId
  readonly suite: string
  readonly prompt?: string | undefined
  readonly sweep: Readonly<Record<string, readonly unknown[]>>
  /** Questions to models, all together. */
  readonly budget: number
  readonly proposer?: Proposer | undefined
}

export type PlanDeps<Answer extends TrialAnswer> = {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** All that tuning sees of a dataset. */
  readonly buildOf: (manifest: Manifest, dataset: string) => Promise<BuildSplit>
  /** The primary evaluator of a suite; a judge takes from the caps of the application. */
  readonly scorerOf: (suite: SuitePart, application: string) => TrialScorer<Answer>
  /** Throws for a model or a parameter that is not known. */
  readonly demandModel: (asked: Pick<Proposer, 'model' | 'parameters'>) => void
}

export type Plan<Answer extends TrialAnswer> = {
  readonly ask: TuningAsk
  readonly release: Release
  readonly suite: SuitePart
  readonly scorer: TrialScorer<Answer>
  readonly prompt: PromptPart
  /** Those that are there before a model proposes any. */
  readonly variants: readonly Variant[]
  /** With a place for each proposal. */
  readonly variantCount: number
  readonly examples: readonly Example[]
  readonly rounds: readonly Round[]
  /** Examples on which the prompt as it is is tried before a model proposes; 0 where none does. */
  readonly lookedAt: number
  /** At most. */
  readonly questions: Questions
}

export async function planOf<Answer extends TrialAnswer>(
  ask: TuningAsk,
  deps: PlanDeps<Answer>,
): Promise<Plan<Answer>> {
  const { sweep, budget, proposer } = ask
  const release = await deps.releaseOf(ask.release)
  const { manifest } = release
  const suite = manifest.suites.find((one) => one.name === ask.suite)
  if (!suite) throw unknown('suite', ask.suite, manifest.suites)
  const steps = manifest.flow.steps.flatMap((step) => (step.use === 'generate' ? [step.prompt] : []))
  const prompt = manifest.prompts.find((one) => one.name === (ask.prompt ?? steps.at(-1)))
  if (!prompt) throw unknown('prompt', ask.prompt ?? '', manifest.prompts)
  if (proposer) deps.demandModel(proposer)
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
  const variantCount = variants.length + (proposer ? proposer.count * combinationsOf(sweep) : 0)
  const scorer = deps.scorerOf(suite, release.application)
  const perAnswer = { application: questionsOf(manifest), judge: (await scorer.questionsAbout(examples)).most }
  const each = perAnswer.application + perAnswer.judge
  const kept = proposer ? MOST_QUESTIONS : 0
  const lookedAt = proposer ? Math.min(LOOKED_AT, examples.length) : 0
  const answersFor = (calls: number) => Math.floor((calls - kept) / Math.max(each, 1)) - lookedAt
  const rounds = roundsOf({ variants: variantCount, examples: examples.length, budget: answersFor(budget) })
  if (!rounds)
    throw tooSmall(budget, { variants: variantCount, needed: (neededFor(variantCount) + lookedAt) * each + kept })
  const answers = answersOf({ rounds, lookedAt })
  return {
    ...{ ask, release, suite, scorer, prompt, variants, variantCount, examples, rounds, lookedAt },
    questions: {
      application: answers * perAnswer.application,
      judge: answers * perAnswer.judge,
      proposer: kept,
    },
  }
}

/** Each round's variants on the examples that are new in it, and at most those of the first look. */
export const answersOf = ({ rounds, lookedAt }: Pick<Plan<TrialAnswer>, 'rounds' | 'lookedAt'>): number =>
  rounds.reduce(
    (sum, { variants, examples }, index) => sum + variants * (examples - (rounds[index - 1]?.examples ?? 0)),
    Math.max(0, lookedAt - (rounds[0]?.examples ?? 0)),
  )

export const callsOf = ({ application, judge, proposer }: Questions): number => application + judge + proposer

const tooSmall = (budget: number, { variants, needed }: { variants: number; needed: number }) =>
  new Failure(
    'invalid',
    'prompts.budget-too-small',
    `${variants} variants need a budget of at least ${needed} calls, one example each in the first round; it is ${budget}.`,
    { problems: [{ field: 'budget', message: `is less than ${needed}` }] },
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
