/** From "this suite of this release, against that" to all that a run needs. Reads, decides, changes nothing. */
import type { DatasetPart } from '../core/dataset.ts'
import { answeredBy, measuredAlone } from '../core/fallbacks.ts'
import { behaviourParts, type Manifest, type Part, partsOf, type SuitePart } from '../core/manifest.ts'
import { promptAlone } from '../core/prompt-alone.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { type Digest, digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { ExamplesOf } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import { type Prepared, prepareEvaluators } from './evaluators/index.ts'
import type { Against } from './experiment.ts'
import type { PlannedArm } from './planned-arm.ts'
import { type PlannedExamples, plannedExamples } from './planned-examples.ts'
import type { Variant } from './variant.ts'
import { sameApplication, variantArm } from './variant-arm.ts'

export type ExperimentPlan = {
  readonly release: Release
  readonly against: Against | null
  readonly suite: SuitePart
  readonly dataset: DatasetPart
  readonly examples: PlannedExamples
  readonly evaluators: readonly Prepared[]
  /** Candidate first. */
  readonly arms: readonly PlannedArm[]
  /** What evidence from this experiment depends on. */
  readonly inputs: readonly Part[]
  /** Over inputs and control: two experiments with the same one measured the same thing. */
  readonly measures: Digest
}

export type PlanAsk = {
  readonly release: Release
  readonly suite: string
  readonly against?: Against | null | undefined
  readonly variants?: readonly Variant[]
}
export type PlanDeps = Pick<EvalsDeps, 'releaseOf' | 'resolveModel'> & { readonly examplesOf: ExamplesOf }

export async function planExperiment(
  { release, suite: name, against, variants = [] }: PlanAsk,
  { releaseOf, resolveModel, examplesOf }: PlanDeps,
): Promise<ExperimentPlan> {
  const { manifest } = release
  const suite = suiteOf(manifest, name)
  const dataset = datasetOf(manifest, suite.dataset)
  const evaluators = prepareEvaluators(suite.evaluators)
  if (!evaluators.some(({ key }) => key === suite.primary))
    throw new Failure(
      'invalid',
      'evals.primary-unknown',
      `The suite ${name} decides by ${suite.primary}, which is not among its evaluators ${evaluators.map(({ key }) => key).join(', ')}.`,
    )
  const examples = plannedExamples(dataset, suite, examplesOf)
  if (examples.length === 0)
    throw new Failure(
      'invalid',
      'evals.no-examples',
      `The dataset ${dataset.name} has no example in the split ${suite.splits.join(' or ')}. Give examples that split, or name another in evals/${name}.yaml.`,
    )
  const chosen = against === undefined ? defaultAgainst(manifest) : against
  const control = chosen === null ? undefined : await controlArm(release, chosen, releaseOf)
  demandDistinct(variants)
  const others: PlannedArm[] = []
  for (const variant of variants)
    others.push(await variantArm(release, variant, { releaseOf, resolveModel, examplesOf }))
  const arms = [candidateArm(release), ...(control ? [control] : []), ...others].map((arm) => asMeasured(arm, suite))
  const inputs = inputsOf({ manifest, suite, dataset, evaluators, against: chosen })
  return {
    release,
    against: chosen,
    suite,
    dataset,
    examples,
    evaluators,
    arms,
    inputs,
    measures: digestOf({
      inputs,
      control: arms.find(({ arm }) => arm === 'control')?.behaviour ?? null,
      // Left out where there is none, so that experiments without variants keep the digest that they had.
      ...(others.length > 0 && { variants: others.map(({ arm, behaviour }) => ({ arm, behaviour })) }),
    }),
  }
}

/** The release itself is the baseline when both flows are the same. */
export const isBaseline = ({ flow, baseline }: Manifest): boolean => baseline?.digest === flow.digest

const defaultAgainst = (manifest: Manifest): Against | null =>
  manifest.baseline !== null && !isBaseline(manifest) ? 'baseline' : null

