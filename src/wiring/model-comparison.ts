/**
 * Models compared on an application's own cases: the newest experiment in which each answered, on the same examples,
 * with the difference from one of them case by case. Nothing is run here.
 */
import type { Release, ReleaseId } from '../core/release.ts'
import type { ArmFigures, Evals, Experiment, MeasuredArm } from '../evals/index.ts'
import { compareMoney } from '../kernel/money.ts'
import { quantile } from '../kernel/statistics/index.ts'
import type { Cards, ComparedModel, ComparisonAsk, ModelComparison, ServingMode } from '../models/index.ts'

export type ComparisonDeps = {
  readonly evals: Pick<Evals, 'list' | 'arms'>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly cards: Pick<Cards, 'get'>
  readonly servingModeOf: (model: string) => ServingMode
  /** Milliseconds to the first piece of text, one a probe that streamed. */
  readonly firstTokensOf: (model: string) => readonly number[]
}

const MOST_EXPERIMENTS = 50

/** One model with the arm of an experiment in which it answered. */
type Answering = {
  readonly model: string
  readonly experiment: Experiment
  readonly arm: Experiment['arms'][number]
  readonly release: Release
}
type Measured = Answering & { readonly figures: ArmFigures }

export async function compareOnOwnCases(
  deps: ComparisonDeps,
  { application, suite, reference, efforts }: ComparisonAsk,
): Promise<ModelComparison> {
  const { items: experiments } = await deps.evals.list({
    application,
    suite,
    state: 'succeeded',
    limit: MOST_EXPERIMENTS,
  })
  const { chosen, notes } = await newestOfEach(experiments, deps)
  const measured: Measured[] = []
  for (const one of chosen) {
    const arm = measuredArm(one)
    if (arm) measured.push({ ...one, figures: await deps.evals.arms.figuresOf(arm) })
  }
  const primary = chosen[0]?.experiment.primary ?? null
  const against = measured.find(({ model }) => model === reference) ?? cheapest(measured)
  const score = chosen[0]?.arm.scores.find(({ evaluator }) => evaluator === primary)
  const items: ComparedModel[] = []
  for (const one of measured) items.push(await comparedModel(one, { against, deps, efforts }))
  return {
    application: application as ModelComparison['application'],
    suite,
    evaluator: primary,
    unit: score?.unit ?? null,
    better: score?.better ?? null,
    reference: against?.model ?? null,
    items,
    notes: [
      ...notes,
      ...(reference !== undefined && against?.model !== reference
        ? [`${reference} was not measured on this suite, so ${against?.model ?? 'nothing'} is the reference.`]
        : []),
      ...(items.length > 2
        ? [
            `${items.length - 1} models are compared with one: of twenty differences that are none, one looks like one by chance.`,
          ]
        : []),
      ...(items.some(({ publicBenchmarks }) => publicBenchmarks.length > 0)
        ? ['Public benchmarks are imported; a model may have seen their tests.']
        : []),
    ],
  }
}

async function newestOfEach(experiments: readonly Experiment[], { releaseOf }: Pick<ComparisonDeps, 'releaseOf'>) {
  const chosen = new Map<string, Answering>()
  const releases = new Map<string, Release>()
  const read = async (id: ReleaseId) => {
    const release = releases.get(id) ?? (await releaseOf(id))
    releases.set(id, release)
    return release
  }
  let cases: string | undefined
  let others = 0
  for (const experiment of experiments) {
    const { manifest } = await read(experiment.release)
    const asked = manifest.datasets.find(({ name }) => name === experiment.dataset)?.digest
    cases ??= asked
    if (asked !== cases || experiment.primary !== experiments[0]?.primary) {
      others++
      continue
    }
    for (const arm of experiment.arms) {
      // A variant ran with parts that its release does not have.
      if (arm.arm !== 'candidate' && arm.arm !== 'control') continue
      const release = await read(arm.release)
      const model = modelOf(release, arm.arm === 'control' && experiment.against === 'baseline' ? 'baseline' : 'flow')
      if (model !== undefined && !chosen.has(model)) chosen.set(model, { model, experiment, arm, release })
    }
  }
  const prompts = new Set(
    [...chosen.values()].map(({ release }) => JSON.stringify(release.manifest.prompts.map(({ digest }) => digest))),
  )
  return {
    chosen: [...chosen.values()],
    notes: [
      ...(others > 0
        ? [`${others} older experiments asked other cases or decided by something else, and are left out.`]
        : []),
      ...(prompts.size > 1
        ? ['The releases differ in prompts as well: a figure belongs to model and prompt together.']
        : []),
    ],
  }
}

