/** SQL of corpus figures: what was answered, a page at a time. */
import { type SqlBool, sql } from 'kysely'
import { type Database, tablesOf } from '../../store/database.ts'
import { type ExperimentId, RowOutcome } from '../experiment.ts'

/** Of another slice, and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome })

const PAGE = 200

export type AnswerRow = Pick<RowOutcome, 'arm' | 'example' | 'exampleNumber' | 'repeat' | 'answer' | 'error'>

/** In the order of the dataset. */
export async function* answersOf(db: Database, experiment: ExperimentId): AsyncGenerator<readonly AnswerRow[]> {
  let after: AnswerRow | undefined
  for (;;) {
    let query = tables(db)
      .selectFrom('experimentRows')
      .select(['arm', 'example', 'exampleNumber', 'repeat', 'answer', 'error'])
      .where('experiment', '=', experiment)
    if (after)
      query = query.where(
        sql<SqlBool>`(example_number, arm, repeat) > (${after.exampleNumber}::int, ${after.arm}, ${after.repeat}::int)`,
      )
    const page = await query.orderBy('exampleNumber').orderBy('arm').orderBy('repeat').limit(PAGE).execute()
    if (page.length > 0) yield page
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}
