/** Versions of datasets as others name them: by number, by digest, or by a digest alone; for lineage, and without rows. */
import type { Name } from '../../core/names.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { Database } from '../../store/database.ts'
import type { Reader } from './allowed.ts'
import { findDataset, findVersion, findVersionByDigest } from './store.ts'

type Ground = { readonly db: Database; readonly organisation: string }
export type NamedVersion = {
  readonly dataset: Name
  readonly version: number
  readonly digest: Digest
  readonly application: Name | null
}

/** A sentence where there is none that the caller may know of; without a dataset the newest of any that has the digest. */
export async function findNamedVersion(
  { db, organisation }: Ground,
  { application }: Pick<Reader, 'application'>,
  named: { dataset?: string | undefined; version?: number | undefined; digest?: Digest | undefined },
): Promise<NamedVersion | string> {
  const { dataset, version, digest } = named
  const mayKnow = (one: { readonly application: string | null }) =>
    application === null || one.application === application
  if (dataset === undefined) {
    const found = digest === undefined ? [] : await findVersionByDigest(db, { organisation, digest })
    return found.find(mayKnow) ?? `no dataset here has a version with the digest ${digest}`
  }
  const row = await findDataset(db, { organisation }, dataset)
  if (!row || !mayKnow(row)) return `there is no dataset ${dataset}`
  const { name, application: its } = row
  if (version === undefined && digest !== undefined) {
    const found = (await findVersionByDigest(db, { organisation, digest })).find((one) => one.dataset === name)
    return found ?? `no version of ${dataset} has the digest ${digest}; its newest is ${row.latest}`
  }
  const found = version === undefined ? undefined : await findVersion(db, row.id, version)
  if (!found) return `${dataset} has no version ${version}; its newest is ${row.latest}`
  if (digest !== undefined && digest !== found.digest)
    return `version ${version} of ${dataset} has the digest ${found.digest}, not ${digest}`
  return { dataset: name, version: found.number, digest: found.digest, application: its }
}

/** The files that hold the rows of a version, by digest; none for one that there is none of. */
export async function filesOfVersion(
  { db, organisation }: Ground,
  { dataset, version }: Pick<NamedVersion, 'dataset' | 'version'>,
): Promise<Digest[]> {
  const row = await findDataset(db, { organisation }, dataset)
  const found = row && (await findVersion(db, row.id, version))
  return found?.chunks.map(({ file }) => file) ?? []
}
