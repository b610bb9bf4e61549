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
/** So many counts has an answer: at the end the number of answers, and the sums of their three scores. */
export const SIZE = ROUGE_AT + 4

/** Intervals over fewer clusters say too little; an example without a cluster is its own. */
export const LEAST_CLUSTERS = 20
export const LEVEL = 0.95

export type Figure = {
  readonly figure: CorpusFigure['figure']
  /** @param references how many each answer had, `var` where that differs */
  readonly signature: (references: string) => string
  /** From 0 to 1. */
  readonly of: (sums: Float64Array) => number
  /** Whether the value is one of smoothing alone, which resamples say nothing of. */
  readonly restsOnSmoothing?: (sums: Float64Array) => boolean
}

export const FIGURES: readonly Figure[] = [
  {
    figure: 'bleu',
    signature: (references) => `nrefs:${references}|eff:no|${BLEU_SIGNATURE}`,
    of: (sums) => {
      const [mine = 0, theirs = 0] = sums.subarray(BLEU_AT, BLEU_AT + 2)
      const hits = [...sums.subarray(BLEU_AT + 2, BLEU_AT + 2 + ORDERS)]
      return bleuFrom({ mine, theirs, hits, totals: [...sums.subarray(BLEU_AT + 2 + ORDERS, CHRF_AT)] }).bleu
    },
    // No run of four words was met.
    restsOnSmoothing: (sums) => sums[BLEU_AT + 1 + ORDERS] === 0,
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

/** Rounding may lead a last digit beyond 1. */
export const readFigure = ({ of }: Figure, sums: Float64Array): number => Math.min(1, of(sums))

const ROUGES = [rougeN(1), rougeN(2), nearBySubsequence]

export function answerCounts({ answer, references }: CorpusAnswer): Float64Array {
  const counts = new Float64Array(SIZE)
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
