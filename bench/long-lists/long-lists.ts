/**
 * Claim: lists of 100,000 rows stay in hand in Chromium with its processor throttled four times: no scroll and no key
 * keeps the page from drawing for more than 200 ms.
 *
 * AIRWORTHY_TEST_CHROMIUM=… node bench/long-lists/long-lists.ts [--rows=100000] [--scrolls=60] [--only=traces]
 *
 * Rows of a dataset, cases of an experiment over all of them, answers of a queue of labels, and traces. What counts is the longest task of the page after each
 * scroll, each older page and each key; a shared machine stretches it, so that the median of them stands beside the
 * longest, and how long the browser's own processor worked.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Page } from 'playwright-core'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openBrowser, settled } from '../../tools/index.ts'
import { fillLists } from './fill.ts'

const word = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1]
const ROWS = Number(word('rows') ?? 100_000)
const SCROLLS = Number(word('scrolls') ?? 60)
/** Lists whose name has these words. */
const only = word('only') ?? ''
const SLOWER = 4
const AIM_MS = 200
/** Between two scrolls, as a hand makes them. */
const PAUSE_MS = 120
const WORDS = 'question 9'

const data = mkdtempSync(join(tmpdir(), 'airworthy-long-lists-'))
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
  const { queue, experiment } = await fillLists({ airworthy, db: openDatabase(engine), rows: ROWS })
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(/.*(http\S+sign-in\S+)/s.exec(printed.join('\n'))?.[1] ?? '')
  await settled(page)
  const session = await page.context().newCDPSession(page)
  // Its own time, so that a shared machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  console.log(
    `${ROWS} rows, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, ${SLOWER} times throttled, aim ${AIM_MS} ms\n`,
  )
  console.log('| what                  | longest | median | processor of each | verdict |')
  console.log('| --------------------- | ------- | ------ | ----------------- | ------- |')
  const looks: [string, string, (page: Page) => AsyncIterable<void>][] = [
    ['rows of a dataset', '/datasets/long', (on) => scrolls(on, 'Rows')],
    ['words of its rows', '/datasets/long', typing],
    ['cases of an experiment', `/experiments/${experiment}`, (on) => scrolls(on, 'Cases')],
    ['answers to label', `/annotation/${queue}`, (on) => scrolls(on, 'Answers')],
    ['older traces', '/traces', older],
    ['words of traces', '/traces', typing],
  ]
  for (const [what, place, steps] of looks.filter(([name]) => name.includes(only))) {
    await page.goto(`${airworthy.url}${place}`)
    await settled(page)
    await report(what, { page, session, steps: steps(page) })
  }
} finally {
  await browser.close()
  await airworthy.close()
  await engine.close()
  rmSync(data, { recursive: true, force: true })
}

/** Down the table, the further the faster, so that rows come in all the while. */
async function* scrolls(page: Page, label: string) {
  const table = page.getByRole('table', { name: label, exact: true }).getByRole('rowgroup')
  for (let at = 1; at <= SCROLLS; at += 1) {
    await table.evaluate((element, by) => element.scrollBy(0, by), at * 400)
    yield
  }
}

async function* older(page: Page) {
  for (let at = 0; at < SCROLLS / 3; at += 1) {
    await page.getByRole('button', { name: 'Older' }).click()
    yield
  }
}

async function* typing(page: Page) {
  const field = page.getByRole('searchbox', { name: 'Words' })
  for (const letter of WORDS) {
    await field.press(letter === ' ' ? 'Space' : letter)
    yield
  }
}

async function report(
  what: string,
  { page, session, steps }: { page: Page; session: CDPSession; steps: AsyncIterable<void> },
): Promise<void> {
  await page.evaluate(watchTasks)
  const before = await usedMs(session)
  const longest: number[] = []
  for await (const _ of steps) {
    await page.waitForTimeout(PAUSE_MS)
    longest.push(await page.evaluate(takeLongest))
  }
  const each = (await usedMs(session)) - before
  const sorted = longest.toSorted((one, other) => one - other)
  const most = sorted.at(-1) ?? 0
  const ms = (value: number) => `${value.toFixed(0)} ms`
  console.log(
    `| ${what.padEnd(21)} | ${ms(most).padEnd(7)} | ${ms(sorted[Math.floor(sorted.length / 2)] ?? 0).padEnd(6)} | ${ms(each / longest.length).padEnd(17)} | ${(most <= AIM_MS ? 'met' : 'NOT MET').padEnd(7)} |`,
  )
}

async function usedMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

type Watched = typeof globalThis & { longestTask?: number }

/** Runs in the page. */
function watchTasks(): void {
  const watched: Watched = globalThis
  watched.longestTask = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longestTask = Math.max(watched.longestTask ?? 0, duration)
  }).observe({ type: 'longtask' })
}

/** Runs in the page; tasks below 50 ms are none. */
function takeLongest(): number {
  const watched: Watched = globalThis
  const longest = watched.longestTask ?? 0
  watched.longestTask = 0
  return longest
}
