/** Pages of the examples of a release's dataset; a page reads what it shows. */
import type { DatasetPart, Example, Split } from '../core/dataset.ts'
import { Failure } from '../kernel/failure.ts'
import type { ExamplesOf } from './datasets/index.ts'

type Ask = { readonly split?: Split | undefined; readonly cursor?: string | undefined; readonly limit: number }

/** The cursor is the number of the row that the page before ended with. */
export async function pageOfExamples(
  part: DatasetPart,
  { split, cursor, limit }: Ask,
  examplesOf: Pick<ExamplesOf, 'pieces'>,
): Promise<{ items: Example[]; next: string | null }> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
  let number = Number(cursor ?? 0)
  let last = number
  const items: Example[] = []
  for await (const piece of examplesOf.pieces(part, number))
    for (const example of piece) {
      number += 1
      // Of a dataset of the installation the holdout is read there, where each read is counted.
      const isShown = (split === undefined || example.split === split) && !(part.from && example.split === 'holdout')
      if (!isShown) continue
      if (items.length === limit) return { items, next: String(last) }
      items.push(example)
      last = number
    }
  return { items, next: null }
}
