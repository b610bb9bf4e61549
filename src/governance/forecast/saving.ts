/**
 * What would cost less, with what is known of its quality. Pure.
 *
 * Invariant: nothing is proven but by an experiment that asked both models the application's own cases, suite for suite.
 */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'

export const SavingQuality = z.object({
  suite: z.string(),
  /** What the suite decides by. */
  evaluator: z.string(),
  /** Differences inside ± margin are equivalent. */
  margin: z.number(),
  /** Cases that the suite has. */
  cases: z.number().int(),
  /** The cheaper model less the present one, case by case; null where no experiment asked both these cases. */
  measured: z
    .object({
      experiment: z.string(),
      difference: z.number().nullable(),
      interval: Interval.nullable(),
      /** Pairs. */
      n: z.number().int(),
      verdict: z.enum(['better', 'worse', 'equivalent', 'undecided']),
      /** No worse than the margin at 95 % on one side; null while that is undecided. */
      nonInferior: z.boolean().nullable(),
      /** Cases that each left without a score. */
      errors: z.object({ cheaper: z.number().int(), present: z.number().int() }),
    })
    .nullable(),
  /** Cases that would decide with 80 % power; null when it is decided, or when nobody knows how much the score varies. */
  neededN: z.number().int().nullable(),
})
export type SavingQuality = z.infer<typeof SavingQuality>

export const Saving = z.object({
  part: z.string(),
  from: z.string(),
  to: z.string(),
  monthlyUsd: z.number(),
  /** Runs the experiment; what it says stands here afterwards. */
  prove: z.string(),
  /** A suite each; empty where the same model is asked in another way. */
  quality: z.array(SavingQuality.extend({ says: z.string() })),
  /** No suite of the release is missing, and in each the cheaper one is no worse than the margin. */
  isProven: z.boolean(),
})
export type Saving = z.infer<typeof Saving>

/** With the sentences and the judgement that follow from what was measured. */
export const judgedSaving = (
  saving: Omit<Saving, 'quality' | 'isProven'>,
  quality: readonly SavingQuality[],
): Saving => ({
  ...saving,
  quality: quality.map((one) => ({ ...one, says: sayQuality(one) })),
  isProven: quality.length > 0 && quality.every(isNoWorse),
})

/** Proven ones first, then by what they save; what was measured as worse last. */
export const bySaving = (one: Saving, other: Saving): number =>
  rank(one) - rank(other) || other.monthlyUsd - one.monthlyUsd

const rank = ({ isProven, quality }: Saving): number => (isProven ? 0 : quality.some(isWorse) ? 2 : 1)

/** A case that only the cheaper one leaves without a score is in no pair, so that pairs alone would hide it. */
const isNoWorse = ({ measured }: SavingQuality): boolean =>
  measured?.nonInferior === true && measured.errors.cheaper <= measured.errors.present

const isWorse = ({ measured }: SavingQuality): boolean =>
  measured?.verdict === 'worse' || measured?.nonInferior === false

function sayQuality({ suite, evaluator, margin, cases, measured, neededN }: SavingQuality): string {
  const needs =
    neededN === null
      ? 'How many cases would decide nobody knows yet'
      : `About ${neededN} cases would decide within ${figure(margin)}`
  const open = `${needs}; the suite has ${cases}.`
  if (!measured) return `${suite}: not measured. ${open}`
  const { difference, interval, n, verdict, errors } = measured
  const lies = interval ? ` (${figure(interval.low)} to ${figure(interval.high)})` : ''
  const lacking =
    errors.cheaper > errors.present
      ? ` It left ${errors.cheaper} cases without a score, the present one ${errors.present}.`
      : ''
  const found = `${suite}: ${difference === null ? 'no difference known' : signed(difference)}${lies} in ${evaluator} over ${n} cases, ${verdict}${verdict === 'equivalent' ? ` within ${figure(margin)}` : ''}.`
  return `${found}${lacking}${verdict === 'undecided' ? ` ${open}` : ''}`
}

const signed = (value: number): string => (value > 0 ? `+${figure(value)}` : figure(value))
const figure = (value: number): string => String(Number(value.toFixed(3)))
