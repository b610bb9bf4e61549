/** The examples of an experiment, read a piece at a time: however many they are, few of them are in memory. */
import type { DatasetPart } from '../core/dataset.ts'
import type { SuitePart } from '../core/manifest.ts'
import { seededRandom } from '../kernel/random.ts'
import type { ExamplesOf } from './datasets/index.ts'
import type { NumberedExample } from './planned-arm.ts'

export type PlannedExamples = {
  readonly length: number
  /** Whether they are all rows of the dataset. */
  readonly isAll: boolean
  /** Those of them that are held out. */
  readonly heldOut: number
  /** In the order of the dataset. */
  pieces(): AsyncIterable<readonly NumberedExample[]>
  /** By their numbers, as rows have them, in the order of the numbers. */
  numbered(numbers: readonly number[]): Promise<NumberedExample[]>
}

export function plannedExamples(
  part: DatasetPart,
  { splits }: Pick<SuitePart, 'splits'>,
  examplesOf: ExamplesOf,
): PlannedExamples {
  const length = splits.reduce((sum, split) => sum + (part.splits[split] ?? 0), 0)
  return {
    length,
    isAll: length === part.rows,
    heldOut: splits.includes('holdout') ? (part.splits.holdout ?? 0) : 0,
    async *pieces() {
      let number = 0
      for await (const piece of examplesOf.pieces(part)) {
        const numbered = piece.map((example) => ({ example, number: ++number }))
        yield numbered.filter(({ example }) => splits.includes(example.split))
      }
    },
    async numbered(numbers) {
      const found = await examplesOf.pick(
        part,
        numbers.map((number) => number - 1),
      )
      return found.map((example, at) => ({ example, number: numbers[at] ?? 0 }))
    },
  }
}

/** About so many of them, spread evenly over the dataset. */
export async function sampled(examples: PlannedExamples, count: number): Promise<NumberedExample[]> {
  const step = Math.max(1, Math.floor(examples.length / count))
  if (examples.isAll) {
    const most = Math.min(count, Math.ceil(examples.length / step))
    return examples.numbered(Array.from({ length: most }, (_, at) => at * step + 1))
  }
  const found: NumberedExample[] = []
  let at = 0
  for await (const piece of examples.pieces())
    for (const one of piece) {
      if (at++ % step !== 0) continue
      if (found.push(one) === count) return found
    }
  return found
}

/** Their numbers in an order by chance, the same for the same seed (Fisher & Yates). */
export async function shuffledNumbers(examples: PlannedExamples, seed: number): Promise<Int32Array> {
  const numbers = new Int32Array(examples.length)
  let at = 0
  for await (const piece of examples.pieces()) for (const { number } of piece) numbers[at++] = number
  const random = seededRandom(seed)
  for (let last = numbers.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1))
    const [one, other] = [numbers[last] ?? 0, numbers[drawn] ?? 0]
    numbers[last] = other
    numbers[drawn] = one
  }
  return numbers
}

const DRAWN_AT_ONCE = 256

/** The examples in the order of these numbers. */
export async function* inOrder(
  examples: PlannedExamples,
  numbers: Int32Array,
): AsyncGenerator<readonly NumberedExample[]> {
  for (let from = 0; from < numbers.length; from += DRAWN_AT_ONCE)
    yield await examples.numbered([...numbers.subarray(from, from + DRAWN_AT_ONCE)])
}
