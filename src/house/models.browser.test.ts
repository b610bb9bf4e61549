/**
 * The catalogue as somebody uses it who looks for a model: found by budget, kept as a shortlist, decided for. Every page
 * that is visited goes through axe, must fit a phone's width, and must leave the console silent.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { CHROMIUM, openScreen, type Screen, START_MS } from '../testing/on-screen.ts'

describe.skipIf(!CHROMIUM)('the catalogue on screen', { timeout: START_MS }, () => {
  let airworthy: TestAirworthy
  let screen: Screen

  beforeAll(async () => {
    airworthy = await testAirworthy()
    screen = await openScreen({ url: airworthy.url, said: () => airworthy.printed.join('\n') })
  }, START_MS)
  afterAll(async () => {
    await screen?.close()
    await airworthy?.close()
  }, START_MS)

  test('a model is found by budget, kept as a shortlist, and decided for with the lines of decision.yaml', async () => {
    const { page, heading, inspect, row } = screen
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
    await page.getByText('3 meet it, 0 may, 0 do not.').waitFor()
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
    await page
      .getByRole('textbox', { name: 'Why not scripted/caller' })
      .fill('It calls tools, and there are none here.')
    await page.getByRole('button', { name: 'Choose it' }).click()
    await page.getByText('chosen:').waitFor()
    await inspect('Decided shortlist')
  })

  test('nothing to compare yet says what to do; a key takes its stage', async () => {
    const { page, go, inspect } = screen
    await go('/compare-models')
    await page.getByText('Nothing was measured yet').waitFor()
    await inspect('Compare models')
    await go('/settings/keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Stage').selectOption('pilot')
    await inspect('New key')
  })

  test('nothing was found wrong with any page on the way', () => expect(screen.faults).toEqual([]))
})
