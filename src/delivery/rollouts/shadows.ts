/**
 * What a shadow may cost: counted in the database, so that several processes share one cap.
 *
 * Invariant: no run begins when what was spent has reached the cap, or when a run had no known price; what is under way
 * at that moment may go past it.
 */
import type { RolloutId } from '../../core/rollout.ts'
import { type MicroUsd, microUsd, NOTHING, picoOf } from '../../kernel/money.ts'
import type { Database } from '../../store/database.ts'
import type { ShadowRow } from './rows.ts'
import { countShadow, findRollout, findShadow } from './store.ts'

const MICRO_PER_USD = 1_000_000n

export const createShadows = ({ db }: { db: Database }) => ({
  find: (id: RolloutId): Promise<ShadowRow | undefined> => findShadow(db, id),

  async mayRun(id: RolloutId): Promise<boolean> {
    const rollout = await findRollout(db, id)
    const cap = rollout?.state === 'running' ? rollout.plan.shadow?.usd : undefined
    if (cap === undefined) return false
    const { unpriced = 0, costMicroUsd = NOTHING } = (await findShadow(db, id)) ?? {}
    return unpriced === 0 && picoOf(costMicroUsd) < picoOf(microUsd(picoOf(cap) * MICRO_PER_USD))
  },

  /** A run with its cost, which is null when nobody knows the price. */
  ran: (id: RolloutId, costMicroUsd: MicroUsd | null): Promise<void> =>
    countShadow(db, {
      rollout: id,
      runs: 1,
      skipped: 0,
      unpriced: costMicroUsd === null ? 1 : 0,
      costMicroUsd: costMicroUsd ?? NOTHING,
    }),

  skipped: (id: RolloutId): Promise<void> =>
    countShadow(db, { rollout: id, runs: 0, skipped: 1, unpriced: 0, costMicroUsd: NOTHING }),
})
