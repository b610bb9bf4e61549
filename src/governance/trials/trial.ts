/** A trial: people try a release with tasks, agree to it beforehand, and say how it went. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const TrialId = idOf('tri')
export type TrialId = z.infer<typeof TrialId>
export const TrialLinkId = idOf('tlk')
export type TrialLinkId = z.infer<typeof TrialLinkId>
export const TrialAnswerId = idOf('tan')
export type TrialAnswerId = z.infer<typeof TrialAnswerId>

const Task = z.strictObject({ id: z.string().min(1).max(60), text: z.string().trim().min(3).max(1000) })

export const Trial = z.object({
  id: TrialId,
  organisation: Organisation,
  application: Name,
  /** The release that is tried; null for whatever serves. */
  release: ReleaseId.nullable(),
  title: z.string(),
  tasks: z.array(Task),
  /** What people agree to; an answer keeps the digest of the words that it agreed to. */
  consent: z.string(),
  /** Names and comments are gone so many days after the end; counts stay. */
  retentionDays: z.number().int(),
  closedAt: Instant.nullable(),
  /** When names and comments were taken away. */
  blankedAt: Instant.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
  example: z.boolean(),
})
export type Trial = z.infer<typeof Trial>
export const GivenTask = Task

export const TrialLink = z.object({
  id: TrialLinkId,
  organisation: Organisation,
  trial: TrialId,
  /** Of the token, which nobody keeps. */
  fingerprint: Digest,
  /** For whom it is, or where it hangs; null once it was taken away. */
  label: z.string().nullable(),
  mostUses: z.number().int(),
  uses: z.number().int(),
  createdAt: Instant,
  createdBy: ActorId,
  revokedAt: Instant.nullable(),
})
export type TrialLink = z.infer<typeof TrialLink>

export const TaskResult = z.strictObject({
  task: z.string(),
  outcome: z.enum(['done', 'with-help', 'failed']),
  minutes: z.number().min(0).max(600).nullable().default(null),
})
export type TaskResult = z.infer<typeof TaskResult>

export const TrialAnswer = z.object({
  id: TrialAnswerId,
  organisation: Organisation,
  trial: TrialId,
  /** Null for an interview that somebody wrote down. */
  link: TrialLinkId.nullable(),
  kind: z.enum(['form', 'interview']),
  /** Null where nobody said, and once it was taken away. */
  who: z.string().nullable(),
  consentDigest: Digest,
  /** 1 to 5. */
  rating: z.number().int().min(1).max(5),
  results: z.array(TaskResult),
  comment: z.string().nullable(),
  /** Of the text with which the person takes the answer back. */
  withdrawal: Digest,
  at: Instant,
})
export type TrialAnswer = z.infer<typeof TrialAnswer>

/** Ratings that count as a bad answer of a user. */
export const isNegative = ({ rating }: Pick<TrialAnswer, 'rating'>): boolean => rating <= 2
