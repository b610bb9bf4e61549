/**
 * Arms of several experiments as if one experiment had measured them all. Nothing is run: rows that are kept are
 * summarised anew, with the same scores, intervals and paired comparisons as at the end of an experiment.
 *
 * Invariant: only what was asked and scored in the same way is compared. An example whose words changed between two
 * versions of the dataset, and an evaluator that was set up differently, are left out, and a note says so.
 */
import type { Example } from '../../core/dataset.ts'
import type { SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import { evaluatorOf, prepareEvaluators } from '../evaluators/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import type { SummaryExample, SummaryRow } from '../score-table.ts'
import { sliceValues } from '../slice-values.ts'
import { summariseApart } from '../summarise-apart.ts'
import type { ArmsComparison, ComparedArm } from './contract.ts'

export type ArmsDeps = {
  readonly get: (id: ExperimentId) => Promise<Experiment>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly examplesOf: ExamplesOf
  readonly rowsOf: (experiment: ExperimentId) => Promise<SummaryRow[]>
}

const MOST_ARMS = 12

/** One arm that was asked for, with the name that it has among the others. */
type Asked = {
  readonly id: ComparedArm['id']
  readonly experiment: ExperimentId
  readonly arm: string
  readonly as: string
}
type Source = {
  readonly experiment: Experiment
  readonly suite: SuitePart
  readonly dataset: Dataset
  readonly definitions: Definitions
}
type Dataset = {
  readonly name: string
  readonly digest: ArmsComparison['dataset']['digest']
  readonly examples: readonly Example[]
}
/** What makes the score of an evaluator what it is, by the evaluator's key. */
type Definitions = ReadonlyMap<string, string>

/** The experiments that are named, for whoever asks what may be seen. Throws `evals.arms-invalid`. */
export const experimentsOf = (arms: string): ExperimentId[] => [
  ...new Set(readArms(arms, undefined).map(({ experiment }) => experiment)),
]

export async function compareArms(
  { arms, reference }: { arms: string; reference?: string | undefined },
  deps: ArmsDeps,
): Promise<ArmsComparison> {
  const asked = readArms(arms, reference)
  const sources = new Map<ExperimentId, Source>()
  for (const { experiment } of asked)
    if (!sources.has(experiment)) sources.set(experiment, await sourceOf(experiment, deps))
  const [first] = asked
  const base = first && sources.get(first.experiment)
  if (!base) throw invalid('Name at least two arms.')
  demandAlike(asked, sources, base)

  const notes: string[] = []
  const changed = changedExamples([...sources.values()], base, notes)
  const differing = differingEvaluators([...sources.values()], base, notes)
  const rows: SummaryRow[] = []
  const ran = new Set<string>()
  for (const [id, { suite }] of sources) {
    const wanted = new Map(asked.filter(({ experiment }) => experiment === id).map(({ arm, as }) => [arm, as]))
    const dropped = differing.get(id) ?? new Set()
    for (const row of await deps.rowsOf(id)) {
      const as = wanted.get(row.arm)
      if (as === undefined || changed.has(row.example)) continue
      ran.add(row.example)
      rows.push({ ...row, arm: as, scores: dropped.size === 0 ? row.scores : without(row.scores, dropped) })
    }
    if (suite.digest !== base.suite.digest && suite.margin !== base.suite.margin)
      notes.push(`${suite.name} and ${base.suite.name} have different margins; that of ${base.suite.name} is used.`)
  }
  const examples = base.dataset.examples.filter(({ id }) => ran.has(id))
  const summary = await summariseApart({
    arms: asked.map(({ as }) => as),
    rows,
    examples: examples.map((example) => asSummarised(example, base.suite)),
    measures: measuresOf(base),
    suite: base.suite,
    intervals: base.experiment.intervals,
    seed: base.experiment.seed,
  })
  const idOf = new Map(asked.map(({ as, id }) => [as, id]))
  const named = (as: string): ComparedArm['id'] => idOf.get(as) ?? first.id
  return {
    application: base.experiment.application,
    reference: first.id,
    primary: base.experiment.primary,
    dataset: { name: base.dataset.name, digest: base.dataset.digest },
    examples: examples.length,
    arms: asked.flatMap(({ id, experiment, arm, as }): ComparedArm[] => {
      const source = sources.get(experiment)?.experiment
      const kept = source?.arms.find((one) => one.arm === arm)
      const found = summary.arms.find((one) => one.arm === as)
      if (!source || !kept || !found) return []
      const { arm: _, reused: __, ...figures } = found
      const { label, release, behaviour } = kept
      const measuredAt = source.finishedAt ?? source.createdAt
      return [{ ...figures, label, release, behaviour, id, experiment, suite: source.suite, measuredAt }]
    }),
    comparisons: summary.further.map(({ arm, comparison }) => ({ arm: named(arm), comparison })),
    slices: summary.slices.map(({ comparison: _, ...slice }) => ({
      ...slice,
      arms: slice.arms.map((one) => ({ ...one, arm: named(one.arm) })),
    })),
    notes,
  }
}

/** The reference first; it is called `candidate`, which is what a summary compares others with. */
function readArms(text: string, reference: string | undefined): Asked[] {
  const ids = [...new Set(text.split(',').filter(Boolean))]
  if (reference !== undefined && !ids.includes(reference))
    throw invalid(`The reference ${reference} is none of the arms. Name one of ${ids.join(', ')}.`)
  if (ids.length < 2 || ids.length > MOST_ARMS)
    throw invalid(
      `Name two to ${MOST_ARMS} arms, each as exp_…:candidate, with commas between them; ${ids.length} were named.`,
    )
  const sorted = ids.toSorted((one, other) => Number(other === reference) - Number(one === reference))
  return sorted.map((id, at) => {
    const [experiment, arm] = id.split(':')
    if (!experiment || !arm)
      throw invalid(`${id} is no arm. Write the experiment and its arm, such as exp_…:candidate.`)
    return { id, experiment: experiment as ExperimentId, arm, as: at === 0 ? 'candidate' : `arm-${at}` }
  })
}

async function sourceOf(id: ExperimentId, deps: ArmsDeps): Promise<Source> {
  const experiment = await deps.get(id)
  if (experiment.state !== 'succeeded')
    throw new Failure(
      'conflict',
      'evals.experiment-unfinished',
      `Experiment ${id} is ${experiment.state}. Compare those that have ended.`,
    )
  const { manifest } = await deps.releaseOf(experiment.release)
  const suite = manifest.suites.find(({ name }) => name === experiment.suite)
  const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
  if (!suite || !part)
    throw new Error(`The release of ${id} has lost its suite or dataset, though it was measured with them.`)
  const { name, digest } = part
  const prepared = prepareEvaluators(suite.evaluators)
  const definitions = new Map(
    prepared.map(({ key, evaluator, judge }, at) => [
      key,
      digestOf({
        id: evaluator.id,
        version: versionIn(experiment, key),
        options: suite.evaluators[at]?.options ?? {},
        judge: judge?.digest ?? null,
      }),
    ]),
  )
  return { experiment, suite, definitions, dataset: { name, digest, examples: await deps.examplesOf(part) } }
}

const versionIn = ({ arms }: Experiment, key: string): number | null =>
  arms.flatMap(({ scores }) => scores).find(({ evaluator }) => evaluator === key)?.version ?? null

function demandAlike(asked: readonly Asked[], sources: ReadonlyMap<ExperimentId, Source>, base: Source): void {
  for (const { id, experiment, arm } of asked) {
    const source = sources.get(experiment)
    if (!source?.experiment.arms.some((one) => one.arm === arm))
      throw invalid(
        `${id}: the experiment has no arm ${arm}. It has ${source?.experiment.arms.map((one) => one.arm).join(', ')}.`,
      )
    if (source.experiment.application !== base.experiment.application)
      throw invalid(`${id} is of ${source.experiment.application}, not of ${base.experiment.application}.`)
    if (source.dataset.name !== base.dataset.name)
      throw invalid(
        `${id} was measured on ${source.dataset.name}, not on ${base.dataset.name}: other questions cannot be compared case by case.`,
      )
  }
}

/** Ids of examples that ask or expect something else in another version of the dataset. */
function changedExamples(sources: readonly Source[], { dataset }: Source, notes: string[]): ReadonlySet<string> {
  const changed = new Set<string>()
  const asked = new Map(dataset.examples.map((example) => [example.id, wordsOf(example)]))
  for (const other of sources) {
    if (other.dataset.digest === dataset.digest) continue
    const theirs = new Map(other.dataset.examples.map((example) => [example.id, wordsOf(example)]))
    for (const id of new Set([...asked.keys(), ...theirs.keys()])) if (asked.get(id) !== theirs.get(id)) changed.add(id)
  }
  if (changed.size > 0)
    notes.push(
      `${changed.size} examples are not the same in all versions of ${dataset.name} that were used, and are left out.`,
    )
  return changed
}

const wordsOf = ({ input, expected }: Example): string => JSON.stringify([input, expected ?? null])

/** Keys of evaluators that are set up otherwise than in the reference's suite, by experiment. */
function differingEvaluators(
  sources: readonly Source[],
  base: Source,
  notes: string[],
): Map<ExperimentId, Set<string>> {
  return new Map(
    sources.map(({ experiment, definitions }) => {
      const keys = [...base.definitions].flatMap(([key, definition]) =>
        definitions.has(key) && definitions.get(key) !== definition ? [key] : [],
      )
      if (keys.length > 0)
        notes.push(
          `${keys.join(' and ')} of ${experiment.id} is set up differently (another version, other options or another judge), and is not compared.`,
        )
      return [experiment.id, new Set(keys)]
    }),
  )
}

const without = (scores: SummaryRow['scores'], dropped: ReadonlySet<string>): SummaryRow['scores'] =>
  Object.fromEntries(Object.entries(scores).filter(([key]) => !dropped.has(key)))

const measuresOf = ({ definitions, experiment }: Source) =>
  [...definitions.keys()].map((key) => {
    const { kind, unit, better, version } = evaluatorOf(key.replace(/#\d+$/, ''))
    return { key, kind, unit, better, version: versionIn(experiment, key) ?? version }
  })

const asSummarised = (example: Example, { slices }: SuitePart): SummaryExample => ({
  id: example.id,
  cluster: example.cluster,
  ...(slices && { slices: sliceValues(example, slices) }),
})

const invalid = (message: string) => new Failure('invalid', 'evals.arms-invalid', message)
