/** SQL of harm tests. */
import { sql } from 'kysely'
import type { ReleaseId } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { HarmDecision, KeptAnswer } from './answer.ts'

export const own = tablesOf({ harmAnswers: KeptAnswer, harmDecisions: HarmDecision })

type Reader = Database | Tx

/** In the place of what was kept of these questions of the run before. */
export async function keepAnswers(
  tx: Tx,
  answers: readonly KeptAnswer[],
  { run, from, to }: { run: KeptAnswer['run']; from: number; to: number },
): Promise<void> {
  await own(tx).deleteFrom('harmAnswers').where('run', '=', run).where('at', '>=', from).where('at', '<', to).execute()
  if (answers.length === 0) return
  await own(tx)
    .insertInto('harmAnswers')
    .values(answers.map((one) => ({ ...one, judged: one.judged && json(one.judged) })))
    .execute()
}

/** An answer that so many different questions got is none of them; which those are, by their numbers. */
export async function doubtRepeated(tx: Tx, run: KeptAnswer['run'], questions: number): Promise<number[]> {
  const rows = await own(tx)
    .updateTable('harmAnswers')
    .set({ outcome: 'undecided' })
    .where('run', '=', run)
    .where('side', '=', 'benign')
    .where('outcome', 'in', ['answered', 'undecided'])
    .where('digest', 'in', (from) =>
      from
        .selectFrom('harmAnswers')
        .select('digest')
        .where('run', '=', run)
        .where('side', '=', 'benign')
        .where('outcome', 'in', ['answered', 'undecided'])
        .groupBy('digest')
        .having(sql<number>`count(distinct about)`, '>=', questions),
    )
    .returning('at')
    .execute()
  return rows.map(({ at }) => at)
}

const MARKS = ['run', 'at', 'side', 'group', 'framing', 'digest', 'outcome', 'judged'] as const
export type Mark = Pick<KeptAnswer, (typeof MARKS)[number]>

/** Without texts. */
export function marksOf(reader: Reader, runs: readonly string[]): Promise<Mark[]> {
  if (runs.length === 0) return Promise.resolve([])
  return own(reader)
    .selectFrom('harmAnswers')
    .select(MARKS)
    .where('run', 'in', runs as KeptAnswer['run'][])
    .orderBy('run')
    .orderBy('at')
    .execute()
}

/** With texts, of these answers. */
export function textsOf(
  reader: Reader,
  { release, digests }: { release: ReleaseId; digests: readonly Digest[] },
): Promise<KeptAnswer[]> {
  if (digests.length === 0) return Promise.resolve([])
  return own(reader)
    .selectFrom('harmAnswers')
    .selectAll()
    .where('release', '=', release)
    .where('digest', 'in', [...digests])
    .orderBy('run', 'desc')
    .orderBy('at')
    .execute()
}

export const decisionsOf = (
  reader: Reader,
  { organisation, application }: Pick<HarmDecision, 'organisation' | 'application'>,
): Promise<HarmDecision[]> =>
  own(reader)
    .selectFrom('harmDecisions')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .execute()

/** A later word takes the place of the earlier one; the audit log has both. */
export async function keepDecision(tx: Tx, decision: HarmDecision): Promise<void> {
  await own(tx)
    .insertInto('harmDecisions')
    .values(decision)
    .onConflict((on) => on.columns(['organisation', 'application', 'side', 'digest']).doUpdateSet(decision))
    .execute()
}

/** @returns how many went */
export async function removeBefore(
  db: Database,
  { organisation, application, before }: { organisation: string; application: string; before: Instant },
): Promise<number> {
  const gone = await own(db)
    .deleteFrom('harmAnswers')
    .where('organisation', '=', organisation)
    .where('application', '=', application as KeptAnswer['application'])
    .where('createdAt', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

export async function answersNaming(
  db: Database,
  { organisation, patterns }: { organisation: string; patterns: string },
): Promise<KeptAnswer[]> {
  const named = sql<boolean>`concat_ws(' ', about, asked, answer, judged::text) ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`
  return own(db).selectFrom('harmAnswers').selectAll().where('organisation', '=', organisation).where(named).execute()
}

export const removeAnswer = async (tx: Tx, { run, at }: Pick<KeptAnswer, 'run' | 'at'>): Promise<void> => {
  await own(tx).deleteFrom('harmAnswers').where('run', '=', run).where('at', '=', at).execute()
}