/** The models that write, by name; undefined where none does. */
function modelOf({ manifest }: Release, which: 'flow' | 'baseline'): string | undefined {
  const steps = (which === 'baseline' ? manifest.baseline : manifest.flow)?.steps ?? []
  const names = steps.flatMap((step) =>
    step.use === 'generate' ? [manifest.models.find(({ name }) => name === step.model)?.model ?? step.model] : [],
  )
  return names.length === 0 ? undefined : [...new Set(names)].join(' + ')
}

/** Undefined where the release has lost the dataset that it was measured on. */
function measuredArm({ experiment, arm, release }: Answering): MeasuredArm | undefined {
  const dataset = release.manifest.datasets.find(({ name }) => name === experiment.dataset)
  return dataset && { experiment, arm: arm.arm, dataset }
}

async function comparedModel(
  one: Measured,
  {
    against,
    deps,
    efforts,
  }: { against: Measured | undefined; deps: ComparisonDeps; efforts: ComparisonAsk['efforts'] },
): Promise<ComparedModel> {
  const { model, experiment, arm, figures } = one
  const score = arm.scores.find(({ evaluator }) => evaluator === experiment.primary)
  const firstTokens = deps.firstTokensOf(model)
  const { runs, outputTokens: written, seconds } = figures
  const effort = efforts.find((each) => each.model === model)
  return {
    model,
    servingMode: deps.servingModeOf(model),
    experiment: experiment.id,
    release: one.release.id,
    arm: arm.arm,
    quality: {
      value: score?.mean ?? null,
      interval: score?.interval ?? null,
      n: score?.n ?? 0,
      errors: score?.errors ?? 0,
    },
    difference: against && against !== one && score ? await differenceOf(one, against, { score, deps }) : null,
    firstTokenMs: firstTokens.length === 0 ? null : { value: quantile([...firstTokens], 0.5), n: firstTokens.length },
    latencyMs: figures.latencyMs === null ? null : { value: figures.latencyMs, n: runs },
    tokensPerSecond: written > 0 && seconds > 0 ? { value: written / seconds, n: runs } : null,
    costPerTaskMicroUsd: figures.costMicroUsd,
    effort: effort ? { setUpHours: effort.setUpHours, hoursPerMonth: effort.hoursPerMonth } : null,
    ...cardOf(model, deps),
  }
}

async function differenceOf(
  one: Measured,
  against: Measured,
  { score, deps }: { score: Measured['arm']['scores'][number]; deps: Pick<ComparisonDeps, 'evals'> },
): Promise<ComparedModel['difference']> {
  const [ours, theirs] = [measuredArm(one), measuredArm(against)]
  if (!ours || !theirs) return null
  const { kind, unit, better } = score
  const suite = one.release.manifest.suites.find(({ name }) => name === one.experiment.suite)
  const found = await deps.evals.arms.differenceOf(ours, theirs, { kind, unit, better, margin: suite?.margin ?? 0 })
  return { value: found.difference, interval: found.interval, verdict: found.verdict, pairs: found.n }
}

const cheapest = (measured: readonly Measured[]): Measured | undefined =>
  measured.toSorted((one, other) =>
    one.figures.costMicroUsd === null || other.figures.costMicroUsd === null
      ? Number(one.figures.costMicroUsd === null) - Number(other.figures.costMicroUsd === null)
      : compareMoney(one.figures.costMicroUsd, other.figures.costMicroUsd),
  )[0]

/** Of several models together nothing is said by a card. */
function cardOf(
  model: string,
  { cards }: Pick<ComparisonDeps, 'cards'>,
): Pick<ComparedModel, 'compliance' | 'publicBenchmarks'> {
  if (model.includes(' + '))
    return { compliance: { approval: 'none', licence: null, regions: [], trainsOnInputs: null }, publicBenchmarks: [] }
  const { fields, approval } = cards.get(model)
  const value = (name: string) => fields.find((field) => field.name === name)?.value ?? null
  const [licence, regions, trains, benchmarks] = ['licence', 'regions', 'trainsOnInputs', 'benchmarks'].map(value)
  return {
    compliance: {
      approval: approval.state,
      licence: typeof licence === 'string' ? licence : null,
      regions: Array.isArray(regions) ? regions.filter((one) => typeof one === 'string') : [],
      trainsOnInputs: typeof trains === 'boolean' ? trains : null,
    },
    publicBenchmarks: Array.isArray(benchmarks)
      ? benchmarks.flatMap((one) =>
          typeof one === 'string' ? [] : [{ dataset: one.dataset, metric: one.metric, value: one.value }],
        )
      : [],
  }
}
