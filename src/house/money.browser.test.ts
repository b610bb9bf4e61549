/**
 * Usage, cost and caps as somebody sees them who looks after the money: from a figure to the requests behind it, and from
 * a cap that is set in place to its refusal. What is visited goes through axe, must fit a phone, and leaves the console silent.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { CHROMIUM, openScreen, PAGE_MS, type Screen, START_MS } from '../testing/on-screen.ts'

describe.skipIf(!CHROMIUM)('money on screen', { timeout: START_MS }, () => {
  let airworthy: TestAirworthy
  let screen: Screen

  beforeAll(async () => {
    airworthy = await testAirworthy()
    const { client, options } = airworthy
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
    screen = await openScreen({ url: airworthy.url, said: () => airworthy.printed.join('\n') })
  }, START_MS)
  afterAll(async () => {
    await screen?.close()
    await airworthy?.close()
  }, START_MS)

  test('what was spent stands by application, and leads to its requests', async () => {
    const { page, go, inspect, row } = screen
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
    await expect.poll(() => page.locator('tr[data-row]').count(), { timeout: PAGE_MS }).toBe(2)
    await page.getByRole('button', { name: 'Without the filter feature' }).click()
    await expect.poll(() => page.locator('tr[data-row]').count(), { timeout: PAGE_MS }).toBe(3)
    await inspect('Traces of a figure')
  })

  test('the same is a table for a spreadsheet', async () => {
    const { page, go } = screen
    await go('/usage?by=team')
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const path = await (await download).path()
    expect(path).toBeTruthy()
  })

  test('a cap is set in place and is seen to be reached, and the probe leaves evidence', async () => {
    const { page, go, inspect } = screen
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

  test('nothing was found wrong with any of the pages', () => expect(screen.faults).toEqual([]))
})
