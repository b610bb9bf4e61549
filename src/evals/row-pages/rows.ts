/** The rows of an experiment, with what was asked and how the arms differ on it. */
import type { Example } from '../../core/dataset.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { createKeptAnswers } from '../../kernel/kept.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import { evaluatorOf } from '../evaluators/index.ts'
import type { ExperimentId, ExperimentRow, RowOutcome } from '../experiment.ts'
import type { Running } from '../run-deps.ts'
import type { ArmName } from '../variant.ts'
import { cursorOf, placeOf, type RowOrder } from './cursor.ts'
import { type Differences, differencesOf } from './differences.ts'
import { createCountOrder, type OrderDeps } from './order.ts'
import { pageOf } from './page.ts'
import { createWorstReader, type WorstReader } from './worst.ts'

export type RowsReader = (ask: {
  id: ExperimentId
  arm?: ArmName | undefined
  example?: string | undefined
  evaluator?: string | undefined
  order: RowOrder
  failed?: boolean | undefined
  cursor?: string | undefined
  limit: number
  /** Held-out rows of a dataset of the installation; hidden when not said. */
  heldOut?: 'shown' | 'hidden' | undefined
}) => Promise<{ items: ExperimentRow[]; next: string | null }>

type RowsDeps = OrderDeps & {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly examplesOf: ExamplesOf
  readonly running: Running
}

export type RowPages = {
  readonly rows: RowsReader
  /** How the arms differ on all examples by an evaluator; by the primary one when none is named. */
  readonly differences: (ask: { id: ExperimentId; evaluator?: string | undefined }) => Promise<Differences>
}

/** Of experiments that have ended, which say the same for ever. */
const KEPT_DIFFERENCES = 64

/** Registers the job that puts examples in order, so it is called before `jobs.start()`. */
export const createRowPages = (deps: RowsDeps): RowPages => {
  const { db, blobs, get, releaseOf, examplesOf, running } = deps
  const worst = createWorstReader({ db, blobs, running, countOrder: createCountOrder(deps) })
  const kept = createKeptAnswers<string, Differences>(KEPT_DIFFERENCES)
  return {
    rows: createRowsReader(deps, worst),
    async differences({ id, evaluator }) {
      const experiment = await get(id)
      const { manifest } = await releaseOf(experiment.release)
      const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
      const ask = { experiment, evaluator: evaluator ?? experiment.primary, part }
      const key = [id, ask.evaluator, experiment.state, experiment.progress.done].join()
      return kept.get(key, () => differencesOf(ask, { worst, examplesOf }))
    },
  }
}

const createRowsReader = ({ db, get, releaseOf, examplesOf }: RowsDeps, worst: WorstReader): RowsReader => {
  const pages = { db, worst }
  return async ({ id, cursor, limit, evaluator, order, heldOut = 'hidden', ...filter }) => {
    const experiment = await get(id)
    const { manifest } = await releaseOf(experiment.release)
    const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
    const mayShow = heldOut === 'shown' || part?.from === undefined
    const key = evaluator ?? experiment.primary
    const found = await pageOf(
      pages,
      { ...experiment, rowsOfDataset: part?.rows ?? 0 },
      {
        ...filter,
        order,
        scoredBy: evaluator,
        difference: { experiment: id, evaluator: key, better: evaluatorOf(key.replace(/#\d+$/, '')).better },
        after: cursor === undefined ? undefined : placeOf(cursor, order),
        limit: limit + 1,
      },
    )
    const last = found[limit - 1]
    const shown = found.slice(0, limit)
    const examples = part
      ? await examplesOf.pick(
          part,
          shown.map(({ exampleNumber }) => exampleNumber - 1),
        )
      : []
    return {
      items: shown.map(({ rank: _, ...row }, at) => {
        const asked = { ...row, ...askedOf(row, examples[at]), isHidden: false }
        return mayShow || asked.split !== 'holdout' ? asked : hidden(asked)
      }),
      next: found.length > limit && last ? cursorOf(last, order) : null,
    }
  }
}

/** Numbers stay; every word of the question, the answer and what was said of it goes. */
const hidden = ({ expected: _, cluster: __, ...row }: ExperimentRow): ExperimentRow => ({
  ...row,
  input: '(held out)',
  expected: undefined,
  answer: '',
  passages: [],
  citations: [],
  invalidCitations: [],
  error: row.error === null ? null : 'The run failed; what it said is held out.',
  scores: Object.fromEntries(
    Object.entries(row.scores).map(([key, { score, costMicroUsd, error }]) => [
      key,
      {
        score,
        detail: '',
        ...(costMicroUsd !== undefined && { costMicroUsd }),
        ...(error !== undefined && { error: 'could not be scored' }),
      },
    ]),
  ),
  isHidden: true,
})

function askedOf(
  { exampleNumber }: RowOutcome,
  example: Example | undefined,
): Pick<ExperimentRow, 'input' | 'expected' | 'unanswerable' | 'split' | 'cluster'> {
  if (!example) throw new Error(`The dataset has no example ${exampleNumber}, though it was frozen with one.`)
  const { input, expected, unanswerable, split, cluster } = example
  return {
    input,
    expected,
    split,
    ...(unanswerable !== undefined && { unanswerable }),
    ...(cluster !== undefined && { cluster }),
  }
}
