/** What trials keep of people: who was asked, and what they said. It goes when they ask for it. */
import { mentions } from '../../core/data-subject.ts'
import type { Database } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import { rowsPlace } from '../person-place.ts'
import { listAllAnswers, listAllLinks, removeAnswer, unlabelLink } from './store.ts'

export const trialPlaces = (db: Database, organisation: string): PersonalPlace[] => [
  rowsPlace({
    db,
    name: 'answers of trials',
    fate: 'remove',
    find: async (sought) =>
      (await listAllAnswers(db, organisation)).filter(
        ({ who, comment, at }) => at < sought.before && mentions(sought, [who, comment]),
      ),
    applicationOf: () => null,
    act: (tx, { id }) => removeAnswer(tx, id),
  }),
  rowsPlace({
    db,
    name: 'links of trials',
    fate: 'replace',
    find: async (sought) =>
      (await listAllLinks(db, organisation)).filter(
        ({ label, createdAt }) => createdAt < sought.before && mentions(sought, label),
      ),
    applicationOf: () => null,
    act: (tx, { id }) => unlabelLink(tx, id),
  }),
]
