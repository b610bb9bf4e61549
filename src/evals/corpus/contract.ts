/** Figures of all answers of an arm taken together, where the mean over answers says something else. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'
import { ArmName } from '../variant.ts'

export const CorpusFigure = z.object({
  figure: z.enum(['bleu', 'chrf', 'rouge-1', 'rouge-2', 'rouge-l']),
  /** From 0 to 1, where sacreBLEU prints 0 to 100; null where no answer had a reference. */
  value: z.number().nullable(),
  /** Null below thirty clusters; an example without a cluster is its own. */
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
