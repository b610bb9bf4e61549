/**
 * Claim: with 100,000 rows each page of what people measure with stands within a second, asks the server for little,
 * and keeps no key waiting.
 *
 * AIRWORTHY_TEST_CHROMIUM=… node bench/long-lists/pages.ts [--rows=100000] [--only=judge] [--pictures=<folder>]
 *
 * The clock runs from the address to the page without a place kept for what is on its way; the longest task is that of
 * all of it. Beside them: how long the browser's own processor worked, requests, and bytes of their answers. With a
 * folder, pictures of each page at 1440 light and 390 dark, and what axe and the width have to say.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext } from 'playwright-core'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { monotonicMs } from '../../src/kernel/time.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { fillLists } from './fill.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const ROWS = Number(word('rows') ?? 100_000)
/** Pages whose name has these words. */
const only = word('only') ?? ''
const pictures = word('pictures')
const AIM_MS = 1000

const data = mkdtempSync(join(tmpdir(), 'airworthy-pages-'))
mkdirSync(join(data, 'server'))
const engine = await openEmbedded(join(data, 'database'))
const printed: string[] = []
const airworthy = await startAirworthy({
  config: readConfig({ AIRWORTHY_DATA: join(data, 'server'), AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
  root: fileURLToPath(new URL('../..', import.meta.url)),
  print: (line) => printed.push(line),
  store: { engine },
})
const browser = await openBrowser(process.env.AIRWORTHY_TEST_CHROMIUM ?? '')
try {
  const { queue, experiment, judge } = await fillLists({ airworthy, db: openDatabase(engine), rows: ROWS })
  const places: [string, string][] = [
    ['prompts', '/applications/measured/prompts'],
    ['prompt', '/applications/measured/prompts/answer'],
    ['datasets', '/datasets'],
    ['dataset', '/datasets/long'],
    ['suites', '/applications/measured/suites'],
    ['experiment', `/experiments/${experiment}`],
    ['compare', '/applications/measured/compare'],
    ['judges', '/applications/measured/judges'],
    ['judge', `/applications/measured/judges/${judge}`],
    ['annotation', '/annotation'],
    ['queue', `/annotation/${queue}`],
    ['label', `/annotation/${queue}/label`],
  ]
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const first = await context.newPage()
  await first.goto(/.*(http\S+sign-in\S+)/s.exec(printed.join('\n'))?.[1] ?? '')
  await settled(first)
  await first.close()
  console.log(`${ROWS} rows, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, aim ${AIM_MS} ms\n`)
  console.log('| page       | stands after | longest task | processor | requests | answers | verdict |')
  console.log('| ---------- | ------------ | ------------ | --------- | -------- | ------- | ------- |')
  for (const [name, path] of places.filter(([one]) => one.includes(only))) await report(context, name, path)
  if (pictures !== undefined)
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [390, 'dark'],
    ] as const)
      await shoot({ browser, context, folder: pictures, width, colorScheme, places })
} finally {
  await browser.close()
  await airworthy.close()
  await engine.close()
  rmSync(data, { recursive: true, force: true })
}

/** Seen twice, and the second time counts: what the first one compiles is the browser's. */
async function report(context: BrowserContext, name: string, path: string): Promise<void> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  // Its own time, so that a shared machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(watchTasks)
  await page.goto(`${airworthy.url}${path}`)
  await settled(page, 120_000)
  let [requests, bytes] = [0, 0]
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.startsWith('/api/')) return
    requests += 1
    response.body().then(
      (body) => {
        bytes += body.length
      },
      () => {},
    )
  })
  const began = monotonicMs()
  await page.goto(`${airworthy.url}${path}`)
  await settled(page, 120_000)
  const took = monotonicMs() - began
  const { metrics } = await session.send('Performance.getMetrics')
  const used = (metrics.find(({ name: metric }) => metric === 'TaskDuration')?.value ?? 0) * 1000
  const longest = await page.evaluate(() => (globalThis as Watched).longestTask ?? 0)
  const cells = [
    name.padEnd(10),
    `${took.toFixed(0)} ms`.padEnd(12),
    `${longest.toFixed(0)} ms`.padEnd(12),
    `${used.toFixed(0)} ms`.padEnd(9),
    String(requests).padEnd(8),
    `${Math.round(bytes / 1024)} KB`.padEnd(7),
    (took <= AIM_MS ? 'met' : 'NOT MET').padEnd(7),
  ]
  console.log(`| ${cells.join(' | ')} |`)
  await page.close()
}

type Watched = typeof globalThis & { longestTask?: number }

/** Runs in the page, before it. */
function watchTasks(): void {
  const watched: Watched = globalThis
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longestTask = Math.max(watched.longestTask ?? 0, duration)
  }).observe({ type: 'longtask', buffered: true })
}

type Shot = {
  browser: Browser
  context: BrowserContext
  folder: string
  width: number
  colorScheme: 'light' | 'dark'
  places: readonly (readonly [string, string])[]
}

async function shoot({ browser, context, folder, width, colorScheme, places }: Shot): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const other = await browser.newContext({
    viewport: { width, height: 844 },
    colorScheme,
    reducedMotion: 'reduce',
    storageState: await context.storageState(),
  })
  const page = await other.newPage()
  const heard = listenToConsole(page)
  for (const [name, path] of places.filter(([one]) => one.includes(only))) {
    await page.goto(`${airworthy.url}${path}`)
    await settled(page, 120_000)
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true })
    const sideways = await sidewaysPx(page)
    const said = [
      ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []),
      ...(await axeFaults(page)),
      ...heard.take(),
    ]
    for (const text of said) console.log(`${name} ${width} ${colorScheme}: ${text}`)
  }
  await other.close()
}
