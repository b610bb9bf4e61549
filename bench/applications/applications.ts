/**
 * Claim: with 200 applications every page is there within 300 ms: each route that a page asks answers within that, and
 * so does the page in Chromium, once its scripts are there.
 *
 * node bench/applications/applications.ts [--applications=200] [--times=5] [--pages] [--smoke]
 *
 * The applications are the four starters in turn, each frozen, with people for their duties; the embedded engine. Of so
 * many times the median counts, by the clock and in processor time of the whole server, which a busy machine stretches
 * less. Beside them, in the same run, the bare limit: a route that reads nothing. Pages take an AIRWORTHY_TEST_CHROMIUM.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { listenToConsole, openBrowser, settled } from '../../tools/index.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const isSmoke = process.argv.includes('--smoke')
const APPLICATIONS = Number(word('applications') ?? (isSmoke ? 1 : 200))
const TIMES = Number(word('times') ?? (isSmoke ? 1 : 5))
const AIM_MS = 300
const STARTERS = ['support-assistant', 'marketing-writer', 'product-ideas', 'operations-automator'] as const
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const data = mkdtempSync(join(tmpdir(), 'airworthy-applications-'))
mkdirSync(join(data, 'server'))
const printed: string[] = []
const airworthy = await startAirworthy({
  config: readConfig({ AIRWORTHY_DATA: join(data, 'server'), AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
  root: ROOT,
  print: (line) => printed.push(line),
  pages: process.argv.includes('--pages'),
})
const client = createClient({ baseUrl: airworthy.url, token: airworthy.ownerToken })
const row = (what: string, wall: string, processor: string, verdict: string) =>
  console.log(`| ${what.padEnd(44)} | ${wall.padEnd(9)} | ${processor.padEnd(9)} | ${verdict.padEnd(7)} |`)
try {
  await fill()
  console.log(
    `\n${APPLICATIONS} applications, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, medians of ${TIMES}, aim ${AIM_MS} ms\n`,
  )
  row('what', 'clock', 'processor', 'verdict')
  row('---', '---', '---', '---')
  for (const [what, ask] of routesOf(client)) {
    const { wall, processor } = await measure(ask)
    row(what, `${wall.toFixed(0)} ms`, `${processor.toFixed(0)} ms`, wall <= AIM_MS ? 'met' : 'NOT MET')
  }
  if (process.argv.includes('--pages')) await openPages()
} finally {
  await airworthy.close()
  rmSync(data, { recursive: true, force: true })
}

async function fill(): Promise<void> {
  const started = performance.now()
  for (let at = 0; at < APPLICATIONS; at += 1) {
    const name = nameOf(at)
    await client.createApplication({ body: { name, template: STARTERS[at % STARTERS.length] ?? STARTERS[0] } })
    await client.freezeRelease({ params: { name }, body: {} })
  }
  console.log(`Made in ${((performance.now() - started) / 1000).toFixed(0)} s.`)
}

function nameOf(at: number): string {
  return `app-${String(at).padStart(3, '0')}`
}

/** What each page asks, over all applications and of one in the middle. */
function routesOf(of: Client): (readonly [string, () => Promise<unknown>])[] {
  const params = { name: nameOf(Math.floor(APPLICATIONS / 2)) }
  return [
    ['bare: who asks', () => of.getMe()],
    ['Applications', () => of.listApplications({ query: { limit: 25 } })],
    ['All of them, to choose from', () => of.listApplications({ query: { limit: 1000 } })],
    ['Compass', () => of.getCompass({ query: { persona: 'builder' } })],
    ['Alerts', () => of.listAlerts({ query: {} })],
    ['Upkeep', () => of.listUpkeep({ query: {} })],
    ['How we work', () => of.listMaturity()],
    ['Ideas', () => of.listIdeas({})],
    ['Evidence', () => of.listEvidence({ query: { limit: 200 } })],
    ['Approvals', () => of.listApprovals({ query: { limit: 200 } })],
    ['Waivers', () => of.listWaivers({ query: {} })],
    ['Findings', () => of.listFindings({ query: { limit: 500 } })],
    ['Rollouts', () => of.listRollouts({ query: {} })],
    ['Traces', () => of.listTraces({ query: {} })],
    ['Usage', () => of.getUsageBy({ query: { by: 'application' } })],
    ['Models', () => of.listModelCards({ query: { limit: 1000 } })],
    ['An application', () => of.getApplication({ params, query: { documents: 'true' } })],
    ['Its plan, charter, roadmap, risks, resources', () => of.getPlan({ params, query: {} })],
    ['Its advice', () => of.getAdvice({ params })],
    ['Its threats', () => of.getThreatModel({ params })],
    ['Its impact', () => of.getImpact({ params })],
    ['Its cost', () => of.getCostForecast({ params, query: {} })],
    ['Its law', () => of.getLaw({ params })],
    ['Its data', () => of.getDataGovernance({ params })],
    ['Its coverage of frameworks', () => of.getControlCoverage({ params })],
  ]
}

async function measure(ask: () => Promise<unknown>): Promise<{ wall: number; processor: number }> {
  if (!isSmoke) await ask()
  const runs: { wall: number; processor: number }[] = []
  for (let at = 0; at < TIMES; at += 1) {
    const [started, used] = [performance.now(), process.cpuUsage()]
    await ask()
    const { user, system } = process.cpuUsage(used)
    runs.push({ wall: performance.now() - started, processor: (user + system) / 1000 })
  }
  const median = (key: 'wall' | 'processor') =>
    runs.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  return { wall: median('wall'), processor: median('processor') }
}

/** From one page to the next by its links, as people go: the scripts of a page are fetched by its first visit. */
async function openPages(): Promise<void> {
  const browser = await openBrowser(process.env.AIRWORTHY_TEST_CHROMIUM ?? '')
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    listenToConsole(page)
    await page.goto(/(http\S+sign-in\S+)/.exec(printed.join('\n'))?.[1] ?? '')
    await settled(page)
    const one = `/applications/${nameOf(Math.floor(APPLICATIONS / 2))}`
    const places = ['/applications', '/compass', '/alerts', '/upkeep', '/how-we-work', '/ideas', '/evidence', one]
    for (const place of [...places, `${one}/plan`, `${one}/risks`, `${one}/law`, `${one}/threats`]) {
      const times = []
      for (let at = 0; at <= TIMES; at += 1) {
        await page.goto(`${airworthy.url}/settings`)
        await settled(page)
        times.push(
          await page.evaluate(async (to) => {
            const started = performance.now()
            history.pushState(null, '', to)
            dispatchEvent(new PopStateEvent('popstate'))
            const isThere = () =>
              document.querySelector('h1') !== null &&
              document.querySelector('h1')?.textContent !== 'Settings' &&
              document.querySelector('[role=status][aria-label=Loading]') === null
            while (!isThere()) await new Promise((drawn) => requestAnimationFrame(drawn))
            return performance.now() - started
          }, place),
        )
      }
      const wall = times.slice(1).sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0
      row(`page ${place}`, `${wall.toFixed(0)} ms`, '', wall <= AIM_MS ? 'met' : 'NOT MET')
    }
  } finally {
    await browser.close()
  }
}
