/**
 * How the arms differ on all examples, as a picture of a few hundred bars: each stands for as many examples, beside each
 * other when they are sorted by their difference. A list of a hundred thousand rows is too much for a page to draw.
 */
import type { DatasetPart } from '../../core/dataset.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import { evaluatorOf } from '../evaluators/index.ts'
import type { Experiment } from '../experiment.ts'
import type { Place } from './cursor.ts'
import type { Ranked } from './store.ts'
import type { OfExperiment, WorstReader } from './worst.ts'

export type Differences = {
  /** Examples that have the score in both arms. */
  readonly n: number
  /** Of them, where the candidate's is lower than the control's, the same, and higher. */
  readonly lower: number
  readonly same: number
  readonly higher: number
  /** The largest of them, below or above. */
  readonly largest: number
  /** The lowest first. */
  readonly bars: readonly {
    /** Mean difference of its examples. */
    readonly mean: number
    readonly cases: number
    /** One of them. */
    readonly example: string
  }[]
}

const MOST_BARS = 400
const READ_AT_ONCE = 20_000

type Ask = { readonly experiment: Experiment; readonly evaluator: string; readonly part: DatasetPart | undefined }

/** Nothing but zeros where there is no control. */
export async function differencesOf(
  { experiment, evaluator, part }: Ask,
  { worst, examplesOf }: { readonly worst: WorstReader; readonly examplesOf: Pick<ExamplesOf, 'pick'> },
): Promise<Differences> {
  const { better } = evaluatorOf(evaluator.replace(/#\d+$/, ''))
  const sorted: Pick<Ranked, 'exampleNumber' | 'difference'>[] = []
  const hasControl = experiment.arms.some(({ arm }) => arm === 'control')
  if (hasControl && part) {
    const of = { ...experiment, rowsOfDataset: part.rows }
    for await (const { exampleNumber, difference } of inOrder(worst, of, { evaluator, better }))
      sorted.push({ exampleNumber, difference })
  }
  if (better === 'lower') sorted.reverse()
  const bars = barsOf(sorted)
  const shown = part
    ? await examplesOf.pick(
        part,
        bars.map(({ exampleNumber }) => exampleNumber - 1),
      )
    : []
  const count = (is: (difference: number) => boolean) => sorted.filter(({ difference }) => is(difference ?? 0)).length
  return {
    n: sorted.length,
    lower: count((difference) => difference < 0),
    same: count((difference) => difference === 0),
    higher: count((difference) => difference > 0),
    largest: Math.max(0, Math.abs(sorted[0]?.difference ?? 0), Math.abs(sorted.at(-1)?.difference ?? 0)),
    bars: bars.map(({ mean, cases }, at) => ({ mean, cases, example: shown[at]?.id ?? '' })),
  }
}

/** The worst first, those without a difference left out: they come last. */
async function* inOrder(
  worst: WorstReader,
  of: OfExperiment,
  ask: { evaluator: string; better: 'higher' | 'lower' },
): AsyncGenerator<Ranked> {
  let after: Place | undefined
  for (;;) {
    const page = await worst(of, { ...ask, experiment: of.id, after, limit: READ_AT_ONCE })
    // A page begins with the example of its place.
    const fresh = after ? page.filter(({ exampleNumber }) => exampleNumber !== after?.exampleNumber) : page
    const last = fresh.at(-1)
    yield* fresh.filter(({ difference }) => difference !== null)
    if (!last || last.difference === null || page.length < READ_AT_ONCE) return
    after = { rank: last.rank, exampleNumber: last.exampleNumber, arm: '', repeat: 0 }
  }
}

/** As many examples in each as can be, the first of them named. */
function barsOf(sorted: readonly Pick<Ranked, 'exampleNumber' | 'difference'>[]) {
  const count = Math.min(MOST_BARS, sorted.length)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * sorted.length) / count)
    const cases = sorted.slice(from, Math.floor(((bar + 1) * sorted.length) / count))
    const sum = cases.reduce((all, { difference }) => all + (difference ?? 0), 0)
    return { mean: sum / cases.length, cases: cases.length, exampleNumber: cases[0]?.exampleNumber ?? 1 }
  })
}
