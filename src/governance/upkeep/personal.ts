/** What reviews keep of people: names of who took part or sees to something, and words. What names the person is replaced. */
import { blanked, mentions } from '../../core/data-subject.ts'
import type { Database } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import { rowsPlace } from '../person-place.ts'
import type { Review } from './review.ts'
import { changeReview, listReviews } from './store.ts'

export const reviewPlaces = (db: Database, organisation: string): PersonalPlace[] => [
  rowsPlace({
    db,
    name: 'reviews',
    fate: 'replace',
    find: async (sought) =>
      (await listReviews(db, { organisation })).filter(
        (one) => one.heldAt < sought.before && mentions(sought, wordsOf(one)),
      ),
    applicationOf: ({ application }) => application,
    act: (tx, row, sought) => changeReview(tx, { ...row, ...blanked(wordsOf(row), sought) }),
  }),
]

const wordsOf = ({ notes, reasons, people, actions }: Review) => ({ notes, reasons, people, actions })
