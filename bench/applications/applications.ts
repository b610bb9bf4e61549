/**
 * Claim: with 200 applications every page is there within 300 ms: everything that a page asks the server has answered
 * within that, and so is the page in Chromium, once its scripts are there.
 *
 * node bench/applications/applications.ts [--engine=postgres] [--applications=200] [--evidence=100] [--traces=100]
 *   [--times=5] [--only=Compass] [--after=30] [--pages] [--place=/ideas,/usage] [--smoke]
 *
 * `fill.ts` says what is there, `pages.ts` what is asked. Of so many times the median counts, by the clock and in
 * processor time of the whole server, which a busy machine stretches less; on PostgreSQL its own processes come beside.
 * The first look, half a minute after a start (`--after`, in seconds), stands apart. Beside all of them, in the same run, the bare limit: a
 * route that reads nothing. Pages take an AIRWORTHY_TEST_CHROMIUM.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { SECOND, sleep } from '../../src/kernel/time.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { startPostgres } from '../../src/testing/postgres.ts'
import { fill, nameOf } from './fill.ts'
import { openPages } from './open-pages.ts'
import { PAGES, type Page, pagesOf } from './pages.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const isSmoke = process.argv.includes('--smoke')
const size = {
  applications: Number(word('applications') ?? (isSmoke ? 1 : 200)),
  evidence: Number(word('evidence') ?? (isSmoke ? 5 : 100)),
  traces: Number(word('traces') ?? (isSmoke ? 5 : 100)),
}
const TIMES = Number(word('times') ?? (isSmoke ? 1 : 5))
const AIM_MS = 300
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const data = mkdtempSync(join(tmpdir(), 'airworthy-applications-'))
mkdirSync(join(data, 'server'))
const postgres = word('engine') === 'postgres' ? await startPostgres({ isDurable: true }) : undefined
const engine = postgres ? await openPostgres(postgres.url) : await openEmbedded(join(data, 'database'))
const printed: string[] = []
const start = () =>
  startAirworthy({
    config: readConfig({ AIRWORTHY_DATA: join(data, 'server'), AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
    root: ROOT,
    print: (line) => printed.push(line),
    store: { engine },
    pages: process.argv.includes('--pages'),
  })
let airworthy = await start()
const clientOf = () => createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken })
const row = (what: string, first: string, wall: string, processor: string, verdict: string) =>
  console.log(
    `| ${what.padEnd(46)} | ${first.padEnd(9)} | ${wall.padEnd(9)} | ${processor.padEnd(9)} | ${verdict.padEnd(7)} |`,
  )
try {
  const began = performance.now()
  await fill({ client: clientOf(), db: openDatabase(engine), size })
  console.log(`Made in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
  // As after an update: nothing of it is in memory.
  await airworthy.close()
  airworthy = await start()
  // As after the minute in which somebody signs in: what a start counts in the background is counted.
  await sleep(isSmoke ? 0 : Number(word('after') ?? 30) * SECOND)
  console.log(
    `\n${engine.kind}, ${size.applications} applications with ${size.evidence} pieces of evidence and ${size.traces} requests each, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, medians of ${TIMES}, aim ${AIM_MS} ms\n`,
  )
  row('what', 'first', 'clock', 'processor', 'verdict')
  row('---', '---', '---', '---', '---')
  const name = nameOf(Math.floor(size.applications / 2))
  const release = (await clientOf().getApplication({ params: { name }, query: {} })).newest?.id ?? ''
  const all: readonly Page[] = [['bare: who asks', (of) => [of.getMe()]], ...PAGES, ...pagesOf(name, release)]
  for (const page of all.filter(([what]) => what.includes(word('only') ?? ''))) await measure(page)
  if (process.argv.includes('--pages'))
    for (const { place, wall, processor } of await openPages({
      ...{ url: airworthy.url, printed, name, times: TIMES },
      only: word('place')?.split(','),
    }))
      row(
        `page ${place}`,
        '',
        `${wall.toFixed(0)} ms`,
        `${processor.toFixed(0)} ms`,
        wall <= AIM_MS ? 'met' : 'NOT MET',
      )
} finally {
  await airworthy.close()
  await engine.close()
  await postgres?.close()
  rmSync(data, { recursive: true, force: true })
}

async function measure([what, ask]: Page): Promise<void> {
  const client = clientOf()
  const first = await timed(() => Promise.all(ask(client)))
  const runs: Awaited<ReturnType<typeof timed>>[] = []
  for (let at = 0; at < TIMES; at += 1) runs.push(await timed(() => Promise.all(ask(client))))
  const median = (key: 'wall' | 'processor') =>
    runs.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  const ms = (value: number) => `${value.toFixed(0)} ms`
  row(what, ms(first.wall), ms(median('wall')), ms(median('processor')), median('wall') <= AIM_MS ? 'met' : 'NOT MET')
}

async function timed(work: () => Promise<unknown>): Promise<{ wall: number; processor: number }> {
  const [began, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { wall: performance.now() - began, processor: (user + system) / 1000 }
}
