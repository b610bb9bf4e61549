/** SQL of feedback as it is given and shown. */

import type { ContentSeal } from '../../kernel/content-seal.ts'
import { type Database, json, type Tx } from '../../store/database.ts'
import type { Feedback } from '../contract.ts'
import { closeFeedback, openFeedback } from '../sealing/index.ts'
import type { TraceId } from '../settled.ts'
import { own } from '../store.ts'

export async function addFeedback(tx: Tx, feedback: Feedback, seal: ContentSeal | undefined): Promise<void> {
  const isSaid = feedback.comment !== null || feedback.correction !== null
  const row = seal?.isOn && isSaid ? closeFeedback(feedback, seal) : { ...feedback, sealed: null }
  await own(tx)
    .insertInto('feedback')
    .values({ ...row, value: json(row.value) })
    .execute()
}

/** All that was ever said about a trace, oldest first. */
export async function feedbackOf(db: Database, traceId: TraceId, seal: ContentSeal | undefined): Promise<Feedback[]> {
  const rows = await own(db).selectFrom('feedback').selectAll().where('traceId', '=', traceId).orderBy('id').execute()
  return rows.map((row) => openFeedback(row, seal))
}
