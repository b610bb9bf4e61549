/**
 * What runs on the side of a rollout may cost so much: a shadow asks the candidate, scores ask evaluators. Counted in
 * the database, so that several processes share one cap.
 *
 * Invariant: no run begins when what was spent has reached the cap, or when a run had no known price; what is under way
 * at that moment may go past it.
 */
import { isOpen, type Rollout, type RolloutId } from '../../core/rollout.ts'
import { type MicroUsd, microUsd, NOTHING, picoOf } from '../../kernel/money.ts'
import type { Database } from '../../store/database.ts'
import type { SidePurpose, SideRow } from './rows.ts'
import { countSide, findRollout, findSide } from './store.ts'

const MICRO_PER_USD = 1_000_000n

export function createSides({ db }: { db: Database }) {
  const sideOf = (purpose: SidePurpose, capOf: (rollout: Rollout) => string | undefined) => ({
    async mayRun(id: RolloutId): Promise<boolean> {
      const rollout = await findRollout(db, id)
      const cap = rollout && capOf(rollout)
      if (cap === undefined) return false
      const { unpriced = 0, costMicroUsd = NOTHING } = (await findSide(db, id, purpose)) ?? {}
      return unpriced === 0 && picoOf(costMicroUsd) < picoOf(microUsd(picoOf(cap) * MICRO_PER_USD))
    },

    /** A run with its cost, which is null when nobody knows the price. */
    ran: (rollout: RolloutId, costMicroUsd: MicroUsd | null): Promise<void> =>
      countSide(db, {
        ...{ rollout, purpose, runs: 1, ...LEFT_IN, unpriced: costMicroUsd === null ? 1 : 0 },
        costMicroUsd: costMicroUsd ?? NOTHING,
      }),

    skipped: (rollout: RolloutId): Promise<void> =>
      countSide(db, { ...{ rollout, purpose }, ...NONE, skipped: 1, unpriced: 0 }),

    /** Left out because a cap of the application is reached, with what was paid before that was known. */
    capped: (rollout: RolloutId, costMicroUsd: MicroUsd | null = NOTHING): Promise<void> =>
      countSide(db, {
        ...{ rollout, purpose, runs: 0, skipped: 1, capped: 1, unpriced: costMicroUsd === null ? 1 : 0 },
        costMicroUsd: costMicroUsd ?? NOTHING,
      }),
  })
  return {
    shadows: sideOf('shadow', ({ state, plan }) => (state === 'running' ? plan.shadow?.usd : undefined)),
    scores: sideOf('scores', (rollout) => (isOpen(rollout) ? rollout.plan.scores?.usd : undefined)),
  }
}

/** As it is shown: nothing yet where nothing ran. */
export const shownSide = ({
  runs,
  skipped,
  capped,
  costMicroUsd,
}: Pick<SideRow, 'runs' | 'skipped' | 'capped' | 'costMicroUsd'> = NONE) => ({
  ...{ runs, skipped, capped, costMicroUsd },
})

const LEFT_IN = { skipped: 0, capped: 0 }
const NONE = { runs: 0, ...LEFT_IN, costMicroUsd: NOTHING }
