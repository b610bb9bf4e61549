/**
 * Death at a write, by seed: at any commit of migrations, freeze, gate, evidence, experiment rows, promotion, rollout
 * steps and the audit log, before it takes hold or after. What is left is one or the other: it is consistent as it is,
 * and a client that begins again comes to where it would have come.
 *
 * Most deaths are of the engine inside this process; some are real ones, of a child by SIGKILL.
 * `AIRWORTHY_TEST_SEEDS=30` walks that often with each.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { type Airworthy, startAirworthy } from '../airworthy.ts'
import { readConfig } from '../config.ts'
import { messageOf } from '../kernel/failure.ts'
import { seededRandom } from '../kernel/random.ts'
import type { Engine } from '../store/engine.ts'
import { ROOT } from '../testing/airworthy.ts'
import { startServer } from '../testing/child.ts'
import { freshEngine } from '../testing/engine.ts'
import { type Death, mortalEngine } from '../testing/mortal-engine.ts'
import { demandConsistent, demandEnd } from '../testing/parcels-checks.ts'
import { type Standing, walkParcels } from '../testing/parcels-path.ts'

const TOKEN = 'the-token-of-the-owner'
const { testSeeds } = readConfig()
/** Walks that are disturbed, with some ten deaths each. */
const WALKS = testSeeds ?? 1
const REAL = testSeeds ?? 1
/** Most writes of the first life; a start takes some itself. Later lives are longer, or no walk would end. */
const LIFE = 80
const MOST_LIVES = 60

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts on the folder and the engine, walks, and ends however far it came. */
async function live(folder: string, engine: Engine): Promise<Standing | undefined> {
  let airworthy: Airworthy | undefined
  try {
    airworthy = await startAirworthy({
      config: readConfig({
        AIRWORTHY_DATA: folder,
        AIRWORTHY_PORT: '0',
        AIRWORTHY_EXAMPLE: '0',
        AIRWORTHY_OWNER_TOKEN: TOKEN,
      }),
      root: ROOT,
      print: () => {},
      pages: false,
      store: { engine },
    })
    const options = { baseUrl: airworthy.url, token: TOKEN }
    const client = createClient(options)
    await demandConsistent(client)
    const standing = await walkParcels(client, options)
    await demandConsistent(client)
    return standing
  } finally {
    await airworthy?.close().catch(() => {})
  }
}

test(
  `the process dies again and again on ${WALKS} walks by seed: what is left is one or the other, and the walk goes on`,
  async () => {
    let deaths = 0
    for (let seed = 1; seed <= WALKS; seed++) {
      const random = seededRandom(seed)
      const folder = newFolder()
      const engine = await freshEngine()
      let end: Standing | undefined
      let note = ''
      for (let lives = 1; end === undefined && lives <= MOST_LIVES; lives++) {
        const death: Death = {
          at: 1 + Math.floor(random() * LIFE * (1 + lives / 5)),
          when: random() < 0.5 ? 'before' : 'after',
        }
        note = `seed ${seed}, life ${lives}, ${death.when} write ${death.at}`
        const mortal = mortalEngine(engine, { death })
        end = await live(folder, mortal.engine).catch((thrown) => {
          if (mortal.isDead()) return undefined
          throw new Error(`${note}: ${messageOf(thrown)}`, { cause: thrown })
        })
        if (mortal.isDead()) deaths += 1
      }
      demandEnd(end, note)
      await engine.close()
    }
    console.log(`deaths at a write: ${deaths} on ${WALKS} walks`)
    expect(deaths).toBeGreaterThan(WALKS * 3)
  },
  60_000 + WALKS * 120_000,
)

test(
  `the server is killed by SIGKILL at ${REAL} moments by seed, and starts again to the same end`,
  async () => {
    for (let seed = 1; seed <= REAL; seed++) {
      const folder = newFolder()
      const random = seededRandom(1000 + seed)
      const settings = { AIRWORTHY_DATA: folder, AIRWORTHY_OWNER_TOKEN: TOKEN }
      const first = await startServer(settings)
      const options = { baseUrl: first.url, token: TOKEN }
      const walk = walkParcels(createClient(options), options).catch(() => undefined)
      await new Promise((passed) => setTimeout(passed, random() * 4000))
      await first.kill('SIGKILL')
      await walk
      const second = await startServer(settings)
      try {
        const again = { baseUrl: second.url, token: TOKEN }
        await demandConsistent(createClient(again))
        demandEnd(await walkParcels(createClient(again), again), `seed ${seed}`)
        await demandConsistent(createClient(again))
      } finally {
        await second.kill('SIGTERM')
      }
    }
  },
  60_000 + REAL * 60_000,
)
