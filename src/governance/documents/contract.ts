/** Routes of documents: read one as it stands, write it without losing what people wrote, and see what it was before. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { DocumentKey, DocumentVersion, DocumentVersionId } from './version.ts'

const one = z.object({ name: Name, document: DocumentKey })

export const ServedDocument = z.object({
  document: DocumentKey,
  /** Null when the blueprint has no such file. */
  value: z.record(z.string(), z.unknown()).nullable(),
  digest: Digest.nullable(),
  /** Over the bytes of the whole blueprint; sent as `If-Match` it keeps others' changes from being lost. */
  bytes: Digest,
})
export type ServedDocument = z.infer<typeof ServedDocument>

export const getDocument = route({
  name: 'getDocument',
  method: 'GET',
  path: '/api/v1/applications/:name/documents/:document',
  summary: 'Read a document that people answer for, such as the charter',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: ServedDocument },
})

export const putDocument = route({
  name: 'putDocument',
  method: 'PUT',
  path: '/api/v1/applications/:name/documents/:document',
  summary: 'Write a document into the blueprint; comments and order in its file stay',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({ value: z.record(z.string(), z.unknown()) }),
  returns: { 200: ServedDocument },
})

export const listDocumentVersions = route({
  name: 'listDocumentVersions',
  method: 'GET',
  path: '/api/v1/applications/:name/documents/:document/versions',
  summary: 'List what a document was, the newest first',
  permission: 'view',
  params: one,
  query: Page.extend({ cursor: DocumentVersionId.optional() }),
  returns: { 200: pageOf(DocumentVersion) },
})

export const getDocumentSchema = route({
  name: 'getDocumentSchema',
  method: 'GET',
  path: '/api/v1/document-schemas/:document',
  summary: 'Read the JSON schema of a document, for editors and other programs',
  permission: 'view',
  params: z.object({ document: DocumentKey }),
  returns: { 200: z.record(z.string(), z.unknown()) },
})
