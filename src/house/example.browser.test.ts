/**
 * The example as somebody sees it who runs `npm start` and opens the printed link: from Applications to the
 * rollback, in a real browser on a real server. Every page kind that is visited goes through axe, must fit a
 * phone's width, and must leave the console silent.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'
import { CHROMIUM, openScreen, type Screen } from '../testing/on-screen.ts'

/** The story takes a minute or two on an idle machine, several on a busy one. */
const STORY_MS = 600_000
/** Three of four users dislike the worse release: when the first five all do, a tripwire is faster than statistics. */
const WORSE =
  /^It happen(s more often than before: the odds against chance are|ed with every one of the first \d+ units of the candidate\.$)/

describe.skipIf(!CHROMIUM)('the example on screen', { timeout: STORY_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-browser-'))
  let server: ServerProcess
  let screen: Screen

  beforeAll(async () => {
    server = await startServer({ AIRWORTHY_DATA: data, AIRWORTHY_EXAMPLE: '1', AIRWORTHY_TEST_PAGES: '1' })
    screen = await openScreen(server)
  }, STORY_MS)
  afterAll(async () => {
    await screen?.close()
    await server?.kill('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }, STORY_MS)

  /** What the server told; the rest of the story is not waited for when it has stopped. */
  const until = async (locator: Locator) => {
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
    const { page, heading, inspect, row } = screen
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
    const { page, go, heading, inspect } = screen
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
    const { page, go, heading, inspect, row } = screen
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
    const { page, go, heading, inspect, row } = screen
    await go('/rollouts')
    await until(row('r2 → r3').filter({ hasText: 'rolled back' }))
    await row('r2 → r3').getByRole('link').click()
    await heading('Rollout r2 → r3')
    await page.getByText('Last decision: Roll back.').waitFor()
    const client = createClient({ baseUrl: server.url, token: readFileSync(join(data, 'owner-token'), 'utf8').trim() })
    const { items } = await client.listRollouts({ query: { application: 'support-assistant' } })
    const [why = ''] = items.find(({ state }) => state === 'rolled-back')?.latest?.why ?? []
    const told = why.replace(/^[^:]+: /, '')
    expect(told).toMatch(WORSE)
    await page.getByText(told).first().waitFor()
    await page.getByRole('img', { name: /^E-value of .* over time, against the threshold$/ }).waitFor()
    await row('harm').first().waitFor()
    await inspect('Rollback')
    await page.getByRole('link', { name: 'evidence' }).first().click()
    await heading(/^Evidence on rollout/)
    await inspect('Evidence')
  })

  test('the playground answers from documents, and the trace of the answer opens', async () => {
    const { page, go, heading, inspect } = screen
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

  test('people label answers by keyboard alone, and suites, judges and arms have a page each', async () => {
    const { page, go, heading, inspect } = screen
    await go('/annotation')
    await inspect('Annotate, empty')
    await page.getByRole('button', { name: 'New queue' }).click()
    await page.getByLabel('Guidelines').fill('Right is what the passages say.')
    await page.getByRole('button', { name: 'Make it' }).click()
    await heading('Is the answer right?')
    await inspect('Queue')
    await page.getByRole('link', { name: 'Label', exact: true }).click()
    await heading('Label')
    await page.getByText('Answer 1 of').waitFor()
    await inspect('Label')
    await page.keyboard.press('2')
    await page.keyboard.press('Enter')
    await page.getByText('Answer 2 of').waitFor()
    await page.keyboard.press('k')
    await page.getByText('labelled by you before').waitFor()
    expect(await page.getByRole('button', { name: /^2 wrong/ }).getAttribute('aria-pressed')).toBe('true')
    for (const [part, title] of [
      ['suites', 'Suites'],
      ['judges', 'Judges'],
      ['compare', 'Compare'],
    ] as const) {
      await go(`/applications/support-assistant/${part}`)
      await heading(title)
      await inspect(title)
    }
  })

  test('nothing was found wrong with any page on the way', () => expect(screen.faults).toEqual([]))
})
