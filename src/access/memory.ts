/**
 * What is in memory, read anew from the tables when another process has changed them.
 *
 * Every change of every slice writes an entry of the audit log in its own transaction, so the length of the log says
 * whether anything happened: one row is read to know, and nothing else needs a version of its own.
 */
import type { Clock } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Remember } from '../store/remember.ts'
import type { Audit } from './audit.ts'
import type { Directory } from './directory.ts'
import { listSetLimits, type Spending } from './spending/index.ts'
import { listAllActors, listAllKeys, listOpenSessions } from './store.ts'
import { listSwitches, type Switches } from './switches/index.ts'

export function createMemory({
  db,
  clock,
  organisation,
  audit,
  directory,
  spending,
  switches,
  remember,
}: {
  db: Database
  clock: Clock
  organisation: string
  audit: Pick<Audit, 'length'>
  directory: Directory
  spending: Pick<Spending, 'replaceLimits'>
  switches: Pick<Switches, 'replace'>
  remember: Remember
}) {
  let known = -1
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    for (;;) {
      const before = directory.changes()
      const { length, actors, keys, sessions, limits, off } = await remember('access', async () => ({
        // The length before the rows: what is written meanwhile makes it longer, and is read the next time.
        length: await audit.length(),
        actors: await listAllActors(db, organisation),
        keys: await listAllKeys(db, organisation),
        sessions: await listOpenSessions(db, organisation, clock()),
        limits: await listSetLimits(db, organisation),
        off: await listSwitches(db, organisation),
      }))
      // A change that was made here meanwhile is newer than what was read, and must not be undone by it.
      if (directory.changes() !== before) continue
      directory.replace({ actors, keys, sessions })
      spending.replaceLimits(limits)
      switches.replace(off)
      known = length
      return
    }
  }

  /** Reads actors, keys, sessions, limits and switches anew. */
  function reload(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  return {
    reload,
    /**
     * Reads anew if any process has changed anything since the last time, and says whether. For several processes on
     * one PostgreSQL: call it on every notification and every two seconds; when nothing happened it reads one row.
     */
    async refresh(): Promise<boolean> {
      if ((await audit.length()) === known) return false
      await reload()
      return true
    },
  }
}
