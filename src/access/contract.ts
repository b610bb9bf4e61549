/** The routes of access: who is asking, keys, actors, sign-in links, limits and the audit log. */
import { z } from 'zod'
import { ActorId, Permission, Role } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Stage } from '../core/stage.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { Actor, SignInName } from './actor.ts'
import { AuditEntry, AuditVerification } from './audit-entry.ts'
import { Key, KeyId } from './key.ts'
import { Limits } from './limits.ts'
import { SessionId, ShownSession } from './session.ts'

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

/** Up to ten years. */
const Hours = z.number().positive().max(87_660)

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
    /** What its direct use of models counts as; beyond the sandbox only approved ones answer. Sandbox when not said. */
    stage: Stage.optional(),
    team: z.string().min(1).max(100).optional(),
    limits: Limits.partial().optional(),
    /** The part of what its role may do; all of it when not said. `["infer"]` is a key for the gateway alone. */
    permissions: z.array(Permission).min(1).optional(),
    /** When it ends: at an instant, or so many hours from now by the server's clock. Never when not said. */
    expiresAt: Instant.optional(),
    expiresInHours: Hours.optional(),
  }),
  returns: { 201: z.object({ id: KeyId, secret: z.string(), key: Key }) },
})

export const rotateKey = route({
  name: 'rotateKey',
  method: 'POST',
  path: '/api/v1/keys/:key/rotations',
  summary: 'Give a key a new text that works at once; the one before works until a time that you choose',
  permission: 'administer',
  params: z.object({ key: KeyId }),
  body: z.strictObject({
    /** A day from now when not said; a time that has passed ends the old text at once. */
    previousUntil: Instant.optional(),
    /** The same in hours from now by the server's clock; 0 ends the old text at once. */
    overlapHours: Hours.or(z.literal(0)).optional(),
  }),
  returns: { 200: z.object({ id: KeyId, secret: z.string(), key: Key }) },
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
  body: z.strictObject({
    name: z.string().min(1).max(100),
    role: Role,
    example: z.boolean().default(false),
    /** What they type to sign in with a password; without it they come by link or by the organisation's sign-on. */
    signInName: SignInName.optional(),
  }),
  returns: { 201: Actor },
})

export const updateActor = route({
  name: 'updateActor',
  method: 'PUT',
  path: '/api/v1/actors/:actor',
  summary: 'Change the name or role of a person or program, or take its right to act away',
  permission: 'administer',
  params: z.object({ actor: ActorId }),
  body: z.strictObject({
    name: z.string().min(1).max(100).optional(),
    role: Role.optional(),
    signInName: SignInName.nullable().optional(),
    /** False ends all sessions and refuses all keys of this actor until it is true again. */
    mayAct: z.boolean().optional(),
  }),
  returns: { 200: Actor },
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

export const listSessions = route({
  name: 'listSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  summary: 'List your own browser sessions, or everybody’s for an owner',
  permission: 'view',
  query: z.object({
    /** `true` lists those of all people, which takes the permission administer. */
    everybody: z.enum(['true', 'false']).default('false'),
  }),
  returns: { 200: z.object({ items: z.array(ShownSession) }) },
})

export const endSession = route({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/v1/sessions/:session',
  summary: 'End a browser session: one of your own, or anybody’s for an owner',
  permission: 'view',
  params: z.object({ session: SessionId }),
  returns: { 204: null },
})

export const endOtherSessions = route({
  name: 'endOtherSessions',
  method: 'DELETE',
  path: '/api/v1/sessions',
  summary: 'End all your browser sessions but the one that asks',
  permission: 'view',
  returns: { 200: z.object({ ended: z.number().int() }) },
})

/** What narrows the audit log. */
const AuditQuery = z.object({
  actor: ActorId.optional(),
  /** Whole (`delivery.promote`) or the slice with its dot (`delivery.`). */
  action: z.string().optional(),
  subject: z.string().optional(),
  application: z.string().optional(),
  since: Instant.optional(),
  until: Instant.optional(),
})

export const listAudit = route({
  name: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'List the audit log, newest first',
  permission: 'audit',
  query: AuditQuery.extend({
    ...Page.shape,
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, 'a cursor is the `next` of the page before')
      .optional(),
  }),
  returns: { 200: pageOf(AuditEntry) },
})

export const exportAudit = route({
  name: 'exportAudit',
  method: 'GET',
  path: '/api/v1/audit/export',
  summary: 'Read the audit log as JSON lines, oldest first, as one stream',
  permission: 'audit',
  query: AuditQuery,
  raw: 'bytes',
  returns: { 200: AuditEntry },
})

export const acceptAudit = route({
  name: 'acceptAudit',
  method: 'PUT',
  path: '/api/v1/audit/anchor',
  summary: 'Accept the audit log as it is after a restore; the reason and what was found stand in the log',
  permission: 'administer',
  body: z.strictObject({
    reason: z.string().trim().min(10, 'say in at least 10 characters why the log may differ from its anchor'),
  }),
  returns: { 200: AuditVerification },
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
