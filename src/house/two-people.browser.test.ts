/**
 * Two people take a new application from nothing to production on the screen: the machine runs what it can, each states
 * what they hold the duty for, a report is imported, one check is waived by the one and granted by the other, evidence is
 * checked and doubted; one asks, the other signs, before production with what speaks against it on record. All of it is
 * done on the screen, but for the waivers after the first of each gate: those each asks for and grants by their own key,
 * because the fiftieth dialog is as the first. What is visited goes through axe, must fit a phone, and leaves the console
 * silent.
 */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { TRAINING } from '../testing/echo-application.ts'
import { CHROMIUM, openScreen, PAGE_MS, type Screen, START_MS } from '../testing/on-screen.ts'

const NAME = 'shop'
const DUTIES = `{business-owner: Grace Owner, technical-lead: Grace Owner, privacy: Grace Owner,
  risk: Ada Builder, security: Ada Builder, operations: Ada Builder, data-steward: Ada Builder}`
const STATED = 'Read and agreed, with both names on record.'
const AGAINST = 'Nobody has tried it with more users than two.'
const WAIVED = {
  why: 'The shop is made up; its owner is asked this week.',
  risk: 'A page whose owner nobody knows.',
  instead: 'Both read every page and every answer before the pilot.',
}
const HOLDING = new Set<string>(['FAIL', 'MISSING', 'STALE', 'INCONCLUSIVE'])

