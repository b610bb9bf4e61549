/** Routes of judges: those of an application with how far each may be trusted, calibrations, and corrected scores. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { JobId } from '../../store/job.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ExperimentId } from '../experiment.ts'
import { Judge } from '../judge-part.ts'
import { Calibration, CalibrationCase, CalibrationId } from './calibration.ts'

const QueueId = idOf('que')

/** A judge of an application with the newest calibration of it; null when there is none. */
export const JudgeState = Judge.extend({
  name: z.string(),
  /** Suites of the newest release that use it; empty for one that was calibrated and is not in use. */
  suites: z.array(z.string()),
  calibration: Calibration.nullable(),
  sameFamily: z.boolean(),
})
export type JudgeState = z.infer<typeof JudgeState>

/** What a judge scored, beside the share of answers that people would call good: its errors are taken out. */
export const CorrectedScore = z.object({
  evaluator: z.string(),
  judge: Digest,
  arm: z.string(),
  n: z.number().int(),
  /** Its own mean: a share of good answers, or a mean of grades. */
  raw: z.number(),
  /** The share that people would call good. Null without a calibration that tells good from bad. */
  corrected: z.number().nullable(),
  interval: Interval.nullable(),
  /** That share less the control's; null for the control and without one. */
  difference: z.object({ value: z.number(), interval: Interval }).nullable(),
  calibration: CalibrationId.nullable(),
  why: z.string(),
})
export type CorrectedScore = z.infer<typeof CorrectedScore>

/** What asking a judge about labelled answers will take. */
export const CalibrationQuote = z.object({
  /** Labelled answers that it is asked about. */
  answers: z.number().int(),
  calls: z.number().int(),
  /** Null when the price of the judge's model is not known. */
  costMicroUsd: MicroUsd.nullable(),
  minutes: z.number(),
  basis: z.string(),
})
export type CalibrationQuote = z.infer<typeof CalibrationQuote>

export const listJudges = route({
  name: 'listJudges',
  method: 'GET',
  path: '/api/v1/applications/:name/judges',
  summary: 'The judges of an application, each with its newest calibration',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ items: z.array(JudgeState) }) },
})

export const createCalibration = route({
  name: 'createCalibration',
  method: 'POST',
  path: '/api/v1/applications/:name/calibrations',
  summary: 'Hold recorded verdicts of a judge against labels of people',
  permission: 'build',
  maxBodyBytes: 16 * 1024 * 1024,
  example: {
    judge: { name: 'polite by example/judge', model: 'example/judge-2026-01-01', digest: `sha256:${'0'.repeat(64)}` },
    data: 'questions',
    cases: [{ id: 'a', labels: [{ by: 'ada', value: true }], verdict: true }],
  },
  params: z.object({ name: Name }),
  body: z.strictObject({
    judge: z.object({ name: z.string().min(1).max(200), model: z.string().min(1).max(200), digest: Digest }),
    data: z.string().min(1).max(200),
    cases: z.array(CalibrationCase).min(1).max(20_000),
  }),
  returns: { 201: Calibration },
})

export const runCalibration = route({
  name: 'runCalibration',
  method: 'POST',
  path: '/api/v1/releases/:id/calibrations',
  summary: 'Ask a judge of the release about what people labelled in a queue, and hold it against them',
  permission: 'build',
  params: z.object({ id: ReleaseId }),
  body: z.strictObject({
    judge: Digest,
    queue: QueueId,
    /** Says what it would take, and asks nothing. */
    dryRun: z.boolean().default(false),
    /** Above it, or with an unknown price, nothing begins. */
    maxCostMicroUsd: MicroUsd.optional(),
  }),
  returns: {
    200: z.object({ kind: z.literal('quote'), quote: CalibrationQuote }),
    202: z.object({ kind: z.literal('started'), job: JobId, quote: CalibrationQuote }),
    409: z.object({ kind: z.literal('over-budget'), quote: CalibrationQuote }),
  },
})

export const listCalibrations = route({
  name: 'listCalibrations',
  method: 'GET',
  path: '/api/v1/calibrations',
  summary: 'Calibrations, the newest first',
  permission: 'view',
  query: Page.extend({ application: Name.optional(), judge: Digest.optional() }),
  returns: { 200: pageOf(Calibration) },
})

export const getCalibration = route({
  name: 'getCalibration',
  method: 'GET',
  path: '/api/v1/calibrations/:id',
  summary: 'One calibration with every figure',
  permission: 'view',
  mcp: true,
  params: z.object({ id: CalibrationId }),
  returns: { 200: Calibration },
})

export const listCalibrationCases = route({
  name: 'listCalibrationCases',
  method: 'GET',
  path: '/api/v1/calibrations/:id/cases',
  summary: 'What people and the judge said, case by case',
  permission: 'view',
  params: z.object({ id: CalibrationId }),
  query: Page,
  returns: { 200: pageOf(CalibrationCase) },
})

export const listCorrectedScores = route({
  name: 'listCorrectedScores',
  method: 'GET',
  path: '/api/v1/experiments/:id/corrected-scores',
  summary:
    'What judges scored, and the share of answers that people would call good, with the errors of the judges taken out',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ExperimentId }),
  returns: { 200: z.object({ items: z.array(CorrectedScore) }) },
})
