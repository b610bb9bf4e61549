/** The sample of a generation: a person looks at it before the rest is let in. Pure. */
import type { QuarantinedRow } from '../../evals/index.ts'
import { hash64 } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'

/** So many are looked at, and so many of them must hold as they were. */
const SAMPLE = 20
const LEAST_HELD = 0.9

/** The same rows each time, and nobody chooses them. */
export const sampleOf = (rows: readonly QuarantinedRow[]): QuarantinedRow[] =>
  rows
    .map((row) => ({ row, at: hash64('sample', row.id) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .slice(0, SAMPLE)
    .map(({ row }) => row)

/** Throws `synthesis.sample-open` and `synthesis.sample-poor`. */
export function demandSample(sample: readonly QuarantinedRow[]): void {
  const open = sample.filter(({ decision }) => decision === null).length
  if (open > 0)
    throw new Failure(
      'conflict',
      'synthesis.sample-open',
      `${open} of the ${sample.length} cases of the sample were not looked at. Accept or discard each of them first.`,
    )
  const held = sample.filter(({ decision }) => decision === 'accepted').length
  if (held < LEAST_HELD * sample.length)
    throw new Failure(
      'conflict',
      'synthesis.sample-poor',
      `Only ${held} of the ${sample.length} cases of the sample held as they were. Look at each of the others, or discard them.`,
    )
}
