/** Routes of findings, and of the signed reports that bring them in. */
import { z } from 'zod'
import { Envelope } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { FindingId, FindingState, Found, Move, Report, Severity } from './finding.ts'

export { Found } from './finding.ts'

const text = (least: number) =>
  z.string().trim().min(least, `say in at least ${least} characters what it is`).max(10_000)

/** The payload of a report, which its author signs in a DSSE envelope. */
export const ReportPayload = z.object({
  author: z.string().trim().min(2).max(200),
  /** Digest of the release that was looked at: a report on another one is refused. */
  releaseDigest: z.string(),
  findings: z.array(z.object({ title: text(3), detail: text(3), severity: Severity })).max(1000),
})
export type ReportPayload = z.infer<typeof ReportPayload>

export const listFindings = route({
  name: 'listFindings',
  method: 'GET',
  path: '/api/v1/findings',
  summary: 'List findings of security audits and attack campaigns, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    cursor: FindingId.optional(),
    application: Name.optional(),
    state: FindingState.optional(),
    severity: Severity.optional(),
  }),
  returns: { 200: pageOf(Found) },
})

export const addFinding = route({
  name: 'addFinding',
  method: 'POST',
  path: '/api/v1/findings',
  summary: 'Write down what somebody found, with a severity and an owner',
  permission: 'attest',
  body: z.strictObject({
    release: ReleaseId,
    title: text(3),
    detail: text(3),
    severity: Severity,
    owner: z.string().trim().min(2).max(100),
    example: z.boolean().default(false),
  }),
  returns: { 201: Found },
})

export const moveFinding = route({
  name: 'moveFinding',
  method: 'POST',
  path: '/api/v1/findings/:id/moves',
  summary: 'Say that a finding is fixed, was tried again, is accepted until a day, or is open after all',
  permission: 'attest',
  params: z.object({ id: FindingId }),
  body: z.strictObject({
    move: Move,
    note: text(10),
    days: z.number().positive().max(90, 'a finding is accepted for at most 90 days').optional(),
  }),
  returns: { 200: Found },
})

export const importFindingsReport = route({
  name: 'importFindingsReport',
  method: 'POST',
  path: '/api/v1/findings/reports',
  summary: 'Bring in a signed report from outside the team: its findings become records, and it answers red.full',
  permission: 'attest',
  approval: 'word',
  body: z.strictObject({
    release: ReleaseId,
    envelope: Envelope,
    publicKey: z.string().min(1),
    owner: z.string().trim().min(2).max(100),
    example: z.boolean().default(false),
  }),
  returns: { 201: z.object({ report: Report, findings: z.array(Found) }) },
})
