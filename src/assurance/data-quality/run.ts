/** One quality run over one version of a dataset, and what a person said of one expected answer. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { DatasetProfile, Measure, MeasureVerdict } from './measure.ts'

export const QualityRunId = idOf('dqr')
export type QualityRunId = z.infer<typeof QualityRunId>

export const QualityRun = z.object({
  id: QualityRunId,
  organisation: Organisation,
  dataset: Name,
  version: z.number().int(),
  digest: Digest,
  verdict: MeasureVerdict,
  measures: z.array(Measure),
  profile: DatasetProfile,
  at: Instant,
  by: ActorId,
})
export type QualityRun = z.infer<typeof QualityRun>

export const LabelAnswer = z.object({
  organisation: Organisation,
  dataset: Name,
  /** Of what the row says, so that the word holds for every version that has it. */
  mark: z.string(),
  row: z.string(),
  isRight: z.boolean(),
  comment: z.string(),
  by: ActorId,
  at: Instant,
})
export type LabelAnswer = z.infer<typeof LabelAnswer>
