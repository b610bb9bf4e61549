/** HTTP of documents. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import { getDocument, getDocumentSchema, listDocumentVersions, putDocument } from './contract.ts'
import type { Documents } from './keeping.ts'

export const documentsHttp = (documents: Documents): Mounted[] => [
  handle(getDocument, async ({ params: { name, document }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await documents.get(name, document))
  }),
  handle(putDocument, async ({ params: { name, document }, body, caller, request }) => {
    demandApplication(caller, name)
    const ifMatch = request.headers.get('if-match')?.replaceAll('"', '') || undefined
    return reply(200, await documents.put({ name, document, value: body.value, ifMatch, by: caller }))
  }),
  handle(listDocumentVersions, async ({ params: { name, document }, query: { cursor, limit }, caller }) => {
    demandApplication(caller, name)
    const found = await documents.versions({ application: name, document, before: cursor, limit: limit + 1 })
    return reply(
      200,
      page(found, limit, ({ id }) => id),
    )
  }),
  handle(getDocumentSchema, async ({ params: { document } }) => reply(200, documents.schemaOf(document))),
]
