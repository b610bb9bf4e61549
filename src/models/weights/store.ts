/** All SQL of weights. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Weights, type WeightsId } from './contract.ts'

export const weightsTables = tablesOf({ modelWeights: Weights })

export const listWeightsRows = (db: Database, organisation: string): Promise<Weights[]> =>
  weightsTables(db)
    .selectFrom('modelWeights')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id', 'desc')
    .execute()

export async function addWeights(tx: Tx, weights: Weights): Promise<void> {
  const { files, signature, problems, expected, trustedIdentity } = weights
  await weightsTables(tx)
    .insertInto('modelWeights')
    .values({
      ...weights,
      files: json(files),
      signature: json(signature),
      problems: json(problems),
      expected: json(expected),
      trustedIdentity: trustedIdentity && json(trustedIdentity),
    })
    .execute()
}

type Inspected = Pick<Weights, 'state' | 'digest' | 'bytes' | 'files' | 'signature' | 'problems' | 'inspectedAt'>

export async function saveInspection(tx: Tx, id: WeightsId, inspected: Inspected): Promise<void> {
  const { files, signature, problems } = inspected
  await weightsTables(tx)
    .updateTable('modelWeights')
    .set({ ...inspected, files: json(files), signature: json(signature), problems: json(problems) })
    .where('id', '=', id)
    .execute()
}

export async function deleteWeights(tx: Tx, id: WeightsId): Promise<void> {
  await weightsTables(tx).deleteFrom('modelWeights').where('id', '=', id).execute()
}
