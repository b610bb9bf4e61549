/** SQL of class figures: which examples were asked, a page at a time. */
import { type Database, tablesOf } from '../../store/database.ts'
import { type ExperimentId, RowOutcome } from '../experiment.ts'

/** Of another slice, and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome })

const PAGE = 1_000

/** Places in the dataset, from 1, in order. */
export async function* numbersAsked(db: Database, experiment: ExperimentId): AsyncGenerator<readonly number[]> {
  let after = 0
  for (;;) {
    const page = await tables(db)
      .selectFrom('experimentRows')
      .select('exampleNumber')
      .distinct()
      .where('experiment', '=', experiment)
      .where('exampleNumber', '>', after)
      .orderBy('exampleNumber')
      .limit(PAGE)
      .execute()
    if (page.length > 0) yield page.map(({ exampleNumber }) => exampleNumber)
    after = page.at(-1)?.exampleNumber ?? after
    if (page.length < PAGE) return
  }
}
