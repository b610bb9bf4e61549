/** SQL of sandbox workspaces. */
import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { Workspace } from './workspace.ts'

export const own = tablesOf({ sandboxWorkspaces: Workspace })
type Whose = Pick<Workspace, 'organisation' | 'application'>

export async function addWorkspace(tx: Tx, workspace: Workspace): Promise<void> {
  await own(tx).insertInto('sandboxWorkspaces').values(workspace).execute()
}

export const findWorkspace = (db: Database | Tx, whose: Whose): Promise<Workspace | undefined> =>
  own(db)
    .selectFrom('sandboxWorkspaces')
    .selectAll()
    .where('organisation', '=', whose.organisation)
    .where('application', '=', whose.application)
    .executeTakeFirst()

/** By the name of the application. */
export const listWorkspaces = (db: Database | Tx, organisation: string): Promise<Workspace[]> =>
  own(db)
    .selectFrom('sandboxWorkspaces')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('application')
    .execute()

export async function markWorkspace(
  tx: Tx,
  whose: Whose,
  mark: { key: string } | { closedAt: Instant },
): Promise<void> {
  await own(tx)
    .updateTable('sandboxWorkspaces')
    .set(mark)
    .where('organisation', '=', whose.organisation)
    .where('application', '=', whose.application)
    .execute()
}

export async function removeWorkspace(tx: Tx, whose: Whose): Promise<void> {
  await own(tx)
    .deleteFrom('sandboxWorkspaces')
    .where('organisation', '=', whose.organisation)
    .where('application', '=', whose.application)
    .execute()
}
