/** SQL of trials. */
import { sql } from 'kysely'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Trial, TrialAnswer, type TrialAnswerId, type TrialId, TrialLink, type TrialLinkId } from './trial.ts'

export const own = tablesOf({ trials: Trial, trialLinks: TrialLink, trialAnswers: TrialAnswer })

export async function addTrial(tx: Tx, trial: Trial): Promise<void> {
  await own(tx)
    .insertInto('trials')
    .values({ ...trial, tasks: json(trial.tasks) })
    .execute()
}

export const findTrial = (
  db: Database | Tx,
  { organisation, id }: { organisation: string; id: TrialId },
): Promise<Trial | undefined> =>
  own(db)
    .selectFrom('trials')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()

/** Newest first. */
export function listTrials(
  db: Database | Tx,
  { organisation, application }: { organisation: string; application?: string | undefined },
): Promise<Trial[]> {
  const query = own(db).selectFrom('trials').selectAll().where('organisation', '=', organisation)
  return (application === undefined ? query : query.where('application', '=', application))
    .orderBy('id', 'desc')
    .execute()
}

export async function markTrial(
  tx: Tx,
  id: TrialId,
  mark: { closedAt: Instant | null } | { blankedAt: Instant },
): Promise<void> {
  await own(tx).updateTable('trials').set(mark).where('id', '=', id).execute()
}

export async function addLinks(tx: Tx, links: readonly TrialLink[]): Promise<void> {
  await own(tx)
    .insertInto('trialLinks')
    .values([...links])
    .execute()
}

export const findLink = (db: Database | Tx, fingerprint: Digest): Promise<TrialLink | undefined> =>
  own(db).selectFrom('trialLinks').selectAll().where('fingerprint', '=', fingerprint).executeTakeFirst()

/** Counts one use; undefined when none is left, so that two at once are not both the last. */
export const useLink = (tx: Tx, fingerprint: Digest): Promise<TrialLink | undefined> =>
  own(tx)
    .updateTable('trialLinks')
    .set({ uses: sql<number>`uses + 1` })
    .where('fingerprint', '=', fingerprint)
    .where('revokedAt', 'is', null)
    .whereRef('uses', '<', 'mostUses')
    .returningAll()
    .executeTakeFirst()

export async function revokeLink(tx: Tx, id: TrialLinkId, revokedAt: Instant): Promise<void> {
  await own(tx).updateTable('trialLinks').set({ revokedAt }).where('id', '=', id).execute()
}

export const listLinks = (db: Database | Tx, trial: TrialId): Promise<TrialLink[]> =>
  own(db).selectFrom('trialLinks').selectAll().where('trial', '=', trial).orderBy('id').execute()

export async function addAnswer(tx: Tx, answer: TrialAnswer): Promise<void> {
  await own(tx)
    .insertInto('trialAnswers')
    .values({ ...answer, results: json(answer.results) })
    .execute()
}

export const listAnswers = (db: Database | Tx, trial: TrialId): Promise<TrialAnswer[]> =>
  own(db).selectFrom('trialAnswers').selectAll().where('trial', '=', trial).orderBy('id').execute()

export const listAllAnswers = (db: Database | Tx, organisation: string): Promise<TrialAnswer[]> =>
  own(db).selectFrom('trialAnswers').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

export const listAllLinks = (db: Database | Tx, organisation: string): Promise<TrialLink[]> =>
  own(db).selectFrom('trialLinks').selectAll().where('organisation', '=', organisation).orderBy('id').execute()

export const findByWithdrawal = (db: Database | Tx, withdrawal: Digest): Promise<TrialAnswer | undefined> =>
  own(db).selectFrom('trialAnswers').selectAll().where('withdrawal', '=', withdrawal).executeTakeFirst()

export async function removeAnswer(tx: Tx, id: TrialAnswerId): Promise<void> {
  await own(tx).deleteFrom('trialAnswers').where('id', '=', id).execute()
}

export async function unlabelLink(tx: Tx, id: TrialLinkId): Promise<void> {
  await own(tx).updateTable('trialLinks').set({ label: null }).where('id', '=', id).execute()
}

/** Takes names and comments away; ratings, results and counts stay. */
export async function blankTrial(tx: Tx, trial: TrialId): Promise<void> {
  await own(tx).updateTable('trialAnswers').set({ who: null, comment: null }).where('trial', '=', trial).execute()
  await own(tx).updateTable('trialLinks').set({ label: null }).where('trial', '=', trial).execute()
}
