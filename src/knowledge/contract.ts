/** Routes of knowledge: read a passage that an answer cites, try a search, and see what each document gave. */
import { z } from 'zod'
import { ReleaseId } from '../core/release.ts'
import { route } from '../wire/route.ts'
import { DocumentProfile } from './document-profile.ts'
import { FoundPassage, Passage } from './passage.ts'

export const getPassage = route({
  name: 'getPassage',
  method: 'GET',
  path: '/api/v1/releases/:id/passages/:passage',
  summary: 'Read one passage of the index of a release, for example one that an answer cites',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId, passage: z.string().min(1) }),
  returns: { 200: Passage },
})

export const searchPassages = route({
  name: 'searchPassages',
  method: 'GET',
  path: '/api/v1/releases/:id/search',
  summary: 'Search the index of a release as its flow does',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  query: z.object({
    q: z.string().min(1).max(4000),
    k: z.coerce.number().int().min(1).max(100).default(10),
  }),
  returns: {
    200: z.object({
      items: z.array(FoundPassage),
      index: z.object({ analyser: z.string(), passages: z.number().int() }),
    }),
  },
})

export const listDocuments = route({
  name: 'listDocuments',
  method: 'GET',
  path: '/api/v1/releases/:id/documents',
  summary: 'What each document of a release gave: its format, who read it, and the passages that it became',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ items: z.array(DocumentProfile) }) },
})
