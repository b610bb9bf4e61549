/**
 * The example as somebody sees it who runs `npm start` and opens the printed link: from Applications to the
 * rollback, in a real browser on a real server. Every page kind that is visited goes through axe, must fit a
 * phone's width, and must leave the console silent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'

const CHROMIUM = process.env.AIRWORTHY_TEST_CHROMIUM
/** The story takes a minute or two on an idle machine, several on a busy one. */
const STORY_MS = 600_000
const PAGE_MS = 30_000
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(!CHROMIUM)('the example on screen', { timeout: STORY_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-browser-'))
  const faults: string[] = []
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let console: ReturnType<typeof listenToConsole>

  beforeAll(async () => {
    server = await startServer({ AIRWORTHY_DATA: data, AIRWORTHY_EXAMPLE: '1', AIRWORTHY_TEST_PAGES: '1' })
    browser = await openBrowser(CHROMIUM ?? '')
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(PAGE_MS)
    console = listenToConsole(page)
  }, STORY_MS)
  afterAll(async () => {
    await browser?.close()
    await server?.kill('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }, STORY_MS)

  /** Notes what is wrong with the page as it stands, at the desk and on a phone. */
  const inspect = async (name: string) => {
    await settled(page, PAGE_MS)
    const found = await axeFaults(page)
    await page.setViewportSize(PHONE)
    // Plots follow the width a frame later.
    await page.waitForTimeout(250)
    const sideways = await sidewaysPx(page)
    if (sideways > 0) found.push(`scrolls sideways by ${sideways} px at ${PHONE.width}`)
    await page.setViewportSize(DESK)
    faults.push(...[...found, ...console.take()].map((fault) => `${name}: ${fault}`))
  }
  const go = async (path: string) => {
    await page.goto(server.url + path)
    await settled(page, PAGE_MS)
  }
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })
  /** What the server told; the rest of the story is not waited for when it has stopped. */
  const until = async (locator: ReturnType<Page['locator']>) => {
    const stopped = new AbortController()
    const seen = locator.first().waitFor({ timeout: STORY_MS })
    const told = (async () => {
      while (!stopped.signal.aborted) {
        if (server.said().includes('The story stopped')) throw new Error(server.said())
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
    })()
    await Promise.race([seen, told]).finally(() => stopped.abort())
  }

  test('the printed link signs in, and the application stands on its path', async () => {
    const link = () => /^Sign in .*?(http\S+)/m.exec(server.said())?.[1]
    await expect.poll(link, { timeout: PAGE_MS }).toBeDefined()
    await page.goto(link() ?? '')
    await heading('Applications')
    await until(row('support-assistant'))
    await inspect('Applications')
    await row('support-assistant').getByRole('link', { name: 'support-assistant' }).click()
    await heading('support-assistant')
    const path = page.getByRole('list', { name: 'The path' })
    await path.waitFor()
    expect(await path.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'sandbox',
      'proof of concept',
      'pilot',
      'production',
    ])
  })

  test('the gate says how each check is answered, and the experiment shows scores with intervals', async () => {
    await until(page.getByRole('row').filter({ hasText: /^mtrag.*better/ }))
    await inspect('Application')
    await page
      .getByRole('link', { name: /^r1( live)?$/ })
      .last()
      .click()
    await heading('r1')
    await page.getByRole('heading', { name: 'What it is made of' }).waitFor()
    await inspect('Release')
    const release = new URL(page.url()).pathname
    await go(`${release}/gates/poc`)
    await page.getByText(/^(Open\.|Held by)/).waitFor()
    await page.getByText('Beats its baseline').first().waitFor()
    await inspect('Gate')
    await go(release)
    await page.getByRole('link', { name: 'mtrag' }).first().click()
    await heading('Experiment mtrag')
    await page
      .getByRole('img', { name: /^difference [+−][\d.]+.pp, interval [+−][\d.]+.pp to [+−][\d.]+.pp, margin/ })
      .first()
      .waitFor()
    await page
      .getByRole('img', { name: /candidate [\d.]+.%, 95.% interval [\d.]+.% to [\d.]+.%/ })
      .first()
      .waitFor()
    await inspect('Experiment')
    await page.getByRole('table', { name: 'Cases' }).getByRole('button').first().click()
    await page.getByRole('dialog').waitFor()
    await inspect('Case')
  })

  test('a rollout that is under way changes on screen without a reload', async () => {
    await go('/rollouts')
    await until(row('r1 → r2'))
    await inspect('Rollouts')
    await row('r1 → r2').getByRole('link').click()
    await heading('Rollout r1 → r2')
    await until(page.getByText(/(Decision now|Last decision):/))
    await page.evaluate(() => {
      document.body.dataset.loaded = 'once'
    })
    const users = () => page.getByRole('list', { name: 'Steps of the plan' }).textContent()
    const before = await users()
    await expect.poll(users, { timeout: STORY_MS }).not.toBe(before)
    expect(await page.evaluate(() => document.body.dataset.loaded)).toBe('once')
    await until(page.getByText('completed'))
    await inspect('Rollout')
  })

  test('the worse release is taken back by itself, and the page says why', async () => {
    await go('/rollouts')
    await until(row('r2 → r3').filter({ hasText: 'rolled back' }))
    await row('r2 → r3').getByRole('link').click()
    await heading('Rollout r2 → r3')
    await page.getByText('Last decision: Roll back.').waitFor()
    await page
      .getByText(/odds against chance/)
      .first()
      .waitFor()
    await page.getByRole('img', { name: /^E-value of .* over time, against the threshold$/ }).waitFor()
    await row('harm').first().waitFor()
    await inspect('Rollback')
    await page.getByRole('link', { name: 'evidence' }).first().click()
    await heading(/^Evidence on rollout/)
    await inspect('Evidence')
  })

  test('the playground answers from documents, and the trace of the answer opens', async () => {
    await go('/playground')
    await inspect('Playground')
    await page.getByLabel('Question').fill('where does the penobscot river start and end')
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByRole('region', { name: 'Question 1' }).getByRole('link', { name: 'trace' }).waitFor()
    await inspect('Playground with an answer')
    await page.getByRole('region', { name: 'Question 1' }).getByRole('link', { name: 'trace' }).click()
    await heading('Trace')
    await page.getByRole('heading', { name: 'Steps' }).waitFor()
    await inspect('Trace')
    await go('/traces')
    await inspect('Traces')
    await go('/settings')
    await inspect('Settings')
    for (const part of ['People', 'Keys and caps', 'Routes', 'Switches', 'Webhooks', 'Privacy', 'Audit log']) {
      await page.getByRole('link', { name: part, exact: true }).click()
      await heading(part)
      await inspect(`Settings: ${part}`)
    }
  })

  test('nothing was found wrong with any page on the way', () => expect(faults).toEqual([]))
})
