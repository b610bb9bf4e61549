/** Routes of the dossier. */
import { z } from 'zod'
import { ReleaseId } from '../../core/release.ts'
import { route } from '../../wire/route.ts'

export const exportDossier = route({
  name: 'exportDossier',
  method: 'GET',
  path: '/api/v1/releases/:id/dossier',
  summary: 'Everything on a release in one signed archive, which `airworthy dossier verify` checks without a server',
  permission: 'audit',
  params: z.object({ id: ReleaseId }),
  query: z.object({
    as: z.enum(['json', 'html']).default('json').describe('json: the signed archive. html: its print, to read.'),
  }),
  raw: 'bytes',
  gives: ['application/json', 'text/html'],
  returns: { 200: null },
})

export const listDossierSections = route({
  name: 'listDossierSections',
  method: 'GET',
  path: '/api/v1/releases/:id/dossier/sections',
  summary: 'What a dossier of this release would hold, section by section, without its contents',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: {
    200: z.object({
      items: z.array(z.object({ name: z.string(), title: z.string(), entries: z.array(z.string()) })),
    }),
  },
})
