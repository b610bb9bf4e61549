/** A store with the tables of access for the tests of one file, on the engine of the run; closed after them. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import { type Access, accessMigrations } from './index.ts'

/** What a test puts into `opened` is closed before the store is. */
export async function openAccessStore(afterAll: (cleanUp: () => Promise<void>) => void) {
  const engine = await freshEngine()
  const newId = createIds({ clock: systemClock, random: secureBytes })
  const store = await openStore({
    folder: mkdtempSync(join(tmpdir(), 'airworthy-access-')),
    migrations: [accessMigrations],
    clock: systemClock,
    newId,
    onJobChange: () => {},
    engine,
  })
  const opened: Access[] = []
  afterAll(async () => {
    for (const access of opened) await access.close()
    await store.close()
    await engine.close()
  })
  return { newId, store, opened }
}
