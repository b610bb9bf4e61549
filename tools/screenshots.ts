/**
 * Makes a picture of every page of a running server at phone, tablet and desk width, light and dark:
 * `node tools/screenshots.ts <sign-in link> <folder> [light|dark] [390|768|1440] [page …]`, pages by name or address.
 * The session is kept in the folder, so that `-` stands for the link the next time. Ends with 1 when axe,
 * the console or the width of a page has something to say.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from './browser.ts'
import { type Place, placesOf } from './screenshots/places.ts'
import { findChromium } from './test-run/chromium.ts'

const WIDTHS = [390, 768, 1440]
const THEMES = ['light', 'dark'] as const
const USAGE = 'node tools/screenshots.ts <sign-in link> <folder> [light|dark] [390|768|1440] [page …]'

process.exitCode = await main(process.argv.slice(2))

async function main([link, folder, ...wanted]: readonly string[]): Promise<number> {
  const chromium = findChromium(process.env)
  if (!link || !folder || !chromium)
    return complain(chromium ? USAGE : 'No Chromium; name one in AIRWORTHY_TEST_CHROMIUM.')
  mkdirSync(folder, { recursive: true })
  const browser = await openBrowser(chromium)
  try {
    const session = await signIn(browser, link, join(folder, 'session.json'))
    const only = wanted.filter((word) => !WIDTHS.includes(Number(word)) && !/^(light|dark)$/.test(word))
    let faults = 0
    for (const colorScheme of chosen(THEMES, wanted))
      for (const width of chosen(WIDTHS, wanted)) {
        const context = await browser.newContext({
          viewport: { width, height: width === 390 ? 844 : 900 },
          colorScheme,
          reducedMotion: 'reduce',
          storageState: session.state,
        })
        const page = await context.newPage()
        const console = listenToConsole(page)
        for (const place of await wantedPlaces(page, session.base, only)) {
          const said = [
            ...(await shoot(page, session.base, place, join(folder, `${place[0]}-${width}-${colorScheme}.png`))),
            ...console.take(),
          ]
          for (const text of said) process.stdout.write(`${place[0]} ${width} ${colorScheme}: ${text}\n`)
          faults += said.length
        }
        await context.close()
      }
    process.stdout.write(faults === 0 ? 'Nothing to complain about.\n' : `${faults} faults.\n`)
    return faults === 0 ? 0 : 1
  } finally {
    await browser.close()
  }
}

/** By name among the known ones, or by their address; all that are known when none is named. */
async function wantedPlaces(page: Page, base: string, only: readonly string[]): Promise<Place[]> {
  const own = only.filter((word) => word.startsWith('/'))
  const named = only.filter((word) => !word.startsWith('/'))
  const known = only.length > 0 && named.length === 0 ? [] : await placesOf(page, base)
  return [
    ...known.filter(([name]) => only.length === 0 || named.includes(name)),
    ...own.map(
      (path): Place => [
        path
          .replace(/[^\w-]+/g, '-')
          .replace(/^-|-$/g, '')
          .slice(0, 80),
        path,
      ],
    ),
  ]
}

async function shoot(page: Page, base: string, [name, path]: Place, file: string): Promise<string[]> {
  await page.goto(base + path)
  const isLate = await settled(page).then(
    () => false,
    () => true,
  )
  await page.waitForTimeout(250)
  await page.screenshot({ path: file, fullPage: name !== 'case' })
  const sideways = await sidewaysPx(page)
  return [
    ...(isLate ? ['it is still loading'] : []),
    ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []),
    ...(await axeFaults(page)),
  ]
}

type Session = { base: string; state: { cookies: []; origins: [] } }

/** A link signs in once; what came of it is kept for the next time. */
async function signIn(browser: Awaited<ReturnType<typeof openBrowser>>, link: string, file: string): Promise<Session> {
  if (link === '-' && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await settled(page)
  const session = { base: new URL(link).origin, state: await context.storageState() }
  writeFileSync(file, JSON.stringify(session), { mode: 0o600 })
  await context.close()
  return session as Session
}

/** Those of the possible ones that were asked for; all when none was. */
function chosen<One extends string | number>(possible: readonly One[], wanted: readonly string[]): One[] {
  const found = possible.filter((one) => wanted.includes(String(one)))
  return found.length > 0 ? found : [...possible]
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`)
  return 1
}
