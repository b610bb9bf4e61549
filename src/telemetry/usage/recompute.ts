/** Old requests, computed again: each under the price book of its day, which must give the same amount for ever. */
import { type Clock, DAY, type Instant, later } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { page } from '../../wire/route.ts'
import { type CostUnder, costAgain } from '../cost-again.ts'
import { plainMoney } from '../store.ts'
import { cursorOf, textOfCursor } from '../trace-cursor.ts'
import type { Recomputed } from '../usage-contract.ts'
import { listCharged } from './store.ts'

export type RecomputeQuery = {
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
  readonly application?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export const createRecompute =
  ({ db, clock, costUnder }: { db: Database; clock: Clock; costUnder: CostUnder }) =>
  async ({ caller, query }: { caller: Caller; query: RecomputeQuery }): Promise<Recomputed> => {
    const now = clock()
    const { since = later(now, -30 * DAY), until = later(now, 1), limit, cursor } = query
    if (caller.application !== null && query.application !== undefined) demandApplication(caller, query.application)
    const rows = await listCharged(db, {
      since,
      until,
      application: caller.application ?? query.application,
      cursor: cursor === undefined ? undefined : cursorOf(cursor),
      limit: limit + 1,
    })
    const { items, next } = page(rows, limit, textOfCursor)
    const told = await Promise.all(
      items.map(async (row) => {
        const { traceId, again, costMicroUsd, againMicroUsd, priceBook, charges } = await costAgain(
          plainMoney(row),
          costUnder,
        )
        const { at, application } = row
        const models = [...new Set(charges.map(({ model }) => model))]
        return { traceId, again, costMicroUsd, againMicroUsd, priceBook, at, application, models }
      }),
    )
    const count = (again: 'agrees' | 'differs' | 'cannot') => told.filter((one) => one.again === again).length
    return {
      checked: told.length,
      agrees: count('agrees'),
      differs: count('differs'),
      cannot: count('cannot'),
      items: told.filter(({ again }) => again !== 'agrees'),
      next,
    }
  }
