/** One figure of a dataset's quality: what was measured, on how many rows, against which limit, and what it says. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'

export const MeasureVerdict = z.enum(['PASS', 'FAIL', 'INCONCLUSIVE', 'MISSING', 'NOT_APPLICABLE'])
export type MeasureVerdict = z.infer<typeof MeasureVerdict>

export const Measure = z.object({
  name: z.string(),
  /** What it is, for people. */
  label: z.string(),
  /** Null: nothing could be measured. */
  value: z.number().nullable(),
  n: z.number().int(),
  interval: Interval.nullable(),
  atLeast: z.number().nullable(),
  atMost: z.number().nullable(),
  verdict: MeasureVerdict,
  /** One sentence: what was found, and what would make it pass. */
  why: z.string(),
  /** Ids of rows to look at, at most ten. */
  rows: z.array(z.string()),
})
export type Measure = z.infer<typeof Measure>

/** How a dataset is made up, for its page and its sheet. */
export const DatasetProfile = z.object({
  rows: z.number().int(),
  /** Of these, how many were looked at: of very many rows every second, third … one. */
  measured: z.number().int(),
  splits: z.record(z.string(), z.number().int()),
  withExpected: z.number().int(),
  conversations: z.number().int(),
  unanswerable: z.number().int(),
  synthetic: z.number().int(),
  clusters: z.number().int(),
  /** Characters of the inputs. */
  lengths: z.object({ least: z.number(), median: z.number(), p95: z.number(), most: z.number() }).nullable(),
  /** The most frequent expected answers, where few are given again and again. */
  labels: z.array(z.object({ label: z.string(), rows: z.number().int() })),
  segments: z.array(
    z.object({
      field: z.string(),
      value: z.string(),
      rows: z.number().int(),
      expected: z.number(),
      isEnough: z.boolean(),
    }),
  ),
  /** From where, by the words before the place: files, traces, generators. */
  sources: z.array(z.object({ source: z.string(), rows: z.number().int() })),
})
export type DatasetProfile = z.infer<typeof DatasetProfile>

/** The worst word of all; what is not applicable says nothing. */
export function overall(measures: readonly Pick<Measure, 'verdict'>[]): MeasureVerdict {
  const order: readonly MeasureVerdict[] = ['FAIL', 'INCONCLUSIVE', 'MISSING', 'PASS']
  return order.find((word) => measures.some(({ verdict }) => verdict === word)) ?? 'NOT_APPLICABLE'
}