function suiteOf(manifest: Manifest, name: string): SuitePart {
  const suite = manifest.suites.find((one) => one.name === name)
  if (suite) return suite
  const names = manifest.suites.map((one) => one.name)
  throw new Failure(
    'unknown',
    'evals.suite-unknown',
    `This release has no suite ${name}. ${names.length > 0 ? `It has ${names.join(', ')}.` : 'Add one under evals/ and freeze again.'}`,
  )
}

function datasetOf(manifest: Manifest, name: string): DatasetPart {
  const dataset = manifest.datasets.find((one) => one.name === name)
  if (dataset) return dataset
  throw new Failure(
    'unknown',
    'evals.dataset-unknown',
    `This release has no dataset ${name}. Add datasets/${name}.jsonl and freeze again.`,
  )
}

/**
 * A suite of a fallback or of a target is answered as while nobody else is there, in every arm that has it; a suite of a
 * prompt by the step that asks it alone, in every arm that has that prompt.
 */
function asMeasured(arm: PlannedArm, suite: SuitePart): PlannedArm {
  const { prompt } = suite
  const other = measuredAlone(suite)
  if (arm.flow === 'baseline') return arm
  const named = prompt === undefined ? arm.manifest : promptAlone(arm.manifest, prompt)
  const manifest = other === undefined ? named : answeredBy(named, other)
  if (manifest === arm.manifest) return arm
  const alone = [...(named === arm.manifest ? [] : [prompt]), ...(manifest === named ? [] : [other])].join(' with ')
  return { ...arm, label: `${arm.label}, ${alone} alone`, manifest, behaviour: behaviourParts(manifest) }
}

const candidateArm = (release: Release): PlannedArm => ({
  arm: 'candidate',
  label: `release ${release.number}`,
  release: release.id,
  manifest: release.manifest,
  flow: 'flow',
  behaviour: behaviourParts(release.manifest),
})

async function controlArm(
  release: Release,
  against: Against,
  releaseOf: (id: ReleaseId) => Promise<Release>,
): Promise<PlannedArm> {
  if (against !== 'baseline')
    return { ...candidateArm(await sameApplication(release, against, releaseOf)), arm: 'control' }
  const { baseline } = release.manifest
  if (!baseline)
    throw new Failure(
      'invalid',
      'evals.no-baseline',
      'This release names no baseline. Add `baseline:` to airworthy.yaml and freeze again, or measure against another release.',
    )
  return {
    arm: 'control',
    // Steps that stand in airworthy.yaml have that name already.
    label: baseline.name === 'baseline' ? 'baseline' : `baseline ${baseline.name}`,
    release: release.id,
    manifest: release.manifest,
    flow: 'baseline',
    behaviour: partsOf(release.manifest).filter(({ kind }) => BASELINE_PARTS.includes(kind)),
  }
}

function demandDistinct(variants: readonly Variant[]): void {
  const names = variants.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice === undefined) return
  throw new Failure('invalid', 'evals.variant-twice', `Two variants are called ${twice}. Give each a name of its own.`)
}

/** A baseline uses what its steps name; without reading them all are counted, which errs towards stale. */
const BASELINE_PARTS: readonly string[] = ['prompt', 'model', 'baseline', 'index', 'target']

function inputsOf({
  manifest,
  suite,
  dataset,
  evaluators,
  against,
}: Pick<ExperimentPlan, 'suite' | 'dataset' | 'evaluators' | 'against'> & { manifest: Manifest }): Part[] {
  const ids = new Set(evaluators.map(({ evaluator }) => evaluator.id))
  const judges = new Set(evaluators.flatMap(({ judge }) => judge?.digest ?? []))
  const own = partsOf(manifest).filter(
    ({ kind, name, digest }) =>
      (kind === 'suite' && name === suite.name) ||
      (kind === 'dataset' && name === dataset.name) ||
      (kind === 'evaluator' && ids.has(name)) ||
      (kind === 'judge' && judges.has(digest)) ||
      (kind === 'baseline' && against === 'baseline'),
  )
  return [...behaviourParts(manifest), ...own]
}
