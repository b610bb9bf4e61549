/**
 * The power goes: what was written and not synced is lost. Whatever was confirmed is there afterwards, the log of it is
 * intact, and the walk goes on to the same end.
 *
 * `AIRWORTHY_TEST_SEEDS=30` loses it that often.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { readConfig } from '../config.ts'
import { seededRandom } from '../kernel/random.ts'
import { ROOT } from '../testing/airworthy.ts'
import { startServer } from '../testing/child.ts'
import { losePower } from '../testing/lose-power.ts'
import { demandConsistent, demandEnd } from '../testing/parcels-checks.ts'
import { walkParcels } from '../testing/parcels-path.ts'

const TOKEN = 'the-token-of-the-owner'
const LOSSES = readConfig().testSeeds ?? 1
const LONGEST_WALK_MS = 4000
const LOOK_MS = 20

test.runIf(process.platform === 'linux')(
  `the power goes at ${LOSSES} moments by seed: what was confirmed is there, and the walk comes to the same end`,
  async () => {
    for (let seed = 1; seed <= LOSSES; seed++) {
      const place = mkdtempSync(join(tmpdir(), 'airworthy-power-'))
      onTestFinished(() => rmSync(place, { recursive: true, force: true }))
      const [folder, copies] = [join(place, 'data'), join(place, 'copies')]
      mkdirSync(copies)
      const disk = new URL(pathToFileURL(join(ROOT, 'src/testing/synced-copy.ts')))
      disk.searchParams.set('copies', copies)
      const settings = { AIRWORTHY_DATA: folder, AIRWORTHY_OWNER_TOKEN: TOKEN }

      const first = await startServer({ ...settings, NODE_OPTIONS: `--import=${disk}` }, { onNothing: true })
      const options = { baseUrl: first.url, token: TOKEN, retries: 0 }
      const client = createClient(options)
      const walk = walkParcels(client, options).catch(() => undefined)
      // The log names each change; what it says was confirmed when it was read.
      let confirmed: string[] = []
      const ends = Date.now() + seededRandom(seed)() * LONGEST_WALK_MS
      while (Date.now() < ends || confirmed.length === 0) {
        confirmed = (await client.listAudit({ query: { limit: 1000 } })).items.map(({ digest }) => digest)
        await new Promise((passed) => setTimeout(passed, LOOK_MS))
      }
      await first.kill('SIGKILL')
      await walk
      losePower({ folder, copies })

      const second = await startServer(settings)
      try {
        const again = { baseUrl: second.url, token: TOKEN }
        const after = createClient(again)
        await demandConsistent(after)
        const kept = (await after.listAudit({ query: { limit: 1000 } })).items.map(({ digest }) => digest)
        expect(kept, `seed ${seed}`).toEqual(expect.arrayContaining(confirmed))
        demandEnd(await walkParcels(after, again), `seed ${seed}`)
        await demandConsistent(after)
      } finally {
        await second.kill('SIGTERM')
      }
    }
  },
  60_000 + LOSSES * 60_000,
)
