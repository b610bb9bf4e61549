/**
 * Pages in a real browser, signed in by the link that the start prints. Each page that is inspected goes through axe,
 * must fit a phone's width, and must leave the console silent; what does not is in `faults`.
 */
import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { buildPages } from '../web-build.ts'
import { ROOT } from './airworthy.ts'

/** Tests of pages are left out where there is none: `describe.skipIf(!CHROMIUM)`. */
export const CHROMIUM = process.env.AIRWORTHY_TEST_CHROMIUM
/** To build the pages, start and open a browser on a busy machine. */
export const START_MS = 300_000
export const PAGE_MS = 30_000
const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
/** Plots follow the width a frame later. */
const REDRAW_MS = 250

export type Screen = {
  readonly page: Page
  /** What was wrong with pages that were inspected, each with its name; an empty list at the end. */
  readonly faults: readonly string[]
  go(path: string): Promise<void>
  /** Notes what is wrong with the page as it stands, as it is shown and on a phone. */
  inspect(name: string): Promise<void>
  /** Waits for the page that is called so. */
  heading(name: string | RegExp): Promise<void>
  row(text: string): Locator
  close(): Promise<void>
}

/** @param said what the server printed so far @param viewport what the pages are shown at; the desk when left out */
export async function openScreen({
  url,
  said,
  viewport = DESK,
}: {
  url: string
  said: () => string
  viewport?: { width: number; height: number }
}): Promise<Screen> {
  await buildPages(ROOT)
  const browser = await openBrowser(CHROMIUM ?? '')
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(PAGE_MS)
  const console = listenToConsole(page)
  const faults: string[] = []
  const link = () => /^Sign in .*?(http\S+)/m.exec(said())?.[1] ?? ''
  await page.goto(await vi.waitUntil(link, { timeout: PAGE_MS }))
  await settled(page, PAGE_MS)
  return {
    page,
    faults,
    async go(path) {
      await page.goto(url + path)
      await settled(page, PAGE_MS)
    },
    async inspect(name) {
      await settled(page, PAGE_MS)
      const found = await axeFaults(page)
      await page.setViewportSize(PHONE)
      await page.waitForTimeout(REDRAW_MS)
      const sideways = await sidewaysPx(page)
      if (sideways > 0) found.push(`scrolls sideways by ${sideways} px at ${PHONE.width}`)
      await page.setViewportSize(viewport)
      faults.push(...[...found, ...console.take()].map((fault) => `${name}: ${fault}`))
    },
    heading: (name) => page.getByRole('heading', { level: 1, name }).waitFor(),
    row: (text) => page.getByRole('row').filter({ hasText: text }),
    close: () => browser.close(),
  }
}
