/** What a source holds: how many rows, how many of them say the right answer, which labels there are, in what form. Pure. */
import { z } from 'zod'
import { type Example, referencesOf, turnsOf } from '../../core/dataset.ts'

export const Holding = z.object({
  /** `knowledge`, or the name of a dataset. */
  name: z.string(),
  modality: z.enum(['documents', 'questions', 'conversations']),
  /** Rows of a dataset, passages of documents. */
  rows: z.number().int(),
  /** Rows that say what is right: an answer, or that there is none; null where nobody counted. */
  labelled: z.number().int().nullable(),
  /** Where the right answers are a few classes, each with its rows, the most frequent first. */
  labels: z.array(z.object({ label: z.string(), rows: z.number().int() })),
})
export type Holding = z.infer<typeof Holding>

/** More different answers are texts and no classes. */
const MOST_LABELS = 20
const LONGEST_LABEL = 60

export function holdingOf(name: string, examples: readonly Example[]): Holding {
  const right = examples.flatMap((example) =>
    example.unanswerable ? [NONE] : referencesOf(example).length > 0 ? [referencesOf(example).join(' | ')] : [],
  )
  const counts = new Map<string, number>()
  for (const label of right) counts.set(label, (counts.get(label) ?? 0) + 1)
  // A class comes up again and again; a handful of answers that are all different are no classes.
  const areClasses =
    counts.size <= MOST_LABELS &&
    counts.size * 2 <= right.length &&
    [...counts.keys()].every((label) => label.length <= LONGEST_LABEL)
  return {
    name,
    modality: examples.some((example) => turnsOf(example).length > 1) ? 'conversations' : 'questions',
    rows: examples.length,
    labelled: right.length,
    labels: areClasses
      ? [...counts]
          .map(([label, rows]) => ({ label, rows }))
          .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1))
      : [],
  }
}

const NONE = 'no answer'
