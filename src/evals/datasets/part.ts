/**
 * Datasets: text in, examples out, content-addressed. A dataset is named by the digest over its rows'
 * digests in file order; its rows are a blob of JSON lines.
 *
 * Invariant: a dataset has all rows of its file or it is refused with every bad row named.
 */
import { createHash } from 'node:crypto'
import { parseExamples } from '../../core/blueprint/examples.ts'
import type { DatasetPart, Example, Split } from '../../core/dataset.ts'
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

export function datasetDigest(rows: readonly Example[]): Digest {
  const digest = rowsDigest()
  for (const row of rows) digest.add(row)
  return digest.end()
}

/** `digestOf` the list of the rows' digests, of rows that come one by one. */
export function rowsDigest(): { add(row: Example): void; end(): Digest } {
  const hash = createHash('sha256').update('[')
  let rows = 0
  return {
    add: (row) => void hash.update(`${rows++ === 0 ? '' : ','}"${digestOf(row)}"`),
    end: () => `sha256:${hash.update(']').digest('hex')}` as Digest,
  }
}

/** Rows as the text of a `.jsonl` file. */
export const jsonLinesOf = (rows: readonly Example[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export function countSplits(rows: readonly Example[]): DatasetPart['splits'] {
  const counts: Partial<Record<Split, number>> = {}
  for (const { split } of rows) counts[split] = (counts[split] ?? 0) + 1
  return counts
}

/** Keeps the rows and says what a manifest says about them. Rows that come one by one are never in memory together. */
export async function datasetPart(
  { name, rows }: { name: string; rows: Iterable<Example> | AsyncIterable<Example> },
  blobs: Pick<Blobs, 'putPieces'>,
): Promise<DatasetPart> {
  const digest = rowsDigest()
  const splits: Partial<Record<Split, number>> = {}
  let count = 0
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let text = ''
    for await (const row of rows) {
      digest.add(row)
      count += 1
      splits[row.split] = (splits[row.split] ?? 0) + 1
      text += `${JSON.stringify(row)}\n`
      if (text.length < PIECE_CHARACTERS) continue
      const bytes = new TextEncoder().encode(text)
      yield bytes
      // It is written by now. Outside of V8's heap a large dataset would leave ten megabytes that wait to be collected.
      bytes.buffer.transfer(0)
      text = ''
    }
    yield Buffer.from(text)
  }
  const file = await blobs.putPieces(pieces())
  return { name, digest: digest.end(), file, rows: count, splits }
}

const PIECE_CHARACTERS = 64 * 1024
