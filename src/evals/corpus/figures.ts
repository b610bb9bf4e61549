/** The figures: what is counted of one answer, and what sums of it say. Pure; the counting is that of the evaluators. */
import {
  BLEU_SIGNATURE,
  bestOver,
  bleuCounts,
  bleuFrom,
  chrfCounts,
  chrfFrom,
  nearBySubsequence,
  rougeN,
} from '../evaluators/index.ts'
import type { CorpusFigure } from './contract.ts'

export type CorpusAnswer = { readonly answer: string; readonly references: readonly string[] }

const ORDERS = 4
const LENGTHS = 6
const BLEU_AT = 0
const CHRF_AT = 2 + 2 * ORDERS
const ROUGE_AT = CHRF_AT + 3 * LENGTHS
/** Answers, then the sums of their three scores. */
const COUNTS = ROUGE_AT + 4

export const FIGURES: readonly {
  readonly figure: CorpusFigure['figure']
  /** @param references how many each answer had, `var` where that differs */
  readonly signature: (references: string) => string
  readonly of: (sums: Float64Array) => number
}[] = [
  {
    figure: 'bleu',
    signature: (references) => `nrefs:${references}|eff:no|${BLEU_SIGNATURE}`,
    of: (sums) => {
      const [mine = 0, theirs = 0] = sums.subarray(BLEU_AT, BLEU_AT + 2)
      const hits = [...sums.subarray(BLEU_AT + 2, BLEU_AT + 2 + ORDERS)]
      return bleuFrom({ mine, theirs, hits, totals: [...sums.subarray(BLEU_AT + 2 + ORDERS, CHRF_AT)] }).bleu
    },
  },
  {
    figure: 'chrf',
    signature: (references) => `nrefs:${references}|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0`,
    of: (sums) =>
      chrfFrom(
        Array.from({ length: LENGTHS }, (_, at) => {
          const [given = 0, wanted = 0, shared = 0] = sums.subarray(CHRF_AT + 3 * at, CHRF_AT + 3 * at + 3)
          return { given, wanted, shared }
        }),
      ),
  },
  ...(['rouge-1', 'rouge-2', 'rouge-l'] as const).map((figure, at) => ({
    figure,
    signature: () => 'rouge-score 0.1.2, F1, no stemming, best reference, mean over answers',
    of: (sums: Float64Array) => (sums[ROUGE_AT + 1 + at] ?? 0) / (sums[ROUGE_AT] ?? 0),
  })),
]

const ROUGES = [rougeN(1), rougeN(2), nearBySubsequence]

export function answerCounts({ answer, references }: CorpusAnswer): Float64Array {
  const counts = new Float64Array(COUNTS)
  const { mine, theirs, hits, totals } = bleuCounts({ answer, references })
  counts.set([mine, theirs, ...hits, ...totals], BLEU_AT)
  // As sacreBLEU: of several references the nearest one counts.
  const [best = []] = references
    .map((reference) => chrfCounts(answer, reference))
    .toSorted((one, other) => chrfFrom(other) - chrfFrom(one))
  counts.set(
    best.flatMap(({ given, wanted, shared }) => [given, wanted, shared]),
    CHRF_AT,
  )
  counts.set([1, ...ROUGES.map((rouge) => bestOver(references, rouge(answer)).score)], ROUGE_AT)
  return counts
}
