/**
 * Datasets: text in, examples out, content-addressed. A dataset is named by the digest over its rows'
 * digests in file order; its rows are a blob of JSON lines.
 *
 * Invariant: a dataset has all rows of its file or it is refused with every bad row named.
 */
import { parseExamples } from '../../core/blueprint/examples.ts'
import { type DatasetPart, Example, type Split } from '../../core/dataset.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Blobs } from '../../store/blobs.ts'
import { parseCsvExamples } from './csv.ts'

/** Examples of a CSV or JSON-lines file. Throws `evals.dataset-invalid` with all problems. */
export function parseDataset({
  name,
  format,
  content,
}: {
  name: string
  format: 'csv' | 'jsonl'
  content: string
}): Example[] {
  const path = `${name}.${format}`
  const { examples, problems } =
    format === 'csv' ? parseCsvExamples({ path, text: content }) : parseJsonLines(path, content)
  if (problems.length > 0) throw refused(name, problems)
  if (examples.length > 0) return examples
  throw refused(name, [
    { file: path, line: 1, field: 'line', message: 'there is no example in it', remedy: 'Write one example a line.' },
  ])
}

function parseJsonLines(path: string, text: string): { examples: Example[]; problems: Problem[] } {
  const problems: Problem[] = []
  return { examples: parseExamples({ path, text, problems }), problems }
}

function refused(name: string, problems: readonly Problem[]): Failure {
  const first = problems[0]
  const more = problems.length > 1 ? ` ${problems.length - 1} more problems are listed.` : ''
  return new Failure(
    'invalid',
    'evals.dataset-invalid',
    `The dataset ${name} cannot be read: ${first?.file} line ${first?.line}, ${first?.field}: ${first?.message}. ${first?.remedy ?? ''}${more}`,
    { problems },
  )
}

export const datasetDigest = (rows: readonly Example[]): Digest => digestOf(rows.map((row) => digestOf(row)))

/** Rows as the text of a `.jsonl` file. */
export const jsonLinesOf = (rows: readonly Example[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export function countSplits(rows: readonly Example[]): DatasetPart['splits'] {
  const counts: Partial<Record<Split, number>> = {}
  for (const { split } of rows) counts[split] = (counts[split] ?? 0) + 1
  return counts
}

/** Keeps the rows and says what a manifest says about them. */
export async function datasetPart(
  { name, rows }: { name: string; rows: readonly Example[] },
  blobs: Pick<Blobs, 'put'>,
): Promise<DatasetPart> {
  const file = await blobs.put(Buffer.from(jsonLinesOf(rows)))
  return { name, digest: datasetDigest(rows), file, rows: rows.length, splits: countSplits(rows) }
}

export type ExamplesOf = ((part: Pick<DatasetPart, 'file'>) => Promise<readonly Example[]>) & {
  /** Reads the rows anew when they are asked for again, because they were changed. */
  forget(file: Digest): void
}

const KEPT_DATASETS = 4

/** Reads the rows of a part; the last few datasets stay in memory, because pages of rows ask for them again and again. */
export function createExamplesOf(blobs: Pick<Blobs, 'get'>): ExamplesOf {
  const kept = new Map<Digest, Promise<readonly Example[]>>()
  const examplesOf = (part: Pick<DatasetPart, 'file'>) => {
    const there = kept.get(part.file)
    if (there) return there
    const reading = blobs.get(part.file).then((bytes) =>
      bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => Example.parse(JSON.parse(line))),
    )
    kept.set(part.file, reading)
    reading.catch(() => kept.delete(part.file))
    const [oldest] = kept.keys()
    if (kept.size > KEPT_DATASETS && oldest) kept.delete(oldest)
    return reading
  }
  return Object.assign(examplesOf, { forget: (file: Digest) => void kept.delete(file) })
}
