/**
 * Makes a picture of every page at phone and desk width, light and dark, and runs axe on each:
 * `node web/screenshots.ts <base URL> <sign-in link or -> <folder> [light|dark] [page …]`.
 * Ends with 1 when axe, the console or the width of the page has something to say.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const [base = 'http://127.0.0.1:4499', link = '-', folder = '/tmp/shots', ...wanted] = process.argv.slice(2)
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const themes = (['light', 'dark'] as const).filter(
  (theme) => !wanted.some((word) => word === 'light' || word === 'dark') || wanted.includes(theme),
)
const only = wanted.filter((word) => word !== 'light' && word !== 'dark')
let faults = 0

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.AIRWORTHY_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: FLAGS,
})
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>> | undefined
for (const theme of themes)
  for (const width of [390, 1440]) {
    const context = await browser.newContext({
      viewport: { width, height: width === 390 ? 844 : 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
      ...(signedIn && { storageState: signedIn }),
    })
    const page = await context.newPage()
    if (!signedIn && link !== '-') {
      await page.goto(link)
      signedIn = await context.storageState()
    }
    for (const [name, path] of await pagesOf(page))
      if (only.length === 0 || only.includes(name)) await shoot(page, { name: `${name}-${width}-${theme}`, path })
    await context.close()
  }
await browser.close()
process.stdout.write(faults === 0 ? 'Nothing to complain about.\n' : `${faults} faults.\n`)
process.exitCode = faults === 0 ? 0 : 1

/** The address of one page of each kind, found through the API with the page's own session. */
async function pagesOf(page: Page): Promise<[string, string][]> {
  await page.goto(`${base}/applications`)
  const get = async (path: string): Promise<Record<string, string>[]> =>
    (await (await page.request.get(`${base}${path}`)).json()).items ?? []
  const rollouts = await get('/api/v1/rollouts')
  const applications = await get('/api/v1/applications')
  const application = applications.find(({ name }) => name === rollouts[0]?.application) ?? applications[0]
  const releases = application ? await get(`/api/v1/applications/${application.name}/releases`) : []
  const [experiment] = await get('/api/v1/experiments')
  const [evidence] = await get('/api/v1/evidence?check=eval.smoke')
  const [trace] = await get('/api/v1/traces')
  const rows = experiment ? await get(`/api/v1/experiments/${experiment.id}/rows?limit=1`) : []
  const release = releases[0]?.id
  return [
    ['applications', '/applications'],
    ['application', `/applications/${application?.name}`],
    ['blueprint', `/applications/${application?.name}/blueprint`],
    ['release', `/releases/${release}`],
    ['gate', `/releases/${release}/gates/poc`],
    ['rollouts', '/rollouts'],
    ...rollouts
      .slice(0, 2)
      .map((rollout, index): [string, string] => [`rollout${index + 1}`, `/rollouts/${rollout.id}`]),
    ['experiment', `/experiments/${experiment?.id}`],
    ['case', `/experiments/${experiment?.id}?case=${encodeURIComponent(rows[0]?.example ?? '')}`],
    ['evidence', `/evidence/${evidence?.id}`],
    ['traces', '/traces'],
    ['trace', `/traces/${trace?.traceId}`],
    ['playground', '/playground'],
    ['settings', '/settings'],
    ['nowhere', '/nowhere'],
  ]
}

async function shoot(page: Page, { name, path }: { name: string; path: string }): Promise<void> {
  const said: string[] = []
  const listen = (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') said.push(message.text())
  }
  const onError = (error: Error) => said.push(error.message)
  page.on('console', listen)
  page.on('pageerror', onError)
  await page.goto(`${base}${path}`)
  await page.waitForSelector('h1')
  await page
    .waitForFunction(() => !document.querySelector('[role=status][aria-label=Loading]'), undefined, { timeout: 10_000 })
    .catch(() => said.push('it is still loading after ten seconds'))
  await page.waitForTimeout(250)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  for (const { id, nodes } of violations)
    said.push(
      `axe ${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 140))
        .join(' | ')}`,
    )
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  if (overflow > 0) said.push(`scrolls sideways by ${overflow} px`)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: !name.startsWith('case') })
  page.off('console', listen)
  page.off('pageerror', onError)
  faults += said.length
  for (const text of said) process.stdout.write(`${name}: ${text}\n`)
}
