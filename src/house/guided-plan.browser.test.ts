/**
 * The guided plan as its first-time owner meets it: an empty installation, a phone, and the keyboard alone. From the idea
 * to the printed plan; every page on the way goes through axe, must fit the phone, and leaves the console silent.
 */
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { testBrowser } from '../testing/browser.ts'
import { CHROMIUM, openScreen, PAGE_MS, PHONE, type Screen, START_MS } from '../testing/on-screen.ts'

/** More steps of the Tab key than any page of the flow has places to stop. */
const MOST_TABS = 150
const PASSWORD = 'correct horse battery staple'

describe.skipIf(!CHROMIUM)('the guided plan on a phone, by keyboard', { timeout: START_MS }, () => {
  let airworthy: TestAirworthy
  let screen: Screen

  beforeAll(async () => {
    airworthy = await testAirworthy()
    screen = await openScreen({ url: airworthy.url, said: () => airworthy.printed.join('\n'), viewport: PHONE })
  }, START_MS)
  afterAll(async () => {
    await screen?.close()
    await airworthy?.close()
  }, START_MS)

  test('an idea is written down from an empty installation', async () => {
    const { page, go, inspect } = screen
    await go('/ideas')
    await inspect('No idea yet')
    await press(page.getByRole('button', { name: 'Write one down' }))
    await type(page.getByLabel('What do you call it?'), 'Answers for our customers')
    await inspect('A new idea')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Idea' }).waitFor()
  })

  test('each kind of field is answered, and an answer is kept before the page is left', async () => {
    const { page, inspect } = screen
    await choose(page.getByRole('radio', { name: /^support assistant/i }))
    await type(page.getByLabel('What goes wrong today?'), 'Customers wait a day for what stands on our help pages.')
    await choose(page.getByRole('radio', { name: 'Text', exact: true }))
    await inspect('The step of the idea')
    await press(page.getByRole('button', { name: 'Next' }))
    await page.getByRole('heading', { level: 2, name: 'People' }).waitFor()
    await type(page.getByLabel('Who wants it and pays for it?'), 'Ada Love')
    await page.getByText('saved', { exact: false }).filter({ hasText: '5 of 57 fields' }).waitFor()
    await page.reload()
    expect(await page.getByLabel('Who wants it and pays for it?').inputValue()).toBe('Ada Love')
  })

  test('every step is reached, fits, and says what the answers speak for', async () => {
    const { page, inspect } = screen
    const [idea] = (await airworthy.client.listIdeas({})).items
    await airworthy.client.updateIdea({ params: { id: idea?.id ?? '' }, body: { answers: SAID } })
    await page.reload()
    for (const title of ['Task', 'Data', 'Money', 'Risks', 'Plan']) {
      await press(page.getByRole('button', { name: 'Next' }))
      const heading = page.getByRole('heading', { level: 2, name: title, exact: true })
      await heading.waitFor()
      await expect.poll(() => isFocused(heading), { timeout: PAGE_MS }).toBe(true)
      if (title === 'Task') await choose(page.getByRole('radio', { name: 'I do not know' }).first())
      if (title === 'Money') await type(page.getByLabel('What may it cost in a month?'), '50')
      await inspect(`The step ${title}`)
    }
    await page.getByRole('complementary', { name: 'What your answers speak for' }).getByText('R5').waitFor()
  })

  test('the plan is made, and is taken away as a paper with its charter, roadmap, risks and resources', async () => {
    const { page, inspect, heading } = screen
    await press(page.getByRole('button', { name: 'Make the plan' }))
    await heading('Plan')
    for (const part of ['Overview', 'Charter', 'Roadmap', 'Risks', 'Resources']) {
      await press(page.getByRole('navigation', { name: 'Parts of the plan' }).getByRole('link', { name: part }))
      await heading(part === 'Overview' ? 'Plan' : part)
      await inspect(`The page ${part}`)
    }
    await press(page.getByRole('navigation', { name: 'Parts of the plan' }).getByRole('link', { name: 'Overview' }))
    await heading('Plan')
    const opened = page.context().waitForEvent('page')
    await press(page.getByRole('link', { name: 'Print' }))
    const paper = await opened
    await paper.waitForLoadState()
    const text = await paper.locator('body').textContent()
    for (const word of ['Customers wait a day', 'Ada Love', 'Mitigation', 'Timeline', 'Quantity'])
      expect(text).toContain(word)
    await paper.close()
  })

  test('who chose German reads the first step in German, and nothing of it overflows', async () => {
    const { page, go, inspect } = screen
    const [idea] = (await airworthy.client.listIdeas({})).items
    await airworthy.client.setLanguage({ body: { language: 'de' } })
    await go(`/ideas/${idea?.id}`)
    await page.getByRole('heading', { level: 2, name: 'Idee', exact: true }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByLabel('Was läuft heute schlecht?').waitFor()
    await page.getByRole('radio', { name: 'Eine Entscheidung', exact: true }).waitFor()
    await inspect('Die Idee auf Deutsch')
    await press(page.getByRole('button', { name: 'Weiter' }))
    await page.getByRole('heading', { level: 2, name: 'Menschen', exact: true }).waitFor()
    await airworthy.client.setLanguage({ body: { language: null } })
  })

  test('whoever signs in with a password reads their own language at once, and pages come while it is asked', async () => {
    const signInName = 'greta@example.org'
    const { id } = await airworthy.client.createActor({ body: { name: 'Greta', role: 'viewer', signInName } })
    const { url: link } = await airworthy.client.createInvitation({ body: { actor: id } })
    const { client } = testBrowser(airworthy.url, '127.0.0.1')
    await client.acceptInvitation({ body: { token: new URL(link).hash.slice(1), password: PASSWORD } })
    await client.setLanguage({ body: { language: 'de' } })

    const context = await screen.page.context().browser()?.newContext({ locale: 'en-GB' })
    if (!context) throw new Error('There is no browser.')
    const page = await context.newPage()
    page.setDefaultTimeout(PAGE_MS)
    // The language is not told before the code of the pages was asked for: one that waits for the other never comes.
    const asked = page.waitForRequest(/\/assets\/app-.+\.js$/)
    await page.route('**/api/v1/language', async (route) => {
      await asked
      await route.continue()
    })
    await page.goto(airworthy.url)
    await page.getByLabel('Name').fill(signInName)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Anwendungen' }).waitFor()
    await context.close()
  })

  test('nothing was found wrong with any of the pages', () => expect(screen.faults).toEqual([]))

  /** Goes on by the Tab key until this is where the keyboard is. */
  async function reach(target: Locator): Promise<void> {
    await target.waitFor()
    for (let tabs = 0; !(await isFocused(target)); tabs += 1) {
      expect(tabs, `${target} is not reached by the Tab key`).toBeLessThan(MOST_TABS)
      await screen.page.keyboard.press('Tab')
    }
  }

  async function press(target: Locator): Promise<void> {
    await reach(target)
    await screen.page.keyboard.press('Enter')
  }

  async function type(target: Locator, text: string): Promise<void> {
    await reach(target)
    await screen.page.keyboard.press('ControlOrMeta+a')
    await screen.page.keyboard.type(text)
  }

  /** The Tab key comes to the choice of a group that is made, else to the first; arrows go on. */
  async function choose(target: Locator): Promise<void> {
    const { keyboard } = screen.page
    const name = await target.getAttribute('name')
    const group = screen.page.locator(`input[type=radio][name="${name}"]`)
    const chosen = group.and(screen.page.locator(':checked'))
    await reach((await chosen.count()) > 0 ? chosen : group.first())
    await keyboard.press('Space')
    for (let arrows = 0; !(await isFocused(target)); arrows += 1) {
      expect(arrows, `${target} is not reached by arrows`).toBeLessThan(MOST_TABS)
      await keyboard.press('ArrowDown')
    }
    expect(await target.isChecked()).toBe(true)
  }
})

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement)

/** What the test does not type itself; a plan needs not every field. */
const SAID = {
  who: 'Customers',
  'technical-lead': 'Bo Kern',
  security: 'Cy Moss',
  operations: 'Bo Kern',
  task: 'converse',
  knowledgeNeed: 'private',
  knowledgeChange: 'weekly',
  personDays: 20,
  benefitLow: 500,
  benefitHigh: 2000,
  baseline: 24,
  target: 4,
  nonGoals: 'Refunds',
}
