/**
 * Conversations that are under way keep the release that they began with, for as long as it is live: a growing share
 * moves users between their conversations, never within one. What is rolled back, or replaced, keeps nobody.
 *
 * A conversation that began before the rollout is counted in neither arm: only those of one arm would be, and the
 * split would look broken. Kept in memory by each process; one that is lost is assigned like a new one.
 */
import type { Assignment, LiveTable } from '../core/live-table.ts'

const IDLE_MS = 30 * 60 * 1000
const MOST = 50_000

type Pin = { readonly assignment: Assignment; usedMs: number }

export type Pins = ReturnType<typeof createPins>

export function createPins({ nowMs }: { nowMs: () => number }) {
  /** In the order of their last use. */
  const pins = new Map<string, Pin>()

  return {
    /** The assignment that the conversation keeps, which is the chosen one when it begins. */
    keep(
      conversation: string,
      chosen: Assignment,
      { table, application, isUnderWay }: { table: LiveTable; application: string; isUnderWay: boolean },
    ): Assignment {
      const now = nowMs()
      const pin = pins.get(conversation)
      pins.delete(conversation)
      const isKept =
        isUnderWay &&
        pin !== undefined &&
        now - pin.usedMs < IDLE_MS &&
        pin.assignment.stage === chosen.stage &&
        isLive(table, application, pin.assignment)
      const assignment = isKept ? pin.assignment : chosen
      pins.set(conversation, { assignment, usedMs: now })
      const [oldest] = pins.keys()
      if (pins.size > MOST && oldest !== undefined) pins.delete(oldest)
      return assignment
    },
  }
}

function isLive(table: LiveTable, application: string, { stage, release }: Assignment): boolean {
  const live = table.applications[application]?.stages[stage]
  return live !== undefined && (live.release === release || live.rollout?.candidate === release)
}
