/**
 * The live table in memory: read from the database at the start and after each change, swapped whole.
 *
 * Invariants: a table never gives way to an older one, whichever of two readings ends first; every release that a
 * table names is in memory with it, and those of the table before stay for the requests that it has sent on their way.
 */
import type { LiveTable } from '../core/live-table.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { Database } from '../store/database.ts'
import { type Remember, readOnly } from '../store/remember.ts'
import { listOpenRollouts, shareOf } from './rollouts/index.ts'
import { findReleases, listLiveDocuments, listLiveStages, readLiveVersion } from './store.ts'

export type Live = Awaited<ReturnType<typeof createLive>>

export async function createLive({
  db,
  organisation,
  remember = readOnly,
}: {
  db: Database
  organisation: string
  remember?: Remember | undefined
}) {
  const first = await remember('live', async () => {
    const read = await readTable()
    return { table: read, releases: [...(await load(namedIn(read), new Map())).values()] }
  })
  let table = first.table
  let before = new Set<ReleaseId>()
  let releases: ReadonlyMap<ReleaseId, Release> = new Map(first.releases.map((release) => [release.id, release]))
  const listeners = new Set<(table: LiveTable) => void>()

  async function readTable(): Promise<LiveTable> {
    const version = await readLiveVersion(db, organisation)
    const stages = await listLiveStages(db, organisation)
    const rollouts = await listOpenRollouts(db, organisation)
    const documents = await listLiveDocuments(db, organisation)
    const applications: LiveTable['applications'] = {}
    for (const { application, stage, release } of stages) {
      const rollout = rollouts.find((one) => one.application === application && one.stage === stage)
      const said = documents.get(application)
      const entry = applications[application] ?? { stages: {}, ...(said?.oversight && { oversight: said.oversight }) }
      applications[application] = entry
      const meant = said?.access[stage]
      entry.stages[stage] = {
        release,
        ...(meant && { access: meant }),
        rollout: rollout
          ? {
              id: rollout.id,
              candidate: rollout.candidate,
              share: shareOf(rollout),
              salt: rollout.salt,
              ...(rollout.plan.audience && { audience: rollout.plan.audience }),
              ...(rollout.plan.shadow && { shadow: rollout.plan.shadow.sample }),
            }
          : null,
      }
    }
    return { version, applications }
  }

  async function load(
    ids: ReadonlySet<ReleaseId>,
    known: ReadonlyMap<ReleaseId, Release>,
  ): Promise<ReadonlyMap<ReleaseId, Release>> {
    const fresh = await findReleases(
      db,
      [...ids].filter((id) => !known.has(id)),
    )
    const kept = [...known.values()].filter(({ id }) => ids.has(id))
    return new Map([...kept, ...fresh].map((release) => [release.id, release]))
  }

  return {
    /** A release that is live or was a moment ago; undefined for any other. */
    releaseOf: (id: ReleaseId): Release | undefined => releases.get(id),
    current: (): LiveTable => table,
    /** Calls the listener with each new table until the returned function is called. */
    onChange(listener: (table: LiveTable) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** After the commit of what raised the version. */
    async refresh(): Promise<void> {
      if ((await readLiveVersion(db, organisation)) <= table.version) return
      const next = await readTable()
      const named = namedIn(next)
      const loaded = await load(new Set([...named, ...namedIn(table), ...before]), releases)
      // Another reading may have been quicker meanwhile.
      if (next.version <= table.version) return
      before = namedIn(table)
      releases = loaded
      table = next
      await remember('live', async () => ({ table: next, releases: [...loaded.values()] }))
      for (const listener of listeners) listener(next)
    },
  }
}

const namedIn = ({ applications }: LiveTable): Set<ReleaseId> =>
  new Set(
    Object.values(applications).flatMap(({ stages }) =>
      Object.values(stages).flatMap(({ release, rollout }) => [release, ...(rollout ? [rollout.candidate] : [])]),
    ),
  )
