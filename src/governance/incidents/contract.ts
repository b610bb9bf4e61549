/** Routes of incidents: from the first word about one to the release that fixed it. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Instant } from '../../kernel/time.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { RunningClock } from './clocks.ts'
import { Harm, Incident, IncidentId, IncidentMove, IncidentSeverity, IncidentState } from './incident.ts'

const one = z.object({ id: IncidentId })
const text = (least: number) => z.string().trim().min(least, `write at least ${least} characters`).max(10_000)
const Trace = z.string().regex(/^[0-9a-f]{32}$/, 'a trace id has 32 hexadecimal digits')

const Given = z.strictObject({
  title: text(3).max(200),
  description: text(10),
  severity: IncidentSeverity,
  harms: z.array(Harm).max(Harm.options.length),
  affected: z.string().trim().max(2000).nullable(),
  affectedPeople: z.number().int().min(0).nullable(),
  cause: z.string().trim().max(10_000).nullable(),
  owner: text(2).max(200),
  release: ReleaseId.nullable(),
  traces: z.array(Trace).max(100),
  occurredAt: Instant.nullable(),
  detectedAt: Instant,
})
export type GivenIncident = z.infer<typeof Given>

export const ServedIncident = z.object({
  incident: Incident,
  clocks: z.array(RunningClock),
  /** What the pack of clocks says of itself. */
  clocksNote: z.string(),
  clocksAsOf: z.iso.date(),
  similar: z.array(z.object({ id: IncidentId, title: z.string(), state: IncidentState, share: z.number() })),
})
export type ServedIncident = z.infer<typeof ServedIncident>

export const ListedIncident = Incident.omit({ timeline: true, description: true, reports: true }).extend({
  /** The next deadline that runs or is overdue; null where there is none. */
  nextDueAt: Instant.nullable(),
  overdue: z.number().int(),
})
export type ListedIncident = z.infer<typeof ListedIncident>

export const listIncidents = route({
  name: 'listIncidents',
  method: 'GET',
  path: '/api/v1/incidents',
  summary: 'List incidents, newest first, with their next deadline; also by a trace, or by the release that fixed them',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    cursor: IncidentId.optional(),
    application: Name.optional(),
    state: IncidentState.optional(),
    severity: IncidentSeverity.optional(),
    trace: Trace.optional(),
    fixedBy: ReleaseId.optional(),
  }),
  returns: { 200: pageOf(ListedIncident) },
})

export const openIncident = route({
  name: 'openIncident',
  method: 'POST',
  path: '/api/v1/incidents',
  summary: 'Write an incident down; its deadlines run from when somebody first knew',
  permission: 'attest',
  mcp: true,
  body: Given.partial()
    .required({ title: true, description: true, severity: true, owner: true })
    .extend({ application: Name, example: z.boolean().default(false) }),
  returns: { 201: ServedIncident },
})

export const getIncident = route({
  name: 'getIncident',
  method: 'GET',
  path: '/api/v1/incidents/:id',
  summary: 'Read an incident with its timeline, its deadlines and what sounds alike',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: ServedIncident },
})

export const changeIncident = route({
  name: 'changeIncident',
  method: 'PUT',
  path: '/api/v1/incidents/:id',
  summary: 'Change what is known of an incident; what is not sent stays, and the timeline says what changed',
  permission: 'attest',
  params: one,
  body: Given.partial(),
  returns: { 200: ServedIncident },
})

export const noteIncident = route({
  name: 'noteIncident',
  method: 'POST',
  path: '/api/v1/incidents/:id/notes',
  summary: 'Add to the timeline what happened, or what was done at once',
  permission: 'attest',
  params: one,
  body: z.strictObject({ kind: z.enum(['note', 'measure']).default('note'), text: text(3), at: Instant.optional() }),
  returns: { 200: ServedIncident },
})

export const reportIncident = route({
  name: 'reportIncident',
  method: 'POST',
  path: '/api/v1/incidents/:id/reports',
  summary: 'Say that a report was made, or why it is not due',
  permission: 'attest',
  params: one,
  body: z.strictObject({
    clock: z.string().min(1).max(100),
    kind: z.enum(['made', 'not-due']),
    note: text(10),
    at: Instant.optional(),
  }),
  returns: { 200: ServedIncident },
})

export const fixIncident = route({
  name: 'fixIncident',
  method: 'PUT',
  path: '/api/v1/incidents/:id/fix',
  summary: 'Name the regression case of an incident and the release that passes it; both are looked up',
  permission: 'build',
  params: one,
  body: z.strictObject({ dataset: Name, example: z.string().min(1).max(500), release: ReleaseId }),
  returns: { 200: ServedIncident },
})

export const moveIncident = route({
  name: 'moveIncident',
  method: 'POST',
  path: '/api/v1/incidents/:id/moves',
  summary: 'Say that an incident is contained, closed, or open again; a grave one closes with a fix alone',
  permission: 'attest',
  params: one,
  body: z.strictObject({ move: IncidentMove, note: text(10) }),
  returns: { 200: ServedIncident },
})
