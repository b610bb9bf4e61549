/** The builder's walk through the first gate of what the plan made: freeze it, see what holds it, mend that, promote it. */
import module from '../../packs/training/from-sandbox-to-production.json' with { type: 'json' }
import type { Hand } from './hand.ts'

/** What a builder knows, or asks the owner for in one sentence; each stands empty in a file of the starter. */
const KNOWN: Readonly<Record<string, string>> = {
  owner: 'Ada Love',
  region: 'the machine it runs on',
  retention: 'as long as the application',
  refresh: 'each month',
  approvedBy: 'Bo Kern',
  role: 'deployer',
  sectorRules: '[]',
}
/** Checks of the first gate that a file answers. */
const WRITTEN = ['gov.classification', 'model.approved', 'data.inventory']

export async function passFirstGate(hand: Hand, application: string): Promise<void> {
  const { page } = hand
  await hand.look()
  await hand.press(page.getByRole('link', { name: application, exact: true }).first())
  await page.getByRole('heading', { level: 1, name: application }).waitFor()
  await hand.look()
  await hand.press(page.getByRole('link', { name: 'Blueprint', exact: true }))
  await hand.press(page.getByRole('button', { name: 'Freeze a release' }))
  await page.getByRole('heading', { level: 1, name: 'r1' }).waitFor()
  await hand.look()
  await hand.press(page.getByRole('link', { name: 'See what holds it' }))
  await page.getByText(/^Held by/).waitFor()
  await hand.look()
  await hand.press(page.getByRole('button', { name: /^Run what can be run/ }))
  await page.getByText(`Held by ${WRITTEN.length + 1} of`, { exact: false }).waitFor()
  await hand.look()
  const gate = page.url()
  for (const check of WRITTEN) {
    await hand.press(finding(hand, check).getByRole('link', { name: 'Write' }))
    await hand.fillIn(page.getByLabel(/^Text of/), KNOWN)
    await page.getByText('No mistake found.').waitFor()
    await hand.press(page.getByRole('button', { name: 'Save the change' }))
    await page.getByRole('button', { name: 'Save the change' }).waitFor({ state: 'detached' })
    await hand.back(gate)
  }
  await hand.press(finding(hand, 'train.builders').getByRole('link', { name: 'Learn' }))
  await hand.look()
  await hand.press(page.getByRole('link', { name: module.title }).first())
  await hand.look()
  for (const { id, right } of module.questions)
    await hand.choose(page.locator(`input[type=radio][name="${id}"]`).nth(right))
  await hand.press(page.getByRole('button', { name: 'Answer', exact: true }))
  await hand.look()
  await hand.back(gate)
  await hand.look()
  await hand.press(page.getByRole('button', { name: /^Run what can be run/ }))
  await page.getByText(/^Open\./).waitFor()
  await hand.look()
  await hand.press(page.getByRole('button', { name: 'Promote into poc' }))
  await hand.look()
  await hand.press(page.getByRole('button', { name: 'Promote', exact: true }))
  await page.getByRole('heading', { level: 1, name: application }).waitFor()
}

const finding = ({ page }: Hand, check: string) =>
  page.locator('li[data-row]').filter({ has: page.getByText(check, { exact: true }) })
