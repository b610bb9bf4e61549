/** Findings of those who looked: with a severity, an owner and a way to their end. Each change is one move of a table. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Envelope } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const FindingId = idOf('fnd')
export type FindingId = z.infer<typeof FindingId>
export const ReportId = idOf('rpt')
export type ReportId = z.infer<typeof ReportId>

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>

/** open · fixed: somebody says so · retested: somebody else tried again, and it is gone · accepted: until a day. */
export const FindingState = z.enum(['open', 'fixed', 'retested', 'accepted'])
export type FindingState = z.infer<typeof FindingState>

export const Found = z.object({
  id: FindingId,
  organisation: Organisation,
  application: Name,
  /** The release that it was found on. */
  release: ReleaseId,
  title: z.string(),
  detail: z.string(),
  severity: Severity,
  /** Who sees to it, by name. */
  owner: z.string(),
  state: FindingState,
  /** The report that it came with; null for what somebody wrote down here. */
  report: ReportId.nullable(),
  fixedBy: ActorId.nullable(),
  /** What was changed, and what the retest saw, newest last. */
  notes: z.array(z.object({ at: Instant, by: ActorId, move: z.string(), note: z.string() })),
  acceptedUntil: Instant.nullable(),
  createdBy: ActorId,
  createdAt: Instant,
  updatedAt: Instant,
  example: z.boolean(),
})
export type Found = z.infer<typeof Found>

export const Report = z.object({
  id: ReportId,
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  /** Who looked, as they sign themselves. */
  author: z.string(),
  /** Neither a builder of the application nor a key of this installation. */
  independent: z.boolean(),
  keyid: z.string(),
  statement: Digest,
  envelope: Envelope,
  importedBy: ActorId,
  at: Instant,
  example: z.boolean(),
})
export type Report = z.infer<typeof Report>

export const Move = z.enum(['fix', 'retest-passed', 'retest-failed', 'accept', 'reopen'])
export type Move = z.infer<typeof Move>

/** Where each move leads from where; undefined where it makes no sense. */
export const MOVES: Readonly<Record<FindingState, Partial<Record<Move, FindingState>>>> = {
  open: { fix: 'fixed', accept: 'accepted' },
  fixed: { 'retest-passed': 'retested', 'retest-failed': 'open', reopen: 'open' },
  retested: { reopen: 'open' },
  accepted: { fix: 'fixed', reopen: 'open' },
}

/** What still counts: nothing that was tried again, and nothing that somebody answers for until a later day. */
export const isOpen = ({ state, acceptedUntil, severity }: Found, now: Instant): boolean => {
  if (state === 'retested') return false
  // Nobody accepts what is critical.
  if (state !== 'accepted' || severity === 'critical') return true
  return acceptedUntil === null || acceptedUntil <= now
}

/** Closed means fixed and tried again by somebody else; an accepted finding is not closed. */
export const isClosed = ({ state }: Found): boolean => state === 'retested'
