/** The answers that a new queue begins with: those that are brought along, and rows of an experiment drawn by chance. */
import type { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Experiment, ExperimentId, type ExperimentRow } from '../experiment.ts'
import type { QueueItem } from './annotation.ts'
import type { createAnnotationQueue } from './contract.ts'

export type ItemsDeps = {
  readonly getExperiment: (id: Experiment['id']) => Promise<Experiment>
  /** All rows of one arm. */
  readonly rowsOf: (ask: { id: Experiment['id']; arm: string }) => Promise<ExperimentRow[]>
  /** Texts of passages of a release by id, as far as they are known. */
  readonly passagesOf: (release: ReleaseId, ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>
}

/** What an item says; the queue gives it its id, its place and its counts. */
export type Content = Pick<QueueItem, 'input' | 'answer' | 'other' | 'labelsAsked' | 'expected' | 'passages' | 'source'>

export type NewQueue = z.output<typeof createAnnotationQueue.body> & { readonly by: ActorId }

/** A ranking may be deep; people read what stands first. */
const MOST_PASSAGES = 10

/** The answers, and the datasets that they are from. */
export async function newItems(
  ask: NewQueue,
  deps: ItemsDeps,
): Promise<{ contents: Content[]; datasets: readonly string[] }> {
  const contents = await contentsOf(ask, deps)
  const experiments = contents.flatMap(({ source: { kind, id } }) => (kind === 'experiment' && id ? [id] : []))
  const datasets = await Promise.all([...new Set(experiments)].map((id) => datasetOf(id, deps)))
  return { contents, datasets: [...new Set(datasets.flat())] }
}

/** None where the experiment was run elsewhere, as an answer that is brought along may say. */
async function datasetOf(id: string, { getExperiment }: Pick<ItemsDeps, 'getExperiment'>): Promise<string[]> {
  const known = ExperimentId.safeParse(id)
  if (!known.success) return []
  try {
    return [(await getExperiment(known.data)).dataset]
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'unknown') return []
    throw thrown
  }
}

async function contentsOf(ask: NewQueue, deps: ItemsDeps): Promise<Content[]> {
  const { from, labelsPerItem } = ask
  const items = ask.items.map((item) => ({ ...item, other: null, labelsAsked: labelsPerItem }))
  if (!from) return items
  const experiment = await deps.getExperiment(from.experiment)
  if (experiment.application !== ask.application)
    throw new Failure(
      'invalid',
      'evals.other-application',
      `${experiment.id} is an experiment of ${experiment.application}, not of ${ask.application}.`,
    )
  const rows = (await deps.rowsOf({ id: experiment.id, arm: from.arm })).filter(
    ({ error, repeat }) => error === null && repeat === 1,
  )
  const drawn = shuffled(rows, seededRandom(experiment.seed)).slice(0, from.most)
  const release = experiment.arms.find(({ arm }) => arm === from.arm)?.release ?? experiment.release
  const texts = await deps.passagesOf(release, new Set(drawn.flatMap(({ passages }) => passages)))
  const taken = drawn.map((row) => ({
    input: asText(row.input),
    answer: row.answer,
    other: null,
    labelsAsked: labelsPerItem,
    expected: referenceOf(row),
    passages: row.passages.slice(0, MOST_PASSAGES).flatMap((id) => texts.get(id) ?? []),
    source: { kind: 'experiment' as const, id: experiment.id, example: row.example, release },
  }))
  return [...items, ...taken]
}

/** A conversation as lines that begin with who speaks. */
export const asText = (input: ExperimentRow['input']): string =>
  typeof input === 'string' ? input : input.map(({ role, content }) => `${role}: ${content}`).join('\n')

export const referenceOf = ({ expected }: Pick<ExperimentRow, 'expected'>): string | null =>
  expected === null || expected === undefined ? null : [expected].flat().join('\n')

export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