describe.skipIf(!CHROMIUM)('two people on screen', { timeout: START_MS }, () => {
  let airworthy: TestAirworthy
  let screen: Screen
  let ada: Page
  let grace: Page
  let release: string
  let gate: string

  beforeAll(async () => {
    airworthy = await testAirworthy()
    screen = await openScreen({ url: airworthy.url, said: () => airworthy.printed.join('\n') })
    ada = await invite('Ada Builder', 'builder')
    grace = await invite('Grace Owner', 'approver')
  }, START_MS)
  afterAll(async () => {
    await screen?.close()
    await airworthy?.close()
  }, START_MS)

  /** The owner adds a person and hands over a link; the person opens it in a browser of their own. */
  async function invite(name: string, role: string): Promise<Page> {
    const { page, go } = screen
    await go('/settings/people')
    await page.getByRole('button', { name: 'New person' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Role').selectOption(role)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Sign-in link' }).click()
    const link = await page.getByText(/^http\S+sign-in\?token=/).textContent()
    return open(link ?? '')
  }

  /** A browser of one's own. */
  async function open(link: string): Promise<Page> {
    const browser = screen.page.context().browser()
    if (!browser) throw new Error('There is no browser.')
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    const own = await context.newPage()
    own.setDefaultTimeout(PAGE_MS)
    await own.goto(link)
    await own.getByRole('heading', { level: 1, name: 'Applications' }).waitFor()
    return own
  }

  const finding = (page: Page, check: string) =>
    page.locator('li[data-row]').filter({ has: page.getByText(check, { exact: true }) })
  async function attest(page: Page, check: string, at = gate): Promise<void> {
    await page.goto(at)
    await finding(page, check).getByRole('button', { name: 'Attest' }).click()
    await page.getByLabel('On what this rests').fill(STATED)
    await page.getByRole('dialog').getByRole('button', { name: 'Attest' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  const gateInto = (stage: 'pilot' | 'production') => `${airworthy.url}/releases/${release}/gates/${stage}`

  async function askWaiver(page: Page, button: Locator): Promise<void> {
    await button.click()
    await page.getByLabel('Why it is justified').fill(WAIVED.why)
    await page.getByLabel('Which risk stays').fill(WAIVED.risk)
    await page.getByLabel('What is done instead').fill(WAIVED.instead)
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  /** What this version makes no evidence for: the one asks for a waiver of each check that holds, the other grants it. */
  async function waive(into: 'pilot' | 'production'): Promise<void> {
    const { findings } = await airworthy.client.getGate({ params: { id: release, stage: into } })
    const held = findings.filter(({ check, verdict }) => HOLDING.has(verdict) && !/^appr\./.test(check))
    const [first, ...others] = held.map(({ check }) => check)
    await ada.goto(gateInto(into))
    await askWaiver(ada, finding(ada, first ?? '').getByRole('button', { name: 'Ask for a waiver' }))
    await grace.goto(`${airworthy.url}/waivers`)
    const granting = grace.getByRole('button', { name: 'Grant' })
    await granting.click()
    await granting.waitFor({ state: 'detached' })
    const [asking, deciding] = [await keyOf('Ada Builder'), await keyOf('Grace Owner')]
    for (const check of others) {
      const { id } = await asking.requestWaiver({
        body: {
          release,
          into,
          check,
          reason: WAIVED.why,
          residualRisk: WAIVED.risk,
          compensatingControl: WAIVED.instead,
          days: 7,
        },
      })
      await deciding.decideWaiver({ params: { id }, body: { decision: 'grant' } })
    }
  }

  /** The same person, by a key. */
  async function keyOf(name: string) {
    const { items } = await airworthy.client.listActors({ query: { limit: 100 } })
    const person = items.find((one) => one.name === name)
    const { secret } = await airworthy.client.createKey({
      body: { name, role: person?.role ?? 'viewer', actor: person?.id ?? '' },
    })
    return createClient({ baseUrl: airworthy.url, token: secret })
  }

  async function askApproval(into: 'pilot' | 'production'): Promise<void> {
    await ada.goto(gateInto(into))
    await ada.getByRole('button', { name: 'Ask for the approval' }).click()
    await ada.getByText(/^Still to sign/).waitFor()
    await grace.goto(ada.url())
  }

  async function sign(page: Page): Promise<void> {
    await page.getByLabel('On what this rests').fill(STATED)
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
  }

  async function promote(into: 'pilot' | 'production'): Promise<void> {
    await ada.goto(gateInto(into))
    await ada.getByRole('button', { name: `Promote into ${into}` }).click()
    await ada.getByRole('button', { name: 'Promote', exact: true }).click()
    await ada.getByRole('heading', { level: 1, name: NAME }).waitFor()
  }

  test('the owner begins an application and says who answers for what', async () => {
    const { page, go, inspect } = screen
    await go('/applications')
    await page.getByRole('button', { name: 'New application' }).click()
    await page.getByLabel('Name', { exact: true }).fill(NAME)
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
    await page.getByRole('link', { name: 'Blueprint', exact: true }).click()
    const file = page.getByLabel('Text of airworthy.yaml')
    const text = await file.inputValue()
    await file.fill(text.replace('duties: {}', `duties: ${DUTIES}`).replace('builders: []', 'builders: [Ada Builder]'))
    await page.getByText('No mistake found.').waitFor()
    await page.getByRole('button', { name: 'Save the change' }).click()
    await page.getByRole('button', { name: 'Save the change' }).waitFor({ state: 'detached' })
    await go(`/applications/${NAME}/profile?users=&autonomy=acts-alone`)
    await page.getByText('Attacks on tools and agents').waitFor()
    await inspect('Profile')
  })

  test('one freezes it and lets the machine answer what it can', async () => {
    await ada.goto(`${airworthy.url}/applications/${NAME}/blueprint`)
    await ada.getByRole('button', { name: 'Freeze a release' }).click()
    await ada.getByRole('heading', { level: 1, name: 'r1' }).waitFor()
    await ada.getByRole('link', { name: 'See what holds it' }).click()
    await ada.getByText(/^Held by 12 of 12/).waitFor()
    gate = ada.url()
    release = /rel_\w+/.exec(gate)?.[0] ?? ''
    await ada.getByRole('button', { name: /^Run what can be run/ }).click()
    await ada.getByText(/^Held by 7 of 12/).waitFor({ timeout: START_MS })
    await ada.getByText('after a run, Ada Builder').waitFor()
    await screen.go(new URL(gate).pathname)
    await finding(screen.page, 'strat.decision').getByText('about this check').click()
    await finding(screen.page, 'strat.decision').getByText('our own invention').waitFor()
    await screen.inspect('Gate')
  })

  test('each states what they hold the duty for, a report is imported, and the gate asks for one thing more', async () => {
    await attest(ada, 'gov.classification')
    await attest(grace, 'biz.charter')
    await attest(ada, 'risk.register')
    await attest(grace, 'strat.decision')
    await attest(grace, 'model.approved')
    await ada.goto(gate)
    await finding(ada, 'train.builders').getByRole('button', { name: 'Import' }).click()
    const report = { name: 'records.csv', mimeType: 'text/csv', buffer: Buffer.from(TRAINING) }
    await ada.getByLabel('Report').setInputFiles(report)
    await ada.getByRole('dialog').getByRole('button', { name: 'Import' }).click()
    await ada.getByText(/^Held by 1 of 12/).waitFor()
  })

  test('the one asks for a waiver, the other grants it, and nobody shows it as passing', async () => {
    await askWaiver(ada, finding(ada, 'data.inventory').getByRole('button', { name: 'Ask for a waiver' }))
    await ada.getByText('You asked for it, so another person decides.').waitFor()
    await grace.goto(`${airworthy.url}/waivers`)
    await grace.getByRole('button', { name: 'Grant' }).click()
    await grace.getByText('7 days left').waitFor()
    await screen.go('/waivers')
    await screen.inspect('Waivers')
    await ada.goto(gate)
    await ada.getByText(/^Open\. Nothing holds this release\. 11 pass\. 1 is waived, which is no pass\./).waitFor()
  })

  test('evidence is found, checked in the browser and doubted, and an answer opens the gate again', async () => {
    await grace.goto(`${airworthy.url}/evidence?application=${NAME}&check=sec.secrets`)
    await grace.getByRole('link', { name: 'sec.secrets' }).click()
    await grace.getByRole('button', { name: 'Check the signature' }).click()
    await grace.getByText('every field is what was signed').waitFor()
    await grace.getByRole('button', { name: 'Doubt it' }).click()
    await grace.getByLabel('Why it should not be believed').fill('The new pages were not there yet.')
    await grace.getByRole('button', { name: 'Raise the doubt' }).click()
    await grace.getByText('“The new pages were not there yet.”').waitFor()
    await screen.go(new URL(grace.url()).pathname)
    await screen.inspect('Evidence')
    await ada.getByText(/^Held by 1 of 12/).waitFor()
    await finding(ada, 'sec.secrets').getByRole('link', { name: 'Read the doubt' }).waitFor()
    await grace.getByLabel('Your answer').fill('They are: 104 pieces were read.')
    await grace.getByRole('button', { name: 'Withdraw' }).click()
    await grace.getByText('withdrawn', { exact: true }).waitFor()
    await screen.go(`/evidence?application=${NAME}`)
    await screen.inspect('Evidence as a whole')
  })

  test('it is promoted, live, and what was decided comes out the same again', async () => {
    await ada.getByRole('button', { name: 'Promote into poc' }).click()
    await ada.getByText(/^Let through under a waiver, which is no pass: data\.inventory/).waitFor()
    await ada.getByRole('button', { name: 'Promote', exact: true }).click()
    await ada.getByRole('heading', { level: 1, name: NAME }).waitFor()
    const live = await airworthy.client.getLive()
    expect(live.applications[NAME]?.stages.poc?.release).toBe(release)
    await screen.go(`/applications/${NAME}`)
    await screen.page.getByText('waiver near its end').waitFor()
    await screen.inspect('Application')
    await screen.go(new URL(gate).pathname)
    await screen.page
      .getByRole('row', { name: /it was promoted/ })
      .getByRole('button', { name: 'Decide again' })
      .click()
    await screen.page.getByText('the same', { exact: true }).waitFor()
    await screen.go(`${new URL(gate).pathname.split('/gates')[0]}/readiness`)
    await screen.inspect('Readiness')
  })

  test('into the pilot: what nothing answers yet is waived one by one, one asks, the other signs', async () => {
    await attest(grace, 'docs.card', gateInto('pilot'))
    await waive('pilot')
    await askApproval('pilot')
    await sign(grace)
    await grace.getByText(/approved as/).waitFor()
    await promote('pilot')
  })

  test('into production: nobody signs before somebody has said what speaks against it', async () => {
    await waive('production')
    await askApproval('production')
    await sign(grace)
    await grace.getByText(/Write the strongest reason that you know/).waitFor()
    await grace.getByRole('button', { name: 'Say what speaks against it' }).click()
    await grace.getByLabel('Pillar').selectOption('operations')
    await grace.getByLabel('The strongest reason against').fill(AGAINST)
    await grace.getByRole('button', { name: 'Put it on record' }).click()
    await grace.getByText(`“${AGAINST}”`).waitFor()
    await screen.go(new URL(grace.url()).pathname)
    await screen.inspect('Approval')
    await sign(grace)
    await grace.getByText(/approved as/).waitFor()
    await promote('production')
    const { applications } = await airworthy.client.getLive()
    expect(applications[NAME]?.stages.production?.release).toBe(release)
    expect(screen.faults).toEqual([])
  })
})
