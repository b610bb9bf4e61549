/**
 * Arms of several experiments as if one experiment had measured them all. Nothing is run: rows that are kept are
 * summarised anew, with the same scores, intervals and paired comparisons as at the end of an experiment.
 *
 * Invariant: only what was asked and scored in the same way is compared. An example whose words changed between two
 * versions of the dataset, and an evaluator that was set up differently, are left out, and a note says so.
 */
import { evaluatorOf } from '../evaluators/index.ts'
import type { ExperimentId } from '../experiment.ts'
import { createNumberLog, numbersOf } from '../numbers/index.ts'
import { summariseApart } from '../summarise-apart.ts'
import type { ArmsComparison, ComparedArm } from './contract.ts'
import { LEFT_OUT, placesOf } from './places.ts'
import { type ArmsAsk, type ArmsDeps, planComparison, type Source, versionIn } from './plan.ts'

/** @param onRows told how many rows were looked at, a page at a time */
export async function compareArms(
  ask: ArmsAsk,
  deps: ArmsDeps,
  onRows: (done: number) => Promise<void> = async () => {},
): Promise<ArmsComparison> {
  const { asked, first, sources, base } = await planComparison(ask, deps)
  let done = 0
  const notes: string[] = []
  await using places = await placesOf([...sources.values()], base, deps)
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
  await using scratch = await deps.blobs.loose()
  const summary = await summariseApart({
    logged: log.logged(),
    scratch: { descriptor: scratch.descriptor },
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
