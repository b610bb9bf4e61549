/** Routes of advisories: what is known to be wrong with packages and models, and which of ours it is about. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { OsvAdvisory } from './osv.ts'
import { Severity } from './severity.ts'

export const StoredAdvisory = z.object({
  organisation: Organisation,
  id: z.string(),
  modified: Instant,
  withdrawn: Instant.nullable(),
  /** As it came. */
  advisory: OsvAdvisory,
  importedAt: Instant,
  importedBy: ActorId,
})
export type StoredAdvisory = z.infer<typeof StoredAdvisory>

/** Something of ours that an advisory is about. */
export const AdvisoryHit = z.object({
  kind: z.enum(['package', 'model']),
  name: z.string(),
  version: z.string().nullable(),
  /** possible: nobody can tell by its version. */
  touch: z.enum(['affected', 'possible']),
  severity: Severity,
})
export type AdvisoryHit = z.infer<typeof AdvisoryHit>

export const Advisory = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  summary: z.string(),
  severity: Severity,
  modified: Instant,
  withdrawn: Instant.nullable(),
  hits: z.array(AdvisoryHit),
  importedAt: Instant,
})
export type Advisory = z.infer<typeof Advisory>

export const importAdvisories = route({
  name: 'importAdvisories',
  method: 'POST',
  path: '/api/v1/advisories',
  summary: 'Import advisories in the OSV form: one, a list, or one a line; a newer one replaces the older',
  permission: 'operate',
  body: z.strictObject({
    /** JSON or JSON lines. */
    content: z.string().min(2),
  }),
  maxBodyBytes: 32 * 1024 * 1024,
  returns: {
    200: z.object({
      added: z.number().int(),
      updated: z.number().int(),
      /** Known already, and not newer. */
      unchanged: z.number().int(),
      hits: z.number().int(),
    }),
  },
})

export const listAdvisories = route({
  name: 'listAdvisories',
  method: 'GET',
  path: '/api/v1/advisories',
  summary: 'List advisories, with what of this installation each is about',
  permission: 'view',
  mcp: true,
  query: Page.extend({
    /** Only those about something here. */
    about: z.enum(['anything', 'ours']).default('ours'),
    model: z.string().max(300).optional(),
  }),
  returns: { 200: pageOf(Advisory).extend({ newestImport: Instant.nullable(), packages: z.number().int() }) },
})

export const deleteAdvisory = route({
  name: 'deleteAdvisory',
  method: 'DELETE',
  path: '/api/v1/advisories/:id',
  summary: 'Forget an advisory that was imported by mistake',
  permission: 'administer',
  params: z.object({ id: z.string().max(200) }),
  returns: { 204: null },
})
