/**
 * The live table in memory: read from the database at the start and after each change, swapped whole.
 *
 * Invariant: a table never gives way to an older one, whichever of two readings ends first.
 */
import type { LiveTable } from '../core/live-table.ts'
import type { Database } from '../store/database.ts'
import { listOpenRollouts, shareOf } from './rollouts/index.ts'
import { listLiveStages, readLiveVersion } from './store.ts'

export type Live = Awaited<ReturnType<typeof createLive>>

export async function createLive({ db, organisation }: { db: Database; organisation: string }) {
  let table = await read()
  const listeners = new Set<(table: LiveTable) => void>()

  async function read(): Promise<LiveTable> {
    const version = await readLiveVersion(db, organisation)
    const stages = await listLiveStages(db, organisation)
    const rollouts = await listOpenRollouts(db, organisation)
    const applications: LiveTable['applications'] = {}
    for (const { application, stage, release } of stages) {
      const rollout = rollouts.find((one) => one.application === application && one.stage === stage)
      const entry = applications[application] ?? { stages: {} }
      applications[application] = entry
      entry.stages[stage] = {
        release,
        rollout: rollout
          ? { id: rollout.id, candidate: rollout.candidate, share: shareOf(rollout), salt: rollout.salt }
          : null,
      }
    }
    return { version, applications }
  }

  return {
    current: (): LiveTable => table,
    /** Calls the listener with each new table until the returned function is called. */
    onChange(listener: (table: LiveTable) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** After the commit of what raised the version. */
    async refresh(): Promise<void> {
      const next = await read()
      if (next.version <= table.version) return
      table = next
      for (const listener of listeners) listener(next)
    },
  }
}
