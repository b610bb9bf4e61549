/** What webhooks keep of people: payloads that were sent to other servers. Names of people stand in reasons, if anywhere. */
import { mentions, type Sought } from '../core/data-subject.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { likePatterns, type PersonalPlace } from '../store/personal-data.ts'
import { listPersonDeliveries, removeDelivery } from './store.ts'

export function deliveriesPlace(db: Database): PersonalPlace {
  const theirs = async (sought: Sought) =>
    (await listPersonDeliveries(db, { patterns: likePatterns(sought), before: sought.before })).filter(({ payload }) =>
      mentions(sought, JSON.parse(payload)),
    )
  return {
    name: 'webhook deliveries',
    async *find(sought) {
      for (const { application, payload } of await theirs(sought))
        yield { fate: 'remove', application, content: JSON.parse(payload) }
    },
    async remove(sought, count) {
      for (const { id } of await theirs(sought))
        await inTransaction(db, async (tx) => {
          await removeDelivery(tx, id)
          await count(tx, 'remove', 1)
        })
    },
  }
}
