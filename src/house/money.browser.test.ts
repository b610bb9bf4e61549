/**
 * Usage, cost and caps as somebody sees them who looks after the money: from a figure to the requests behind it, and from
 * a cap that is set in place to its refusal. What is visited goes through axe, must fit a phone, and leaves the console silent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const CHROMIUM = process.env.AIRWORTHY_TEST_CHROMIUM
const START_MS = 300_000
const PAGE_MS = 30_000
const TOKEN = 'owner-token-of-the-browser-test'
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(!CHROMIUM)('money on screen', { timeout: START_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-money-'))
  const faults: string[] = []
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let console: ReturnType<typeof listenToConsole>

  beforeAll(async () => {
    server = await startServer({
      AIRWORTHY_DATA: data,
      AIRWORTHY_EXAMPLE: '0',
      AIRWORTHY_TEST_PAGES: '1',
      AIRWORTHY_OWNER_TOKEN: TOKEN,
    })
    const options = { baseUrl: server.url, token: TOKEN }
    const client = createClient(options)
    await client.putOwnPrice({
      params: { model: 'scripted/echo' },
      body: { rates: { input: '400', output: '400' }, reason: 'so that something costs something' },
    })
    await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
    await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
    for (const feature of ['chat', 'chat', 'summary'])
      await ask(options, {
        model: 'parcels',
        messages: [{ role: 'user', content: 'parcel 7' }],
        metadata: { feature, team: 'care' },
      })
    browser = await openBrowser(CHROMIUM ?? '')
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(PAGE_MS)
    console = listenToConsole(page)
    await page.goto(/^Sign in .*?(http\S+)/m.exec(server.said())?.[1] ?? '')
    await settled(page, PAGE_MS)
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await server?.kill('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }, START_MS)

  const go = async (path: string) => {
    await page.goto(server.url + path)
    await settled(page, PAGE_MS)
  }
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
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })

  test('what was spent stands by application, and leads to its requests', async () => {
    await expect
      .poll(
        async () => {
          await go('/usage')
          return row('parcels').count()
        },
        { timeout: PAGE_MS },
      )
      .toBe(1)
    expect(await row('parcels').textContent()).toMatch(/parcels\$0\.\d+100.%new3/)
    await inspect('Usage')
    await page.getByLabel('By', { exact: true }).selectOption('feature')
    await row('chat').waitFor()
    expect(await row('chat').textContent()).toMatch(/new2/)
    await row('chat').getByRole('link').click()
    await page.getByRole('list', { name: 'Further filters' }).getByText('chat').waitFor()
    expect(await page.locator('tr[data-row]').count()).toBe(2)
    await page.getByRole('button', { name: 'Without the filter feature' }).click()
    await expect.poll(() => page.locator('tr[data-row]').count(), { timeout: PAGE_MS }).toBe(3)
    await inspect('Traces of a figure')
  })

  test('the same is a table for a spreadsheet', async () => {
    await go('/usage?by=team')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const path = await (await download).path()
    expect(path).toBeTruthy()
  })

  test('a cap is set in place and is seen to be reached, and the probe leaves evidence', async () => {
    await go('/settings/keys')
    await page.getByRole('button', { name: 'Change the caps of parcels' }).click()
    await page.getByLabel('Requests a day').fill('3')
    await inspect('The dialog of caps')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText('Reached: requests are refused').waitFor()
    await page.getByText('1 reached').waitFor()
    await inspect('Keys and caps')
    await page.getByRole('button', { name: 'Change the caps of parcels' }).click()
    await page.getByLabel('Requests a day').fill('')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText('1 reached').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Probe the cap of parcels' }).click()
    await page.getByText('A key without any money was refused before anything was spent').waitFor()
    await page.getByRole('link', { name: 'Evidence' }).click()
    await page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: /budgetcap|cap that holds/i })
      .waitFor()
  })

  test('nothing was found wrong with any of the pages', () => expect(faults).toEqual([]))
})
