/**
 * Chromium for pictures and tests of the pages, and what is wrong with a page as it stands: what axe finds, what the
 * console says, whether it scrolls sideways.
 */
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: FLAGS })

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Listens to the console from now on; `take` returns what was said since the last call. */
export function listenToConsole(page: Page): { take(): string[] } {
  let said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => said.push(error.message))
  return {
    take() {
      const taken = said
      said = []
      return taken
    },
  }
}

/** Waits until nothing on the page is a place kept for what is on its way. */
export async function settled(page: Page, timeout = 20_000): Promise<void> {
  await page.waitForSelector('h1', { timeout })
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label=Loading]'), undefined, { timeout })
}

/** Inside the page, and of violations alone: selectors of all that is well took half of the time. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async (values) => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe
    return (await run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations
  }, RULES)
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 140))
        .join(' | ')}`,
  )
}

/** How many pixels the page itself scrolls sideways; tables and code scroll on their own. */
export const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
