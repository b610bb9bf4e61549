/** What training keeps of people: their records, and that they are to learn. All of it goes when they ask for it. */
import type { Sought } from '../../core/data-subject.ts'
import type { Database } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import { rowsPlace } from '../person-place.ts'
import { personKey } from './record.ts'
import { listAllTrainingRecords, listLearners, removeLearner, removeRecord } from './store.ts'

export const trainingPlaces = (db: Database, organisation: string): PersonalPlace[] => [
  rowsPlace({
    db,
    name: 'training records',
    fate: 'remove',
    find: async (sought) =>
      (await listAllTrainingRecords(db, organisation)).filter(
        (one) => one.importedAt < sought.before && isTheirs(one, sought),
      ),
    applicationOf: () => null,
    act: (tx, { id }) => removeRecord(tx, id),
  }),
  rowsPlace({
    db,
    name: 'people who are to learn',
    fate: 'remove',
    find: async (sought) =>
      (await listLearners(db, { organisation })).filter(
        (one) => one.createdAt < sought.before && isTheirs(one, sought),
      ),
    applicationOf: ({ application }) => application,
    act: (tx, { id }) => removeLearner(tx, id),
  }),
]

const isTheirs = ({ person }: { person: string }, { user, identifiers }: Sought): boolean =>
  [...identifiers, ...(user === null ? [] : [user])].some((text) => personKey(text) === personKey(person))
