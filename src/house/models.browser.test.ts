/**
 * The catalogue as somebody uses it who looks for a model: found by budget, kept as a shortlist, decided for. Every page
 * that is visited goes through axe, must fit a phone's width, and must leave the console silent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'

const CHROMIUM = process.env.AIRWORTHY_TEST_CHROMIUM
const WHOLE_MS = 300_000
const PAGE_MS = 30_000
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(!CHROMIUM)('the catalogue on screen', { timeout: WHOLE_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-browser-'))
  const faults: string[] = []
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let console: ReturnType<typeof listenToConsole>

  beforeAll(async () => {
    server = await startServer({ AIRWORTHY_DATA: data, AIRWORTHY_EXAMPLE: '0', AIRWORTHY_TEST_PAGES: '1' })
    browser = await openBrowser(CHROMIUM ?? '')
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(PAGE_MS)
    console = listenToConsole(page)
  }, WHOLE_MS)
  afterAll(async () => {
    await browser?.close()
    await server?.kill('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }, WHOLE_MS)

  const inspect = async (name: string) => {
    await settled(page, PAGE_MS)
    const found = await axeFaults(page)
    await page.setViewportSize(PHONE)
    await page.waitForTimeout(250)
    const sideways = await sidewaysPx(page)
    if (sideways > 0) found.push(`scrolls sideways by ${sideways} px at ${PHONE.width}`)
    await page.setViewportSize(DESK)
    faults.push(...[...found, ...console.take()].map((fault) => `${name}: ${fault}`))
  }
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })

  test('a model is found by budget, kept as a shortlist, and decided for with the lines of decision.yaml', async () => {
    const link = () => /^Sign in .*?(http\S+)/m.exec(server.said())?.[1]
    await expect.poll(link, { timeout: PAGE_MS }).toBeDefined()
    await page.goto(link() ?? '')
    await heading('Applications')
    await page.getByRole('link', { name: 'Models', exact: true }).first().click()
    await heading('Models')
    await inspect('Models')
    await page.getByRole('link', { name: 'Find a model' }).click()
    await heading('Find a model')
    await page.getByLabel('Budget, $ a month').fill('20')
    await page.getByLabel('Requests a month').fill('1000-2000')
    await row('local/extractive').getByText('kept').waitFor()
    await page.getByText(/^\d+ meet it, \d+ may, [1-9]\d* do not\.$/).waitFor()
    await inspect('Find a model')
    await page.getByLabel('A part of the name').fill('scripted/')
    await page.getByText('2 meet it, 0 may, 0 do not.').waitFor()
    await page.getByRole('button', { name: 'Keep as a shortlist' }).click()
    await page.getByLabel('What it is for').fill('Who answers at the desk')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await heading('Who answers at the desk')
    await inspect('Shortlist')
    await row('scripted/echo').getByRole('button', { name: 'Take off' }).click()
    await page.getByRole('textbox', { name: 'Why' }).fill('It repeats the question and answers nothing.')
    await page.getByRole('button', { name: 'Take it off' }).click()
    await page.getByRole('region', { name: 'Fell out' }).getByText('It repeats the question').waitFor()
    await row('scripted/fixed').getByRole('button', { name: 'Choose' }).click()
    await page.getByRole('textbox', { name: 'Why it' }).fill('It always says the right thing.')
    await page.getByRole('button', { name: 'Choose it' }).click()
    await page.getByText('chosen:').waitFor()
    await inspect('Decided shortlist')
  })

  test('nothing to compare yet says what to do; a key takes its stage', async () => {
    await page.goto(`${server.url}/compare-models`)
    await page.getByText('Nothing was measured yet').waitFor()
    await inspect('Compare models')
    await page.goto(`${server.url}/settings/keys`)
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Stage').selectOption('pilot')
    await inspect('New key')
  })

  test('nothing was found wrong with any page on the way', () => expect(faults).toEqual([]))
})
