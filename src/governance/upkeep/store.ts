/** SQL of upkeep. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Review, type ReviewId } from './review.ts'

export const own = tablesOf({ reviews: Review })

const written = ({ sheet, notes, people, actions, ...rest }: Review) => ({
  ...rest,
  sheet: json(sheet),
  notes: json(notes),
  people: json(people),
  actions: json(actions),
})

export async function addReview(tx: Tx, review: Review): Promise<void> {
  await own(tx).insertInto('reviews').values(written(review)).execute()
}

export async function changeReview(tx: Tx, review: Review): Promise<void> {
  await own(tx).updateTable('reviews').set(written(review)).where('id', '=', review.id).execute()
}

export const lockReview = (
  tx: Tx,
  { organisation, id }: { organisation: string; id: ReviewId },
): Promise<Review | undefined> =>
  own(tx)
    .selectFrom('reviews')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Of one application, or of all; newest first. */
export function listReviews(
  db: Database | Tx,
  { organisation, application }: { organisation: string; application?: string | undefined },
): Promise<Review[]> {
  const query = own(db).selectFrom('reviews').selectAll().where('organisation', '=', organisation)
  return (application === undefined ? query : query.where('application', '=', application))
    .orderBy('id', 'desc')
    .execute()
}
