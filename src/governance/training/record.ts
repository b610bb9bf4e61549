/** A training record: one person finished one module, with a score, on a day. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { age, DAY, Instant } from '../../kernel/time.ts'

export const TrainingRecordId = idOf('trn')
export type TrainingRecordId = z.infer<typeof TrainingRecordId>

export const TrainingRecord = z.object({
  id: TrainingRecordId,
  organisation: z.string(),
  /** Name or e-mail address, as `builders` names the person. */
  person: z.string(),
  module: z.string(),
  /** 0 to 1. */
  score: z.number().min(0).max(1),
  completedAt: Instant,
  expiresAt: Instant.nullable(),
  /** quiz: asked here · import: what another school says. */
  source: z.enum(['quiz', 'import']),
  /** Of the module, where it is one of ours. */
  version: z.string().nullable(),
  example: z.boolean(),
  importedAt: Instant,
  importedBy: ActorId,
})
export type TrainingRecord = z.infer<typeof TrainingRecord>

/** What a row of an import says. */
export type TrainingRow = Pick<TrainingRecord, 'person' | 'module' | 'score' | 'completedAt' | 'expiresAt'>

export const PASSING_SCORE = 0.8
export const LONGEST_AGE_DAYS = 365

export const counts = ({ score, completedAt, expiresAt }: TrainingRow, now: Instant): boolean =>
  score >= PASSING_SCORE &&
  completedAt <= now &&
  age(completedAt, now) <= LONGEST_AGE_DAYS * DAY &&
  (expiresAt === null || expiresAt > now)

/** Two spellings of one person: case and spaces around do not tell people apart. */
export const personKey = (person: string): string => person.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
