/** Routes of mitigations: bias that was found, what is done about it, and whether a re-test found it gone. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { EvidenceId } from '../../core/evidence.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

const Measurement = z.object({
  evidence: EvidenceId,
  release: ReleaseId.nullable(),
  at: Instant,
  /** Lower bound of the widest gap between groups. */
  gap: z.number(),
})

export const Episode = z.object({
  finding: Measurement,
  summary: z.string(),
  /** Later measurements, oldest first; the last one is gone where the bias is. */
  retests: z.array(Measurement.extend({ isGone: z.boolean() })),
  isGone: z.boolean(),
})
export type Episode = z.infer<typeof Episode>

export const MitigationPlan = z.object({
  id: idOf('mit'),
  organisation: Organisation,
  application: Name,
  /** The finding that it is about. */
  evidence: EvidenceId,
  owner: z.string(),
  plan: z.string(),
  dueOn: z.iso.date().nullable(),
  updatedAt: Instant,
  updatedBy: ActorId,
})
export type MitigationPlan = z.infer<typeof MitigationPlan>

export const Mitigation = Episode.extend({ plan: MitigationPlan.nullable() })
export type Mitigation = z.infer<typeof Mitigation>

export const listMitigations = route({
  name: 'listMitigations',
  method: 'GET',
  path: '/api/v1/applications/:name/mitigations',
  summary: 'Bias that was found, each with what is done about it and its re-tests; it opens and ends by measurement',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ limit: z.number(), items: z.array(Mitigation) }) },
})

export const planMitigation = route({
  name: 'planMitigation',
  method: 'PUT',
  path: '/api/v1/applications/:name/mitigations/:evidence',
  summary: 'Say what is done about a bias that was found, who sees to it, and by which day',
  permission: 'build',
  params: z.object({ name: Name, evidence: EvidenceId }),
  body: z.strictObject({
    owner: z.string().trim().min(2).max(200),
    plan: z.string().trim().min(10, 'say in at least 10 characters what is done').max(5000),
    dueOn: z.iso.date().nullable().default(null),
  }),
  returns: { 200: Mitigation },
})
