/** Figures of all answers of an arm taken together, where the mean over answers says something else. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { route } from '../../wire/route.ts'
import { ArmId } from '../arms/index.ts'
import { ExperimentId } from '../experiment.ts'
import { Comparison } from '../results.ts'
import { ArmName } from '../variant.ts'

const FigureName = z.enum(['bleu', 'chrf', 'rouge-1', 'rouge-2', 'rouge-l'])

export const CorpusFigure = z.object({
  figure: FigureName,
  /** From 0 to 1, where sacreBLEU prints 0 to 100; null where no answer had a reference. */
  value: z.number().nullable(),
  /** Null below twenty clusters (an example without a cluster is its own), and where BLEU met no run of four words. */
  interval: Interval.nullable(),
  /** How it was computed, as sacreBLEU writes it, or the library that counts the same. */
  signature: z.string(),
})
export type CorpusFigure = z.infer<typeof CorpusFigure>

export const CorpusArm = z.object({
  arm: ArmName,
  /** Answers that had a reference, of so many examples. */
  n: z.number().int(),
  examples: z.number().int(),
  /** Answers without a reference, and runs that failed: in no figure, and no 0. */
  missing: z.number().int(),
  errors: z.number().int(),
  figures: z.array(CorpusFigure),
})
export type CorpusArm = z.infer<typeof CorpusArm>

export const CorpusFigures = z.object({ experiment: ExperimentId, arms: z.array(CorpusArm) })
export type CorpusFigures = z.infer<typeof CorpusFigures>

export const getCorpusFigures = route({
  name: 'getCorpusFigures',
  method: 'GET',
  path: '/api/v1/experiments/:id/corpus-figures',
  summary: 'BLEU, chrF and ROUGE over all answers of each arm, with n, an interval and the signature',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  returns: { 200: CorpusFigures },
})

/** An arm less the reference over the examples that both answered, in one figure. */
export const CorpusComparison = Comparison.extend({
  evaluator: FigureName,
  /** Clusters that are left out, dealt and drawn together; from 4,096 on several share a place. */
  clusters: z.number().int(),
  /** Of approximate randomisation (Riezler & Maxwell 2005), two-sided. */
  pValue: z.number().nullable(),
  /** Paired bootstrap resampling (Koehn 2004); null where there is no pair. */
  bootstrap: z
    .object({
      resamples: z.number().int(),
      /** Share of the resamples in which the arm is ahead of the reference. */
      ahead: z.number(),
      /** Two-sided, as Moses and sacreBLEU take it from them. */
      pValue: z.number(),
    })
    .nullable(),
})
export type CorpusComparison = z.infer<typeof CorpusComparison>

export const CorpusComparisons = z.object({
  application: Name,
  /** The arm that all others are compared with. */
  reference: ArmId,
  dataset: z.object({ name: z.string(), digest: Digest }),
  /** Differences inside ± margin are equivalent. */
  margin: z.number(),
  arms: z.array(CorpusArm.extend({ arm: ArmId })),
  /** Each other arm less the reference, p by Holm over the arms of one figure. */
  comparisons: z.array(z.object({ arm: ArmId, comparison: z.array(CorpusComparison) })),
  /** Examples that are not the same in all versions of the dataset that were used, and are left out. */
  changed: z.number().int(),
})
export type CorpusComparisons = z.infer<typeof CorpusComparisons>

export const compareCorpusFigures = route({
  name: 'compareCorpusFigures',
  method: 'GET',
  path: '/api/v1/corpus-comparisons',
  summary: 'BLEU, chrF and ROUGE of arms of several experiments, each with the paired difference from one of them',
  permission: 'view',
  mcp: true,
  query: z.object({
    /** Two to twelve arms with commas between them, each as `exp_…:candidate`. */
    arms: z.string().min(1).max(1200),
    /** One of the arms; the first when left out. */
    reference: z.string().optional(),
    /** Differences inside ± margin are equivalent, from 0 to 1; that of the reference's suite when left out. */
    margin: z.coerce.number().gt(0).lt(1).optional(),
  }),
  returns: { 200: CorpusComparisons },
})
