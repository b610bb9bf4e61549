/** SQL of incidents. */
import { sql } from 'kysely'
import type { ReleaseId } from '../../core/release.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Incident, type IncidentId, type IncidentSeverity, type IncidentState } from './incident.ts'

export const own = tablesOf({ incidents: Incident })

export type IncidentFilter = {
  readonly application?: string | undefined
  readonly state?: IncidentState | undefined
  readonly severity?: IncidentSeverity | undefined
  readonly trace?: string | undefined
  readonly fixedBy?: ReleaseId | undefined
}

const written = ({ harms, traces, timeline, reports, fix, ...rest }: Incident) => ({
  ...rest,
  harms: json(harms),
  traces: json(traces),
  timeline: json(timeline),
  reports: json(reports),
  fix: fix === null ? null : json(fix),
})

export async function addIncident(tx: Tx, incident: Incident): Promise<void> {
  await own(tx).insertInto('incidents').values(written(incident)).execute()
}

export async function changeIncident(tx: Tx, incident: Incident): Promise<void> {
  await own(tx).updateTable('incidents').set(written(incident)).where('id', '=', incident.id).execute()
}

export const findIncident = (
  db: Database | Tx,
  { organisation, id }: { organisation: string; id: IncidentId },
): Promise<Incident | undefined> =>
  own(db)
    .selectFrom('incidents')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()

/** The same, and nobody else changes it until the transaction ends. */
export const lockIncident = (
  tx: Tx,
  { organisation, id }: { organisation: string; id: IncidentId },
): Promise<Incident | undefined> =>
  own(tx)
    .selectFrom('incidents')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Newest first. */
export function listIncidents(
  db: Database | Tx,
  organisation: string,
  { application, state, severity, trace, fixedBy }: IncidentFilter,
  { before, limit }: { before?: IncidentId | undefined; limit: number },
): Promise<Incident[]> {
  let query = own(db).selectFrom('incidents').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (severity !== undefined) query = query.where('severity', '=', severity)
  if (trace !== undefined) query = query.where(sql<boolean>`traces ? ${trace}`)
  if (fixedBy !== undefined) query = query.where(sql<boolean>`fix ->> 'release' = ${fixedBy}`)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
