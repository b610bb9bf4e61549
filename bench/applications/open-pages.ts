/** Pages in Chromium, from one to the next by their addresses: the scripts of a page are fetched by its first visit. */
import { listenToConsole, openBrowser, settled } from '../../tools/index.ts'

/** Milliseconds: by the clock, and of processor time of the page's process and of the server's together. */
type Opened = { readonly place: string; readonly wall: number; readonly processor: number }

/** @returns the medians of so many visits of each page, until its words are there */
export async function openPages({
  url,
  printed,
  name,
  times,
  only,
}: {
  url: string
  /** What the server said at its start, with the link to sign in. */
  printed: readonly string[]
  name: string
  times: number
  /** All places, when left out. */
  only: readonly string[] | undefined
}): Promise<Opened[]> {
  const browser = await openBrowser(process.env.AIRWORTHY_TEST_CHROMIUM ?? '')
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    listenToConsole(page)
    await page.goto(/.*(http\S+sign-in\S+)/s.exec(printed.join('\n'))?.[1] ?? '')
    await settled(page)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const used = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics')
      const { user, system } = process.cpuUsage()
      return (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? 0) * 1000 + (user + system) / 1000
    }
    const one = `/applications/${name}`
    const opened: Opened[] = []
    const all = [...PLACES, one, `${one}/plan`, `${one}/risks`, `${one}/law`, `${one}/threats`]
    for (const place of all.filter((place) => only === undefined || only.includes(place))) {
      const visits: Omit<Opened, 'place'>[] = []
      for (let at = 0; at <= times; at += 1) {
        await page.goto(`${url}/settings`)
        await settled(page)
        const before = await used()
        const wall = await page.evaluate(goTo, place)
        visits.push({ wall, processor: (await used()) - before })
      }
      const median = (key: 'wall' | 'processor') =>
        visits
          .slice(1)
          .map((one) => one[key])
          .sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
      opened.push({ place, wall: median('wall'), processor: median('processor') })
    }
    return opened
  } finally {
    await browser.close()
  }
}

const PLACES = [
  '/applications',
  '/compass',
  '/ideas',
  '/approvals',
  '/waivers',
  '/findings',
  '/rollouts',
  '/evidence',
  '/traces',
  '/usage',
  '/models',
  '/gateway',
  '/alerts',
  '/upkeep',
  '/training',
  '/incidents',
  '/how-we-work',
]

/** Runs in the page. */
async function goTo(to: string): Promise<number> {
  const started = performance.now()
  history.pushState(null, '', to)
  dispatchEvent(new PopStateEvent('popstate'))
  const isThere = () =>
    document.querySelector('h1') !== null &&
    document.querySelector('h1')?.textContent !== 'Settings' &&
    document.querySelector('[role=status][aria-label=Loading]') === null
  while (!isThere()) await new Promise((drawn) => requestAnimationFrame(drawn))
  return performance.now() - started
}
