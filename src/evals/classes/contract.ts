/** How well the answers of each arm name the label that was expected of them. Browser-safe. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'
import { FurtherComparison } from '../results.ts'
import { ArmName } from '../variant.ts'

const Score = z.object({ value: z.number(), interval: Interval.nullable() })

export const ClassFigure = z.object({
  figure: z.enum(['accuracy', 'micro-f1', 'macro-f1', 'mcc']),
  /** From 0 to 1, MCC from -1 to 1; null where no answer had a label. */
  value: z.number().nullable(),
  /** Null below twenty clusters, an example without a cluster being its own; of macro F1, and of MCC over two labels, also where fewer than five answers (eight of two labels) expect some label. */
  interval: Interval.nullable(),
  /** Why there is none: fewer than twenty clusters, or too few answers that expect the rarest label. Null with an interval, and without a value. */
  noIntervalFor: z.enum(['few-clusters', 'rare-label']).nullable(),
})
export type ClassFigure = z.infer<typeof ClassFigure>

export const ClassArm = z.object({
  arm: ArmName,
  /** Answers to examples with one expected label, of so many examples. */
  n: z.number().int(),
  examples: z.number().int(),
  /** Answers to examples without exactly one expected label, and runs that failed: in no figure, and no 0. */
  unlabelled: z.number().int(),
  errors: z.number().int(),
  /** Answers that are none of the labels: wrong, and a class of their own. */
  none: z.number().int(),
  figures: z.array(ClassFigure),
  /** Labels, the most frequent first; those beyond thirty have no interval. */
  classes: z.array(
    z.object({
      label: z.string(),
      /** Answers to examples that have it. */
      support: z.number().int(),
      /** Answers that named it. */
      told: z.number().int(),
      /** 0 where it divides by zero, as scikit-learn has it. */
      precision: Score,
      recall: Score,
      f1: Score,
    }),
  ),
  /** Answers by what was expected (rows) and what was told (columns), in the order of `shown`; then `others`, then none. */
  confusion: z.array(z.array(z.number().int())),
  /** Expected calibration error over ten bins; null where no answer names a probability. */
  calibration: z
    .object({
      /** Answers that name a probability. */
      n: z.number().int(),
      error: z.number(),
      interval: Interval.nullable(),
      bins: z.array(z.object({ n: z.number().int(), probability: z.number(), share: z.number() })),
    })
    .nullable(),
})
export type ClassArm = z.infer<typeof ClassArm>

export const ClassFigures = z.object({
  experiment: ExperimentId,
  /** The evaluator whose way of reading an answer is taken. */
  reading: z.enum(['exact', 'normalised', 'classification']),
  /** Why there are no figures, or why the calibration is not known; null where all is there. */
  note: z.string().nullable(),
  /** Labels that are expected of examples. */
  labels: z.number().int(),
  /** Those that the confusion names, the most frequent first. */
  shown: z.array(z.string()),
  /** Labels that the confusion puts together. */
  others: z.number().int(),
  arms: z.array(ClassArm),
  /** Differences inside ± margin are equivalent. */
  margin: z.number(),
  /** Each other arm less the control, or less the first; p by Holm over the arms of one figure. */
  comparisons: z.array(FurtherComparison),
})
export type ClassFigures = z.infer<typeof ClassFigures>

export const getClassFigures = route({
  name: 'getClassFigures',
  method: 'GET',
  path: '/api/v1/experiments/:id/class-figures',
  summary: 'Accuracy, F1, MCC, confusion and calibration of the labels that each arm told, with n and intervals',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  returns: { 200: ClassFigures },
})
