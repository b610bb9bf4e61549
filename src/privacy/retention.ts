/**
 * Retention: how long data is kept, as each application's blueprint says under `privacy`, else the installation. What is
 * older is taken away once a day; nothing is kept longer than was said because a process was not running.
 */
import type { ActorId } from '../core/actor.ts'
import { PrivacyDeclaration } from '../core/blueprint/schema.ts'
import { DAY, later } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import type { Retention } from './contract.ts'
import type { RetentionDeps } from './deps.ts'
import { listRetentionRuns, saveRetentionRun } from './store.ts'

export function createRetention({ db, clock, organisation, declared, usualDays, removeOld, record }: RetentionDeps) {
  async function list(): Promise<Retention[]> {
    const runs = new Map((await listRetentionRuns(db, organisation)).map((run) => [run.application, run]))
    const all = [...(await declared()), { application: null, privacy: undefined }]
    return all.map(({ application, privacy }) => {
      const said = PrivacyDeclaration.safeParse(privacy).data
      const days = said?.retention.tracesDays
      const run = runs.get(application ?? '')
      return {
        application,
        purpose: said?.purpose ?? null,
        lawfulBasis: said?.lawfulBasis ?? null,
        tracesDays: days ?? usualDays ?? null,
        saidBy: days !== undefined ? 'blueprint' : usualDays !== undefined ? 'installation' : 'nobody',
        last: run ? { at: run.at, before: run.before, removed: run.removed } : null,
      }
    })
  }

  return {
    list,
    /** Takes away what is older than it may be, and says so in the audit log where something went. */
    async enforce(by: ActorId, signal: AbortSignal = new AbortController().signal): Promise<Retention[]> {
      for (const { application, tracesDays } of await list()) {
        if (tracesDays === null) continue
        const at = clock()
        const before = later(at, -tracesDays * DAY)
        const removed = await removeOld({ application, before, signal })
        await inTransaction(db, async (tx) => {
          await saveRetentionRun(tx, { organisation, application: application ?? '', at, before, removed })
          if (removed === 0) return
          const entry = {
            subject: application ?? 'no application',
            application,
            detail: { tracesDays, before, removed },
          }
          await record(tx, { actor: by, action: 'privacy.enforce-retention', ...entry })
        })
      }
      return list()
    },
  }
}
