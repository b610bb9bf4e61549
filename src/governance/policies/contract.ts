/** Routes of policies and of the standards of the organisation. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { Acknowledgement, Policy, PolicyStanding } from './policy.ts'
import { Standards, StandardsContent } from './standards.ts'

const one = z.object({ policy: Name })

export const ServedPolicy = Policy.extend({
  /** How the one who asks stands to it. */
  mine: PolicyStanding,
  /** Of everybody who ever acknowledged it. */
  people: z.array(z.object({ actor: ActorId, version: z.number().int(), at: Instant, standing: PolicyStanding })),
})
export type ServedPolicy = z.infer<typeof ServedPolicy>

export const listPolicies = route({
  name: 'listPolicies',
  method: 'GET',
  path: '/api/v1/policies',
  summary: 'List the policies in force, with who acknowledged which version',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(ServedPolicy) }) },
})

export const listPolicyVersions = route({
  name: 'listPolicyVersions',
  method: 'GET',
  path: '/api/v1/policies/:policy/versions',
  summary: 'List the versions of a policy, the newest first',
  permission: 'view',
  params: one,
  returns: { 200: z.object({ items: z.array(Policy) }) },
})

export const publishPolicy = route({
  name: 'publishPolicy',
  method: 'PUT',
  path: '/api/v1/policies/:policy',
  summary:
    'Publish a policy, or a new version of it, which makes acknowledgements stale; the same text changes nothing',
  permission: 'administer',
  params: one,
  body: z.strictObject({
    title: z.string().trim().min(1).max(200),
    text: z.string().min(1).max(100_000),
    checks: z.array(z.string()).max(100).default([]),
    isRequired: z.boolean().default(false),
  }),
  example: { title: 'What we use AI for', text: 'We ask a person before we decide about people.', isRequired: true },
  returns: { 200: ServedPolicy },
})

export const acknowledgePolicy = route({
  name: 'acknowledgePolicy',
  method: 'POST',
  path: '/api/v1/policies/:policy/acknowledgements',
  summary: 'Say that you read a version of a policy; only the newest can be acknowledged',
  permission: 'view',
  params: one,
  body: z.strictObject({ version: z.number().int().min(1) }),
  example: { version: 1 },
  returns: { 201: Acknowledgement },
})

export const getStandards = route({
  name: 'getStandards',
  method: 'GET',
  path: '/api/v1/standards',
  summary: 'Read the standards of the organisation: allowed models and templates, defaults, and what is fixed',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ standards: Standards.nullable() }) },
})

export const putStandards = route({
  name: 'putStandards',
  method: 'PUT',
  path: '/api/v1/standards',
  summary: 'Set the standards of the organisation; new applications inherit them, and a freeze holds releases to them',
  permission: 'administer',
  body: StandardsContent.extend({
    // Their shape is that of airworthy.yaml, and held against it where they are kept.
    defaults: z.record(z.string(), z.unknown()).default({}),
  }),
  example: { models: ['local/*'], fixed: ['privacy'], defaults: { privacy: { retention: { tracesDays: 90 } } } },
  returns: { 200: Standards },
})
