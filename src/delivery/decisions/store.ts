/** SQL of kept decisions, over their own tables. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { GateDefinition, GateRecord, type GateRecordId } from './row.ts'

export const own = tablesOf({ gateRecords: GateRecord, gateDefinitions: GateDefinition })

type Reader = Database | Tx

export async function addRecord(tx: Tx, record: GateRecord): Promise<void> {
  const { decision, snapshot } = record
  await own(tx)
    .insertInto('gateRecords')
    .values({ ...record, decision: json(decision), snapshot: json(snapshot) })
    .execute()
}

export const keepDefinition = async (tx: Tx, definition: GateDefinition): Promise<void> => {
  await own(tx)
    .insertInto('gateDefinitions')
    .values({ ...definition, gate: json(definition.gate) })
    .onConflict((on) => on.column('digest').doNothing())
    .execute()
}

export const findRecord = (db: Reader, id: GateRecordId): Promise<GateRecord | undefined> =>
  own(db).selectFrom('gateRecords').selectAll().where('id', '=', id).executeTakeFirst()

export const findDefinition = (db: Reader, digest: GateDefinition['digest']): Promise<GateDefinition | undefined> =>
  own(db).selectFrom('gateDefinitions').selectAll().where('digest', '=', digest).executeTakeFirst()

/** Newest first. */
export function listRecords(
  db: Reader,
  { organisation, release, into }: { organisation: string; release: GateRecord['release']; into?: GateRecord['into'] },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<GateRecord[]> {
  let query = own(db)
    .selectFrom('gateRecords')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('release', '=', release)
  if (into !== undefined) query = query.where('into', '=', into)
  if (cursor !== undefined) query = query.where('id', '<', cursor as GateRecordId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
