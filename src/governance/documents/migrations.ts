/** Tables of documents: each version that a document had. */
import { migration, type SliceMigrations } from '../../store/migrate.ts'

export const documentMigrations: SliceMigrations = {
  slice: 'governance-documents',
  steps: [
    migration(
      '001-document-versions',
      `create table document_versions (
        id text primary key, organisation text not null, application text not null, document text not null,
        digest text not null, value jsonb not null, created_at timestamptz not null, created_by text not null)`,
      `create index document_versions_newest on document_versions (organisation, application, document, id desc)`,
    ),
  ],
}
