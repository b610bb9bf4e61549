/**
 * Which examples of several experiments are the same ones. In one version of a dataset the number says it; between two
 * versions the id does, and the words that it asks and expects.
 */
import type { DatasetPart, Example } from '../../core/dataset.ts'
import type { SuitePart } from '../../core/manifest.ts'
import { digestOf } from '../../kernel/digest.ts'
import type { Blobs } from '../../store/blobs.ts'
import { type Cases, createCases } from '../columns/index.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'

export type Measured = { readonly experiment: Experiment; readonly suite: SuitePart; readonly dataset: DatasetPart }

export type Places = AsyncDisposable & {
  /** The examples of the reference's version. */
  readonly cases: Cases
  /** By experiment and number of an example its place among the cases, or `LEFT_OUT`. */
  readonly byNumber: ReadonlyMap<ExperimentId, Int32Array>
  /** Examples that are not the same in all versions. */
  readonly changed: number
}

export const LEFT_OUT = -1

type PlacesDeps = { readonly examplesOf: ExamplesOf; readonly blobs: Pick<Blobs, 'loose'> }

export async function placesOf(
  sources: readonly Measured[],
  base: Measured,
  { examplesOf, blobs }: PlacesDeps,
): Promise<Places> {
  const cases = createCases({ count: base.dataset.rows, cutBy: base.suite.slices }, blobs.loose)
  const others = sources.filter(({ dataset }) => dataset.digest !== base.dataset.digest)
  // Only where versions differ are ids needed, and what each row says.
  const known = new Map<string, { place: number; mark: string }>()
  for await (const { number, example } of rowsOf(base.dataset, examplesOf)) {
    await cases.add(example)
    if (others.length > 0) known.set(example.id, { place: number - 1, mark: markOf(example) })
  }
  const own = Int32Array.from({ length: base.dataset.rows + 1 }, (_, number) => number - 1)
  const byVersion = new Map([[base.dataset.digest, own]])
  const changed = new Set<string>()
  for (const { dataset } of others) {
    if (byVersion.has(dataset.digest)) continue
    const places = new Int32Array(dataset.rows + 1).fill(LEFT_OUT)
    const met = new Set<string>()
    for await (const { number, example } of rowsOf(dataset, examplesOf)) {
      const there = known.get(example.id)
      met.add(example.id)
      if (there?.mark === markOf(example)) places[number] = there.place
      else changed.add(example.id)
    }
    for (const id of known.keys()) if (!met.has(id)) changed.add(id)
    byVersion.set(dataset.digest, places)
  }
  const gone = new Set([...changed].flatMap((id) => known.get(id)?.place ?? []))
  const kept = (places: Int32Array) =>
    gone.size === 0 ? places : places.map((place) => (gone.has(place) ? LEFT_OUT : place))
  const byNumber = new Map(
    sources.map(({ experiment, dataset }) => [experiment.id, kept(byVersion.get(dataset.digest) ?? new Int32Array())]),
  )
  return {
    ...{ cases: cases.end(), byNumber, changed: changed.size },
    [Symbol.asyncDispose]: () => cases[Symbol.asyncDispose](),
  }
}

async function* rowsOf(
  part: DatasetPart,
  examplesOf: ExamplesOf,
): AsyncGenerator<{ readonly number: number; readonly example: Example }> {
  let number = 0
  for await (const piece of examplesOf.pieces(part)) for (const example of piece) yield { number: ++number, example }
}

const markOf = ({ input, expected }: Example): string => digestOf([input, expected ?? null]).slice(7, 23)
