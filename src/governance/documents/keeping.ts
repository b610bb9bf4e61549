/**
 * Documents as the screen edits them. The file of the blueprint is the one place where a document stands, so what is
 * written here and what is written in an editor are the same data; each version is kept.
 */
import { z } from 'zod'
import type { Application } from '../../core/application.ts'
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { textOf } from '../../core/blueprint/files.ts'
import { DOCUMENTS } from '../../core/blueprint/schema.ts'
import { inTransaction } from '../../store/database.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import type { ServedDocument } from './contract.ts'
import { addVersion, listVersions, newestDigests } from './store.ts'
import type { DocumentKey, DocumentVersion, DocumentVersionId } from './version.ts'

export type Documents = ReturnType<typeof createDocuments>

export type DocumentsDeps = GovernanceDeps & {
  /** By the name of the document; one without a schema is taken as it is. */
  readonly documentSchemas: Readonly<Record<string, z.ZodType>>
}

export function createDocuments(deps: DocumentsDeps) {
  const { db, clock, newId, organisation } = deps

  async function get(name: string, document: DocumentKey): Promise<ServedDocument> {
    const { blueprint, bytes } = await deps.blueprintOf(name)
    const found = blueprint.documents[document]
    const value = (found?.value as Record<string, unknown> | undefined) ?? null
    return { document, value, digest: found?.digest ?? null, bytes }
  }

  return {
    get,

    schemaOf(document: DocumentKey): Record<string, unknown> {
      const schema = deps.documentSchemas[document]
      return schema
        ? { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), title: `${document}.yaml` }
        : {}
    },

    /** Throws `delivery.blueprint-invalid` with file, line and field when the value has the wrong shape. */
    async put(given: {
      name: string
      document: DocumentKey
      value: Readonly<Record<string, unknown>>
      ifMatch?: string | undefined
      by: Keeper
    }): Promise<ServedDocument> {
      const { name, document, value, ifMatch, by } = given
      const path = `${document}.yaml`
      const { files, bytes } = await deps.blueprintOf(name)
      const before = files[path]
      const file = editYaml(before === undefined ? undefined : textOf(before), value)
      if (before === undefined || textOf(before) !== file)
        await deps.putFile({ name, path, file, ifMatch: ifMatch ?? bytes, by })
      return get(name, document)
    },

    /** Keeps each document that changed; called after a blueprint was kept, whoever kept it. */
    async note({ application, by }: { application: Application; by: Keeper['actor'] }): Promise<void> {
      const of = { organisation, application: application.name }
      const known = await newestDigests(db, of)
      const changed = DOCUMENTS.flatMap((document) => {
        const now = application.documents[document]
        return now && known.get(document) !== now.digest ? [{ document, ...now }] : []
      })
      if (changed.length === 0) return
      await inTransaction(db, async (tx) => {
        for (const { document, digest, value } of changed)
          await addVersion(tx, {
            id: newId('dcv'),
            ...of,
            document,
            digest,
            value: value as Record<string, unknown>,
            createdAt: clock(),
            createdBy: by,
          })
      })
    },

    versions: (ask: {
      application: string
      document: DocumentKey
      before?: DocumentVersionId | undefined
      limit: number
    }): Promise<DocumentVersion[]> => listVersions(db, { organisation, ...ask }),
  }
}

/** The day on which the plan of the pilot became what it is; undefined where no version is kept. */
export async function pilotWrittenOn(
  { db, organisation }: Pick<GovernanceDeps, 'db' | 'organisation'>,
  application: string,
): Promise<string | undefined> {
  const [newest] = await listVersions(db, { organisation, application, document: 'pilot', limit: 1 })
  return newest?.createdAt.slice(0, 10)
}
