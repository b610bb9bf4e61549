/** The routes of access: who is asking, keys, actors, sign-in links, limits and the audit log. */
import { z } from 'zod'
import { ActorId, Permission, Role } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { Actor } from './actor.ts'
import { AuditEntry, AuditVerification } from './audit-entry.ts'
import { Key, KeyId } from './key.ts'
import { Limits, LimitsStatus } from './limits.ts'

export const Me = z.object({
  actor: ActorId,
  name: z.string(),
  organisation: z.string(),
  role: Role,
  permissions: z.array(Permission),
  /** The key that was used; null for a browser session. */
  key: z.string().nullable(),
  application: z.string().nullable(),
})
export type Me = z.infer<typeof Me>

export const getMe = route({
  name: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Who is asking, with role and permissions',
  permission: 'view',
  mcp: true,
  returns: { 200: Me },
})

export const createKey = route({
  name: 'createKey',
  method: 'POST',
  path: '/api/v1/keys',
  summary: 'Make a key; its text is in this answer and nowhere else',
  permission: 'administer',
  example: { name: 'ci', role: 'builder', application: 'support' },
  body: z.strictObject({
    name: z.string().min(1).max(100),
    role: Role,
    /** Whose key it is; without one a new actor is made for it, named as the key. */
    actor: ActorId.optional(),
    application: Name.optional(),
    team: z.string().min(1).max(100).optional(),
    limits: Limits.partial().optional(),
  }),
  returns: { 201: z.object({ id: KeyId, secret: z.string(), key: Key }) },
})

export const listKeys = route({
  name: 'listKeys',
  method: 'GET',
  path: '/api/v1/keys',
  summary: 'List keys, without their texts',
  permission: 'audit',
  query: Page.extend({ application: Name.optional(), actor: ActorId.optional() }),
  returns: { 200: pageOf(Key) },
})

export const revokeKey = route({
  name: 'revokeKey',
  method: 'DELETE',
  path: '/api/v1/keys/:key',
  summary: 'Revoke a key; the next request with it is refused',
  permission: 'administer',
  params: z.object({ key: KeyId }),
  returns: { 200: Key },
})

export const createActor = route({
  name: 'createActor',
  method: 'POST',
  path: '/api/v1/actors',
  summary: 'Add a person with a role',
  permission: 'administer',
  example: { name: 'Ada Lovelace', role: 'approver' },
  body: z.strictObject({ name: z.string().min(1).max(100), role: Role, example: z.boolean().default(false) }),
  returns: { 201: Actor },
})

export const listActors = route({
  name: 'listActors',
  method: 'GET',
  path: '/api/v1/actors',
  summary: 'List people and programs with their roles',
  permission: 'view',
  query: Page,
  returns: { 200: pageOf(Actor) },
})

export const createSignInLink = route({
  name: 'createSignInLink',
  method: 'POST',
  path: '/api/v1/sign-in-links',
  summary: 'Make a link that signs a browser in, once, within ten minutes',
  permission: 'administer',
  body: z.strictObject({
    /** Who will be signed in; the caller when not said. */
    actor: ActorId.optional(),
  }),
  returns: { 201: z.object({ url: z.string(), expiresAt: Instant }) },
})

export const signOut = route({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'End the browser session that asks',
  permission: 'view',
  returns: { 204: null },
})

export const getLimits = route({
  name: 'getLimits',
  method: 'GET',
  path: '/api/v1/applications/:name/limits',
  summary: 'Limits of an application and how far they are used',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: LimitsStatus },
})

export const setLimits = route({
  name: 'setLimits',
  method: 'PUT',
  path: '/api/v1/applications/:name/limits',
  summary: 'Set how many requests a minute and how much money a month an application may use',
  permission: 'operate',
  params: z.object({ name: Name }),
  body: Limits.partial().strict(),
  returns: { 200: LimitsStatus },
})

export const listAudit = route({
  name: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'List the audit log, newest first',
  permission: 'audit',
  query: Page.extend({
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, 'a cursor is the `next` of the page before')
      .optional(),
    actor: ActorId.optional(),
    /** Whole (`delivery.promote`) or the slice with its dot (`delivery.`). */
    action: z.string().optional(),
    subject: z.string().optional(),
    application: z.string().optional(),
    since: Instant.optional(),
    until: Instant.optional(),
  }),
  returns: { 200: pageOf(AuditEntry) },
})

export const verifyAudit = route({
  name: 'verifyAudit',
  method: 'GET',
  path: '/api/v1/audit/verification',
  summary: 'Check the whole audit log against its chain of digests',
  permission: 'audit',
  mcp: true,
  returns: { 200: AuditVerification },
})

export const accessRoutes = [
  getMe,
  createKey,
  listKeys,
  revokeKey,
  createActor,
  listActors,
  createSignInLink,
  signOut,
  getLimits,
  setLimits,
  listAudit,
  verifyAudit,
] as const
