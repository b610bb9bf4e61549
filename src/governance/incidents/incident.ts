/** An incident: what happened, whom it harmed, what was done at once, and which release keeps it from happening again. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const IncidentId = idOf('inc')
export type IncidentId = z.infer<typeof IncidentId>

export const IncidentSeverity = z.enum(['critical', 'high', 'medium', 'low'])
export type IncidentSeverity = z.infer<typeof IncidentSeverity>

/** Kinds of harm by which laws tell apart what has to be reported. */
export const Harm = z.enum([
  'death',
  'serious-health',
  'critical-infrastructure',
  'fundamental-rights',
  'property-environment',
  'widespread',
  'personal-data',
  'security',
  'wrong-answer',
  'offensive-answer',
  'money',
  'outage',
  'none-known',
])
export type Harm = z.infer<typeof Harm>

/** open: it may still do harm · contained: it does none for now · closed: it cannot happen in this way again. */
export const IncidentState = z.enum(['open', 'contained', 'closed'])
export type IncidentState = z.infer<typeof IncidentState>

export const IncidentMove = z.enum(['contain', 'close', 'reopen'])
export type IncidentMove = z.infer<typeof IncidentMove>

/** Where each move leads from where. */
export const MOVES: Readonly<Record<IncidentState, Partial<Record<IncidentMove, IncidentState>>>> = {
  open: { contain: 'contained', close: 'closed' },
  contained: { close: 'closed', reopen: 'open' },
  closed: { reopen: 'open' },
}

const Entry = z.object({
  /** When it happened; `writtenAt` is when somebody wrote it down. */
  at: Instant,
  writtenAt: Instant,
  by: ActorId,
  kind: z.enum(['note', 'measure', 'change', 'report', 'fix', ...IncidentMove.options]),
  text: z.string(),
})

/** What became of a deadline: it was reported, or somebody says why it is not due. */
const Report = z.object({
  clock: z.string(),
  kind: z.enum(['made', 'not-due']),
  at: Instant,
  by: ActorId,
  note: z.string(),
})

/** The case that asks it of every release, and the release that passed it first. */
const Fix = z.object({
  dataset: Name,
  example: z.string(),
  release: ReleaseId,
  /** The experiment in which the release passed the case. */
  experiment: z.string(),
  at: Instant,
  by: ActorId,
})

export const Incident = z.object({
  id: IncidentId,
  organisation: Organisation,
  application: Name,
  title: z.string(),
  description: z.string(),
  severity: IncidentSeverity,
  state: IncidentState,
  /** Empty as long as nobody said; then no deadline can be told. */
  harms: z.array(Harm),
  /** Groups of people, in words. */
  affected: z.string().nullable(),
  affectedPeople: z.number().int().nullable(),
  cause: z.string().nullable(),
  owner: z.string(),
  /** The release that it happened on; null when that is not known. */
  release: ReleaseId.nullable(),
  traces: z.array(z.string()),
  occurredAt: Instant.nullable(),
  /** When somebody here first knew; deadlines run from it. */
  detectedAt: Instant,
  timeline: z.array(Entry),
  reports: z.array(Report),
  fix: Fix.nullable(),
  closedAt: Instant.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
  updatedAt: Instant,
  example: z.boolean(),
})
export type Incident = z.infer<typeof Incident>

/** Severity 1 and 2, which end in a regression case and a release that passes it. */
export const isGrave = ({ severity }: Pick<Incident, 'severity'>): boolean =>
  severity === 'critical' || severity === 'high'

/** Grave, and not ended as a grave one ends. */
export const isOpenGrave = (incident: Incident): boolean =>
  isGrave(incident) && (incident.state !== 'closed' || incident.fix === null)
