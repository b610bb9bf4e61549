/**
 * What experiments keep of people: answers, and what evaluators say of them. A row keeps its place and its numbers,
 * because comparisons and evidence rest on them; what was said in it is replaced.
 */
import { mentions, type Sought, TOMBSTONE } from '../core/data-subject.ts'
import { type DatasetPart, type Example, Example as ExampleSchema } from '../core/dataset.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { byteLines } from '../kernel/byte-lines.ts'
import type { Digest } from '../kernel/digest.ts'
import { createKeptAnswers } from '../kernel/kept.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { type FrozenChange, type FrozenContent, likePatterns, type PersonalPlace } from '../store/personal-data.ts'
import type { ExamplesOf } from './datasets/index.ts'
import { jsonLinesOf } from './datasets/index.ts'
import type { Experiment, RowOutcome } from './experiment.ts'
import { blankRow, lastExample, listExperiments, listPersonRows } from './store.ts'

const PAGE = 100
/** Examples whose rows are looked through in one statement. */
const EXAMPLES_AT_ONCE = 2_000
const KEPT_DATASETS = 16

export function answersPlace({
  db,
  organisation,
  releaseOf,
  examplesOf,
}: {
  db: Database
  organisation: string
  releaseOf: (id: ReleaseId) => Promise<Release>
  examplesOf: ExamplesOf
}): PersonalPlace {
  async function* find(sought: Sought) {
    const patterns = likePatterns(sought)
    // Many experiments ask the same dataset.
    const idsIn = createKeptAnswers<Digest, string[]>(KEPT_DATASETS)
    for await (const experiment of experiments(sought)) {
      const part = await datasetOf(experiment)
      const ids = part ? await idsIn.get(part.file, () => theirIds(part, sought)) : []
      for await (const row of rowsOf(experiment, { patterns, examples: ids })) {
        if (row.answer === TOMBSTONE) continue
        if (ids.includes(row.example) || mentions(sought, row)) yield { experiment, row }
      }
    }
  }

  async function* rowsOf({ id }: Experiment, sought: { patterns: string; examples: readonly string[] }) {
    const last = await lastExample(db, id)
    for (let from = 0; from <= last; from += EXAMPLES_AT_ONCE)
      yield* await listPersonRows(db, { experiment: id, ...sought, from, to: from + EXAMPLES_AT_ONCE })
  }

  async function* experiments({ before }: Sought) {
    for (let cursor: string | undefined; ; ) {
      const page = await listExperiments(db, { organisation, cursor, limit: PAGE })
      for (const experiment of page) if (experiment.createdAt < before) yield experiment
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      cursor = last.id
    }
  }

  async function datasetOf({ release, dataset }: Experiment): Promise<DatasetPart | undefined> {
    const { manifest } = await releaseOf(release)
    return manifest.datasets.find(({ name }) => name === dataset)
  }

  async function theirIds(part: DatasetPart, sought: Sought): Promise<string[]> {
    const ids: string[] = []
    for await (const piece of examplesOf.pieces(part))
      for (const example of piece) if (mentions(sought, example)) ids.push(example.id)
    return ids
  }

  return {
    name: 'experiment answers',
    async *find(sought) {
      for await (const { experiment, row } of find(sought))
        yield { fate: 'replace', application: experiment.application, content: row }
    },
    async remove(sought, count) {
      for await (const { row } of find(sought))
        await inTransaction(db, async (tx) => {
          await blankRow(tx, row, {
            answer: TOMBSTONE,
            error: row.error && TOMBSTONE,
            scores: blankScores(row),
            trace: null,
          })
          await count(tx, 'replace', 1)
        })
    },
  }
}

const blankScores = ({ scores }: RowOutcome): RowOutcome['scores'] =>
  Object.fromEntries(
    Object.entries(scores).map(([key, { score, error }]) => [
      key,
      { score, detail: TOMBSTONE, ...(error !== undefined && { error: TOMBSTONE }) },
    ]),
  )

/**
 * The rows of a dataset without those that name the person; undefined when it is no dataset or names nobody. Each keeps
 * its place, because experiments know their examples by it, and its id unless that names the person.
 */
export async function withoutExamples(
  content: FrozenContent,
  isTheirs: (value: unknown) => boolean,
): Promise<FrozenChange | undefined> {
  if ((await content.head(1))[0] !== OPEN_OBJECT) return undefined
  let count = 0
  for await (const row of examplesIn(content.pieces())) {
    if (!row) return undefined
    if (isTheirs(row)) count += 1
  }
  const blank = ({ id, split }: Example, number: number): Example => ({
    id: isTheirs(id) ? `deleted-${number}` : id,
    split,
    input: TOMBSTONE,
  })
  async function* found() {
    for await (const row of examplesIn(content.pieces())) if (row && isTheirs(row)) yield row
  }
  async function* rest() {
    let number = 0
    for await (const row of examplesIn(content.pieces())) {
      number += 1
      if (row) yield Buffer.from(jsonLinesOf([isTheirs(row) ? blank(row, number) : row]))
    }
  }
  return count === 0 ? undefined : { count, found, pieces: rest }
}

const OPEN_OBJECT = 0x7b

/** One by one; undefined for a line that is no example. */
async function* examplesIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<Example | undefined> {
  for await (const lines of byteLines(pieces)) for (const line of lines) if (line !== '') yield exampleIn(line)
}

function exampleIn(line: string): Example | undefined {
  try {
    return ExampleSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
