/** The rows of an experiment, with what was asked and how the arms differ on it. */
import type { Release, ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import type { Database } from '../store/database.ts'
import type { ExamplesOf } from './datasets/index.ts'
import { evaluatorOf } from './evaluators/index.ts'
import type { Experiment, ExperimentId, ExperimentRow, RowOutcome } from './experiment.ts'
import { listRows } from './store.ts'
import type { ArmName } from './variant.ts'

export type RowsReader = (ask: {
  id: ExperimentId
  arm?: ArmName | undefined
  example?: string | undefined
  evaluator?: string | undefined
  order: 'dataset' | 'worst-difference-first'
  failed?: boolean | undefined
  cursor?: string | undefined
  limit: number
  /** Held-out rows of a dataset of the installation; hidden when not said. */
  heldOut?: 'shown' | 'hidden' | undefined
}) => Promise<{ items: ExperimentRow[]; next: string | null }>

export const createRowsReader =
  ({
    db,
    get,
    releaseOf,
    examplesOf,
  }: {
    db: Database
    get: (id: ExperimentId) => Promise<Experiment>
    releaseOf: (id: ReleaseId) => Promise<Release>
    examplesOf: ExamplesOf
  }): RowsReader =>
  async ({ id, cursor, limit, evaluator, heldOut = 'hidden', ...filter }) => {
    const experiment = await get(id)
    const { manifest } = await releaseOf(experiment.release)
    const part = manifest.datasets.find(({ name }) => name === experiment.dataset)
    const examples = part ? await examplesOf(part) : []
    const mayShow = heldOut === 'shown' || part?.from === undefined
    const key = evaluator ?? experiment.primary
    const offset = offsetOf(cursor)
    const rows = await listRows(db, id, {
      ...filter,
      evaluator: key,
      isEvaluatorOnly: evaluator !== undefined,
      better: evaluatorOf(key.replace(/#\d+$/, '')).better,
      offset,
      limit: limit + 1,
    })
    return {
      items: rows.slice(0, limit).map((row) => {
        const asked = { ...row, ...askedOf(row, examples), isHidden: false }
        return mayShow || asked.split !== 'holdout' ? asked : hidden(asked)
      }),
      next: rows.length > limit ? String(offset + limit) : null,
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
  examples: Awaited<ReturnType<ExamplesOf>>,
): Pick<ExperimentRow, 'input' | 'expected' | 'unanswerable' | 'split' | 'cluster'> {
  const example = examples[exampleNumber - 1]
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

/** Rows of an experiment are only ever added, so a page begins at a count. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
}
