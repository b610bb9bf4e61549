/** Pages in Chromium, from one to the next by their addresses: the scripts of a page are fetched by its first visit. */
import { listenToConsole, openBrowser, settled } from '../../tools/index.ts'

type Opened = { readonly place: string; readonly wall: number }

/** @returns the median of so many visits of each page, in milliseconds, until its words are there */
export async function openPages({
  url,
  printed,
  name,
  times,
}: {
  url: string
  /** What the server said at its start, with the link to sign in. */
  printed: readonly string[]
  name: string
  times: number
}): Promise<Opened[]> {
  const browser = await openBrowser(process.env.AIRWORTHY_TEST_CHROMIUM ?? '')
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    listenToConsole(page)
    await page.goto(/.*(http\S+sign-in\S+)/s.exec(printed.join('\n'))?.[1] ?? '')
    await settled(page)
    const one = `/applications/${name}`
    const opened: Opened[] = []
    for (const place of [...PLACES, one, `${one}/plan`, `${one}/risks`, `${one}/law`, `${one}/threats`]) {
      const visits: number[] = []
      for (let at = 0; at <= times; at += 1) {
        await page.goto(`${url}/settings`)
        await settled(page)
        visits.push(await page.evaluate(goTo, place))
      }
      opened.push({ place, wall: visits.slice(1).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0 })
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
