/**
 * Arms of several experiments as if one experiment had measured them all. Nothing is run: rows that are kept are
 * summarised anew, with the same scores, intervals and paired comparisons as at the end of an experiment.
 *
 * Invariant: only what was asked and scored in the same way is compared. An example whose words changed between two
 * versions of the dataset, and an evaluator that was set up differently, are left out, and a note says so.
 */
import type { DatasetPart } from '../../core/dataset.ts'
import type { SuitePart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import { evaluatorOf, prepareEvaluators } from '../evaluators/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import { createNumberLog, numbersOf } from '../numbers/index.ts'
import { summariseApart } from '../summarise-apart.ts'
import type { ArmsComparison, ComparedArm } from './contract.ts'
import { LEFT_OUT, placesOf } from './places.ts'

export type ArmsDeps = {
  readonly get: (id: ExperimentId) => Promise<Experiment>
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly examplesOf: ExamplesOf
  readonly db: Database
  readonly blobs: Pick<Blobs, 'loose'>
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
  readonly dataset: DatasetPart
  readonly definitions: Definitions
}
/** What makes the score of an evaluator what it is, by the evaluator's key. */
type Definitions = ReadonlyMap<string, string>

/** The experiments that are named, for whoever asks what may be seen. Throws `evals.arms-invalid`. */
export const experimentsOf = (arms: string): ExperimentId[] => [
  ...new Set(readArms(arms, undefined).map(({ experiment }) => experiment)),
]

export type ArmsAsk = { readonly arms: string; readonly reference?: string | undefined }
type Planned = {
  readonly asked: readonly Asked[]
  readonly first: Asked
  readonly sources: ReadonlyMap<ExperimentId, Source>
  readonly base: Source
}

/** How many rows a comparison looks at. Throws where the arms cannot be compared. */
export async function rowsCompared(ask: ArmsAsk, deps: ArmsDeps): Promise<number> {
  const { sources } = await planComparison(ask, deps)
  return [...sources.values()].reduce((sum, { experiment }) => sum + experiment.progress.done, 0)
}

async function planComparison({ arms, reference }: ArmsAsk, deps: ArmsDeps): Promise<Planned> {
  const asked = readArms(arms, reference)
  const sources = new Map<ExperimentId, Source>()
  for (const { experiment } of asked)
    if (!sources.has(experiment)) sources.set(experiment, await sourceOf(experiment, deps))
  const [first] = asked
  const base = first && sources.get(first.experiment)
  if (!base) throw invalid('Name at least two arms.')
  demandAlike(asked, sources, base)
  return { asked, first, sources, base }
}

/** @param onRows told how many rows were looked at, a page at a time */
export async function compareArms(
  ask: ArmsAsk,
  deps: ArmsDeps,
  onRows: (done: number) => Promise<void> = async () => {},
): Promise<ArmsComparison> {
  const { asked, first, sources, base } = await planComparison(ask, deps)
  let done = 0
  const notes: string[] = []
  const places = await placesOf([...sources.values()], base, deps.examplesOf)
  if (places.changed > 0)
    notes.push(
      `${places.changed} examples are not the same in all versions of ${base.dataset.name} that were used, and are left out.`,
    )
  const differing = differingEvaluators([...sources.values()], base, notes)
  const measures = measuresOf(base)
  const repeats = Math.max(...[...sources.values()].map(({ experiment }) => experiment.repeats))
  const arms = asked.map(({ as }) => as)
  await using log = createNumberLog({ arms, measures, examples: places.cases.count, repeats }, deps.blobs.loose)
  const ran = new Uint8Array(places.cases.count)
  for (const [id, { suite }] of sources) {
    const wanted = new Map(asked.filter(({ experiment }) => experiment === id).map(({ arm, as }) => [arm, as]))
    const placeOf = places.byNumber.get(id)
    const dropped = differing.get(id) ?? new Set()
    // An evaluator without a name gives no score, and one that is compared keeps its place.
    const evaluators = measures.map(({ key }) => (dropped.has(key) ? '' : key))
    for await (const page of numbersOf(deps.db, { experiment: id, evaluators })) {
      for (const row of page) {
        const as = wanted.get(row.arm)
        const place = placeOf?.[row.exampleNumber] ?? LEFT_OUT
        if (as === undefined || place === LEFT_OUT) continue
        ran[place] = 1
        await log.add(place, row, as)
      }
      done += page.length
      await onRows(done)
    }
    if (suite.digest !== base.suite.digest && suite.margin !== base.suite.margin)
      notes.push(`${suite.name} and ${base.suite.name} have different margins; that of ${base.suite.name} is used.`)
  }
  const members = Int32Array.from(ran.keys()).filter((place) => ran[place] === 1)
  const summary = await summariseApart({
    logged: log.logged(),
    cases: places.cases,
    members,
    measures,
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
    examples: members.length,
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
  return { experiment, suite, definitions, dataset: part }
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

const measuresOf = ({ definitions, experiment }: Source) =>
  [...definitions.keys()].map((key) => {
    const { kind, unit, better, version } = evaluatorOf(key.replace(/#\d+$/, ''))
    return { key, kind, unit, better, version: versionIn(experiment, key) ?? version }
  })

const invalid = (message: string) => new Failure('invalid', 'evals.arms-invalid', message)
