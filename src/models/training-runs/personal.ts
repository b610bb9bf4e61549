/** What training runs keep of people: words in notes, sources and settings. The figures, ids and digests stay. */
import { blanked, mentions, type Sought } from '../../core/data-subject.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import { listRunRows, rewordRunRow } from './store.ts'
import type { TrainingRun } from './training-run.ts'

type Deps = {
  readonly db: Database
  readonly organisation: string
  /** Runs are in memory, too. */
  readonly reload: () => Promise<void>
}

export function trainingRunPlace({ db, organisation, reload }: Deps): PersonalPlace {
  const theirs = async (sought: Sought): Promise<TrainingRun[]> =>
    (await listRunRows(db, organisation)).filter(
      (run) => run.recordedAt < sought.before && mentions(sought, wordsOf(run)),
    )
  return {
    name: 'training runs',
    async *find(sought) {
      for (const run of await theirs(sought)) yield { fate: 'replace', application: null, content: wordsOf(run) }
    },
    async remove(sought, count) {
      for (const run of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await rewordRunRow(tx, { ...run, ...blanked(wordsOf(run), sought) })
          await count(tx, 'replace', 1)
        })
      await reload()
    },
  }
}

/** All that is said freely. */
const wordsOf = (run: TrainingRun) => {
  const { base, teacher, datasets, code, parameters, frameworks, hardware, figures, weights, note, mlflowRun } = run
  return { base, teacher, datasets, code, parameters, frameworks, hardware, figures, weights, note, mlflowRun }
}
