/** SQL of the versions of documents. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { type DocumentKey, DocumentVersion, type DocumentVersionId } from './version.ts'

export const own = tablesOf({ documentVersions: DocumentVersion })

type Of = { organisation: string; application: string }

/** The digest of the newest version of each document. */
export async function newestDigests(
  db: Database | Tx,
  { organisation, application }: Of,
): Promise<Map<string, string>> {
  const rows = await own(db)
    .selectFrom('documentVersions')
    .select(['document', 'digest'])
    .distinctOn('document')
    .where('organisation', '=', organisation)
    .where('application', '=', application as DocumentVersion['application'])
    .orderBy('document')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map(({ document, digest }) => [document, digest]))
}

export async function addVersion(tx: Tx, version: DocumentVersion): Promise<void> {
  await own(tx)
    .insertInto('documentVersions')
    .values({ ...version, value: json(version.value) })
    .execute()
}

export function listVersions(
  db: Database | Tx,
  {
    organisation,
    application,
    document,
    before,
    limit,
  }: Of & { document: DocumentKey; before?: DocumentVersionId | undefined; limit: number },
): Promise<DocumentVersion[]> {
  let query = own(db)
    .selectFrom('documentVersions')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application as DocumentVersion['application'])
    .where('document', '=', document)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
