/** Shapes of calibration: a judge held against people on one kind of data. Browser-safe. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const CalibrationId = idOf('cal')
export type CalibrationId = z.infer<typeof CalibrationId>

/** What one person said; null: could not tell. */
export const Label = z.object({ by: z.string().min(1), value: z.boolean().nullable() })

/** One answer that people and the judge saw. For a comparison of two, true means that the first is better. */
export const CalibrationCase = z.object({
  id: z.string().min(1),
  labels: z.array(Label).min(1),
  /** What holds when people differ: an adjudication. Left out, all or most of them have to agree. */
  agreed: z.boolean().optional(),
  /** What the judge said; null when its answer could not be read. */
  verdict: z.boolean().nullable(),
  /** For a comparison: what it said when the two stood in the other order, about the same first answer. */
  swapped: z.boolean().nullable().optional(),
  /** Length of the answer; of the first and the second for a comparison. */
  characters: z.number().int().min(0).optional(),
  otherCharacters: z.number().int().min(0).optional(),
  /** Whether the answer (the first one) is by a model of the judge's own family. */
  ownFamily: z.boolean().optional(),
  /** Whether the answer is set in headings, lists or bold. */
  formatted: z.boolean().optional(),
})
export type CalibrationCase = z.infer<typeof CalibrationCase>

/** A share or a difference with its n and interval; null where there is nothing to compute it from. */
export const Figure = z.object({ value: z.number().nullable(), n: z.number().int(), interval: Interval.nullable() })
export type Figure = z.infer<typeof Figure>

/**
 * strong: may hold a gate · weak: tells good from bad, and may hold a gate when its scores are corrected, but misses the
 * catalogue's bar · informs: too few cases to say · refused: people do not agree, or it is no better than chance.
 */
export const Standing = z.enum(['strong', 'weak', 'informs', 'refused'])
export type Standing = z.infer<typeof Standing>

export const CalibrationResult = z.object({
  standing: Standing,
  /** Why it is not more, in sentences. */
  why: z.array(z.string()),
  /** Cases on which people settled, of all. */
  labels: z.number().int(),
  cases: z.number().int(),
  doubleLabelled: z.number().int(),
  /** Cases on which people differ and nobody decided. */
  unsettled: z.number().int(),
  /** Verdicts that could not be read; counted as wrong, never left out. */
  unreadable: z.number().int(),
  /** Cohen's kappa of the two people with the most cases in common. */
  kappa: Figure,
  /** Krippendorff's alpha of all, nominal. */
  alpha: Figure,
  accuracy: Figure,
  /** Cohen's kappa of the judge with people. */
  kappaWithPeople: Figure,
  /** Intervals of both are one-sided at 90 %, as gates read them. */
  sensitivity: Figure,
  specificity: Figure,
  counts: z.object({
    truePositive: z.number().int(),
    positives: z.number().int(),
    trueNegative: z.number().int(),
    negatives: z.number().int(),
  }),
  bias: z.object({
    /** Share of readable verdicts, over both orders, for what stood first; 0.5 is none. */
    position: Figure,
    /** Share of cases with the same verdict in both orders. */
    consistency: Figure,
    /** How much more it favours the longer, its own family's, the formatted, than people do; 0 is none. */
    length: Figure,
    selfPreference: Figure,
    format: Figure,
  }),
  /** Cases of each kind that would be needed at these rates for `strong`; null when none would do. */
  neededLabels: z.number().int().nullable(),
})
export type CalibrationResult = z.infer<typeof CalibrationResult>

export const Calibration = z.object({
  id: CalibrationId,
  organisation: Organisation,
  application: Name,
  /** The judge, by digest: model, parameters, prompt, rubric and parser. */
  judge: Digest,
  judgeName: z.string(),
  model: z.string(),
  /** What kind of data it was held against people on: the name of the dataset or queue. */
  data: z.string(),
  /** measured: we asked the judge · imported: its verdicts were recorded elsewhere. */
  trust: z.enum(['measured', 'imported']),
  source: z.string(),
  result: CalibrationResult,
  createdAt: Instant,
  createdBy: ActorId,
})
export type Calibration = z.infer<typeof Calibration>

/** A case as it is kept, with its place. */
export const KeptCase = z.object({
  calibration: CalibrationId,
  number: z.number().int(),
  content: CalibrationCase,
})
export type KeptCase = z.infer<typeof KeptCase>
