/**
 * Chromium for pictures and tests of the pages, and what is wrong with a page as it stands: what axe finds, what the
 * console says, whether it scrolls sideways.
 */
import { AxeBuilder } from '@axe-core/playwright'
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

export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
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
