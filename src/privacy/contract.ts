/** Routes of privacy: what is kept about a person, a copy of it, its deletion with a receipt, and how long data is kept. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { LawfulBasis } from '../core/blueprint/schema.ts'
import { DataSubject } from '../core/data-subject.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'

export const DeletionId = idOf('del')
export type DeletionId = z.infer<typeof DeletionId>

/** How many of a place go, are replaced, or stay and why. */
export const Tally = z.object({
  /** `traces`, `feedback`, `contents`, … */
  place: z.string(),
  /** remove: it goes · replace: a tombstone stands in its place · keep: it stays. */
  fate: z.enum(['remove', 'replace', 'keep']),
  count: z.number().int(),
  /** Why it stays; null for what does not. */
  why: z.string().nullable(),
})
export type Tally = z.infer<typeof Tally>

/** The person without personal data: HMACs under the master key, by which the same person is known again. */
export const SubjectMark = z.object({ user: z.string().nullable(), identifiers: z.array(z.string()) })
export type SubjectMark = z.infer<typeof SubjectMark>

export const Deletion = z.object({
  id: DeletionId,
  organisation: Organisation,
  /**
   * listing: what would go is being looked for · proposed: it waits for a person's yes · running · done · failed: it
   * can be confirmed again · withdrawn, expired: nothing was deleted.
   */
  state: z.enum(['listing', 'proposed', 'running', 'done', 'failed', 'withdrawn', 'expired']),
  subject: SubjectMark,
  /** What would go and what would stay, when it was looked for. */
  found: z.array(Tally),
  /** What went, so far. */
  deleted: z.array(Tally),
  proposedBy: ActorId,
  proposedAt: Instant,
  confirmedBy: ActorId.nullable(),
  /** Only what came before goes. */
  confirmedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** Until then it is done again at each start and each night, because a restored back-up or a late line may bring data back. */
  inForceUntil: Instant.nullable(),
  error: z.string().nullable(),
})
export type Deletion = z.infer<typeof Deletion>

/** What is kept of a deletion: no personal data is in it. */
export const Receipt = z.object({
  schema: z.literal('airworthy.deletion-receipt/1'),
  id: DeletionId,
  organisation: Organisation,
  subject: SubjectMark,
  proposedBy: ActorId,
  proposedAt: Instant,
  confirmedBy: ActorId,
  /** Only what came before was deleted. */
  confirmedAt: Instant,
  finishedAt: Instant,
  deleted: z.array(Tally),
  /** What stays, and why. */
  kept: z.array(Tally),
  /** Copies that are not ours to change. */
  elsewhere: z.array(z.string()),
  /** Until when back-ups from before may hold it; a back-up that is restored until then has the deletion done again. */
  backupsUntil: Instant,
})
export type Receipt = z.infer<typeof Receipt>

export const SignedReceipt = z.object({
  receipt: Receipt,
  /** DSSE, over the receipt as RFC 8785 JSON; the keys are those of `GET /api/v1/evidence/keys`. */
  envelope: z.object({
    payloadType: z.string(),
    payload: z.string(),
    signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
  }),
})
export type SignedReceipt = z.infer<typeof SignedReceipt>

export const Retention = z.object({
  /** Null: what belongs to no application, such as models that were asked directly. */
  application: z.string().nullable(),
  /** What the data is for and on which lawful basis, as the blueprint says; null when it does not say. */
  purpose: z.string().nullable(),
  lawfulBasis: LawfulBasis.nullable(),
  /** Traces and feedback that are older go; null: they stay until somebody deletes them. */
  tracesDays: z.number().int().nullable(),
  /** Whose word that is: the blueprint's, the installation's (`AIRWORTHY_RETENTION_DAYS`), or nobody's. */
  saidBy: z.enum(['blueprint', 'installation', 'nobody']),
  /** The last time that something was looked for, and how many traces went then; null before the first. */
  last: z.object({ at: Instant, before: Instant, removed: z.number().int() }).nullable(),
})
export type Retention = z.infer<typeof Retention>

const person = z
  .strictObject({
    user: DataSubject.shape.user.optional(),
    identifiers: DataSubject.shape.identifiers.optional(),
  })
  .refine(({ user, identifiers }) => Boolean(user) || (identifiers?.length ?? 0) > 0, {
    message: 'name the person: a user, or at least one identifier',
    path: ['user'],
  })
const one = z.object({ id: DeletionId })
const example = { user: 'customer-4711', identifiers: ['ada@example.org'] }

export const exportPersonalData = route({
  name: 'exportPersonalData',
  method: 'POST',
  path: '/api/v1/privacy/exports',
  summary: 'A copy of everything that is kept about a person, as JSON lines',
  permission: 'privacy',
  example,
  body: person,
  raw: 'bytes',
  gives: ['application/jsonl'],
  returns: { 200: null },
})

export const proposeDeletion = route({
  name: 'proposeDeletion',
  method: 'POST',
  path: '/api/v1/privacy/deletions',
  summary: 'Look for everything that is kept about a person and list what would go; nothing is deleted yet',
  permission: 'privacy',
  example,
  body: person,
  mcp: true,
  returns: { 201: Deletion },
})

export const listDeletions = route({
  name: 'listDeletions',
  method: 'GET',
  path: '/api/v1/privacy/deletions',
  summary: 'List deletions, the newest first',
  permission: 'privacy',
  query: Page,
  mcp: true,
  returns: { 200: pageOf(Deletion) },
})

export const getDeletion = route({
  name: 'getDeletion',
  method: 'GET',
  path: '/api/v1/privacy/deletions/:id',
  summary: 'Get a deletion: what was found, what went, how far it is',
  permission: 'privacy',
  params: one,
  mcp: true,
  returns: { 200: Deletion },
})

export const confirmDeletion = route({
  name: 'confirmDeletion',
  method: 'POST',
  path: '/api/v1/privacy/deletions/:id/confirmation',
  summary: 'Delete what was listed; it cannot be undone',
  permission: 'privacy',
  approval: 'word',
  params: one,
  mcp: { destructive: true },
  returns: { 200: Deletion },
})

export const withdrawDeletion = route({
  name: 'withdrawDeletion',
  method: 'DELETE',
  path: '/api/v1/privacy/deletions/:id',
  summary: 'Withdraw a deletion that was not confirmed; what it knew of the person is forgotten',
  permission: 'privacy',
  params: one,
  returns: { 200: Deletion },
})

export const getDeletionReceipt = route({
  name: 'getDeletionReceipt',
  method: 'GET',
  path: '/api/v1/privacy/deletions/:id/receipt',
  summary: 'The signed receipt of a deletion, without personal data',
  permission: 'privacy',
  params: one,
  mcp: true,
  returns: { 200: SignedReceipt },
})

export const reapplyDeletions = route({
  name: 'reapplyDeletions',
  method: 'POST',
  path: '/api/v1/privacy/deletions/reapplications',
  summary: 'Do the deletions in force again, for example after a back-up was restored',
  permission: 'privacy',
  returns: { 200: z.object({ deletions: z.number().int() }) },
})

export const listRetention = route({
  name: 'listRetention',
  method: 'GET',
  path: '/api/v1/privacy/retention',
  summary: 'What data each application keeps, what for, and for how long',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(Retention) }) },
})

export const enforceRetention = route({
  name: 'enforceRetention',
  method: 'POST',
  path: '/api/v1/privacy/retention/runs',
  summary: 'Take away now what is older than it may be; it happens by itself once a day',
  permission: 'privacy',
  returns: { 200: z.object({ items: z.array(Retention) }) },
})
