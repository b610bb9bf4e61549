/**
 * How good a cheaper model is on the application's own cases, from experiments that ran: the newest in which it answered
 * as the release does, all other parts alike, held case by case against the present model. Nothing is run here.
 */
import { measuredAlone } from '../core/fallbacks.ts'
import { behaviourParts, type Part, type SuitePart } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { decidingCases, type Evals, type Experiment, type MeasuredArm } from '../evals/index.ts'
import type { SavingQuality } from '../governance/index.ts'

export type SavingQualityDeps = {
  readonly evals: Pick<Evals, 'list' | 'arms'>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
}
/** Of a model in place of the one that a part of the release names, suite by suite. */
export type QualityOf = (swap: { readonly part: string; readonly model: string }) => Promise<SavingQuality[]>

type Answered = { readonly experiment: Experiment; readonly arm: Experiment['arms'][number] }
type Suite = {
  readonly suite: SuitePart
  readonly cases: number
  /** Cases that would decide, as reckoned before anything was measured. */
  readonly needed: number | null
  readonly dataset: MeasuredArm['dataset']
  /** As the release is, the newest first. */
  readonly present: readonly Answered[]
  /** The newest by part and model. */
  readonly swapped: ReadonlyMap<string, Answered>
}

const MOST_EXPERIMENTS = 50

export async function createQualityOf(deps: SavingQualityDeps, release: Release): Promise<QualityOf> {
  const suites: Suite[] = []
  for (const suite of release.manifest.suites) {
    const dataset = release.manifest.datasets.find(({ name }) => name === suite.dataset)
    // A suite of one prompt, target or fallback says nothing of the whole.
    if (!dataset || suite.prompt !== undefined || measuredAlone(suite) !== undefined) continue
    const cases = suite.splits.reduce((sum, split) => sum + (dataset.splits[split] ?? 0), 0)
    const answered = await answeredIn({ suite, dataset, release }, deps)
    suites.push({ suite, cases, needed: decidingCases(suite), dataset, ...answered })
  }
  return (swap) => Promise.all(suites.map((one) => qualityIn(one, { key: keyOf(swap), evals: deps.evals })))
}

async function answeredIn(
  { suite, dataset, release }: Pick<Suite, 'suite' | 'dataset'> & { release: Release },
  { evals, releaseOf }: SavingQualityDeps,
): Promise<Pick<Suite, 'present' | 'swapped'>> {
  const { items } = await evals.list({
    ...{ application: release.application, suite: suite.name, state: 'succeeded' as const },
    limit: MOST_EXPERIMENTS,
  })
  const present: Answered[] = []
  const swapped = new Map<string, Answered>()
  for (const experiment of items) {
    const { manifest } = await releaseOf(experiment.release)
    const isSame =
      manifest.suites.some(({ digest }) => digest === suite.digest) &&
      manifest.datasets.some(({ name, digest }) => name === dataset.name && digest === dataset.digest)
    if (!isSame) continue
    for (const arm of experiment.arms) {
      if (arm.arm === 'control' && experiment.against === 'baseline') continue
      const part = onlyOther(arm.behaviour, behaviourParts(release.manifest))
      if (part === null) present.push({ experiment, arm })
      if (!part) continue
      const changed = experiment.variants.find(({ name }) => name === arm.arm)?.models?.[part]?.model
      const model = changed ?? (await releaseOf(arm.release)).manifest.models.find(({ name }) => name === part)?.model
      const key = model && keyOf({ part, model })
      if (key && !swapped.has(key)) swapped.set(key, { experiment, arm })
    }
  }
  return { present, swapped }
}

/** The only model that differs, by its name in the blueprint; null where nothing does, undefined where more does. */
function onlyOther(theirs: readonly Part[], ours: readonly Part[]): string | null | undefined {
  const added = without(theirs, ours)
  const gone = without(ours, theirs)
  if (added.length + gone.length === 0) return null
  const [model] = added
  if (added.length !== 1 || model?.kind !== 'model') return undefined
  // What was tuned on top of the present model goes with it.
  const isSwap = gone.every(({ kind, name }) => (kind === 'model' || kind === 'adapter') && name === model.name)
  return isSwap ? model.name : undefined
}

const without = (parts: readonly Part[], others: readonly Part[]): Part[] =>
  parts.filter(({ kind, name, digest }) =>
    others.every((one) => one.kind !== kind || one.name !== name || one.digest !== digest),
  )

const keyOf = ({ part, model }: { readonly part: string; readonly model: string }): string =>
  JSON.stringify([part, model])

async function qualityIn(
  { suite, cases, needed, dataset, present, swapped }: Suite,
  { key, evals }: { key: string; evals: SavingQualityDeps['evals'] },
): Promise<SavingQuality> {
  const said = { suite: suite.name, evaluator: suite.primary, margin: suite.margin, cases }
  const cheaper = swapped.get(key)
  // Beside it in one experiment before any other.
  const now = present.find(({ experiment }) => experiment.id === cheaper?.experiment.id) ?? present[0]
  const [ours, theirs] = [cheaper, now].map((one) => one?.arm.scores.find((score) => score.evaluator === suite.primary))
  if (!cheaper || !now || !ours || !theirs) return { ...said, measured: null, neededN: needed }
  const arm = ({ experiment, arm }: Answered): MeasuredArm => ({ experiment, arm: arm.arm, dataset })
  const { kind, unit, better } = ours
  const found = await evals.arms.differenceOf(arm(cheaper), arm(now), { kind, unit, better, margin: suite.margin })
  const { difference, interval, n, verdict, nonInferior, neededN } = found
  return {
    ...said,
    measured: {
      ...{ experiment: cheaper.experiment.id, difference, interval, n, verdict, nonInferior },
      errors: { cheaper: ours.errors, present: theirs.errors },
    },
    neededN,
  }
}
