/** A version of a dataset as the part of a manifest: rows that a blueprint names and does not hold. */
import type { DatasetPart, DatasetReference, Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import type { DatasetVersion } from './dataset.ts'
import type { ExamplesOf } from './examples-of.ts'
import { datasetPart } from './part.ts'
import { findDataset, findVersion } from './store.ts'
import { rowsOf } from './version-rows.ts'

export type ReferenceDeps = { readonly db: Database; readonly organisation: string; readonly examplesOf: ExamplesOf }

/** Throws when there is none, and when it belongs to another application. */
export async function referencedPart(
  { name, reference, application }: { name: string; reference: DatasetReference; application: string },
  { db, organisation, examplesOf, blobs }: ReferenceDeps & { readonly blobs: Pick<Blobs, 'putPieces'> },
): Promise<DatasetPart> {
  const dataset = await findDataset(db, { organisation }, reference.dataset)
  const version = dataset && (await findVersion(db, dataset.id, reference.version))
  const isOurs = dataset?.application === null || dataset?.application === application
  if (!version || !isOurs) {
    const message = !dataset
      ? `there is no dataset ${reference.dataset}`
      : isOurs
        ? `${reference.dataset} has no version ${reference.version}; its newest is ${dataset.latest}`
        : `${reference.dataset} belongs to the application ${dataset.application}`
    const remedy = '`airworthy datasets list` shows what there is.'
    const file = `datasets/${name}.yaml`
    throw new Failure('invalid', 'datasets.reference-unknown', `${file}: ${message}. ${remedy}`, {
      problems: [{ file, field: 'dataset', message, remedy }],
    })
  }
  async function* rows(of: DatasetVersion): AsyncGenerator<Example> {
    for await (const { row } of rowsOf(of, examplesOf)) yield row
  }
  return { ...(await datasetPart({ name, rows: rows(version) }, blobs)), from: reference }
}
