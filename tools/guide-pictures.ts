/**
 * Makes the pictures of docs/guide from a running server with the example application:
 * `node tools/guide-pictures.ts <sign-in link> [folder]`. Each is a page as it is, cut to what the text speaks of.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser, settled } from './browser.ts'
import { findChromium } from './test-run/chromium.ts'

const APPLICATION = 'support-assistant'
const VIEWPORT = { width: 1100, height: 760 }
/** Of WebP: smaller is blurred type, larger is nothing that one sees. */
const QUALITY = 72
const SETTLE_MS = 400
const USAGE = 'node tools/guide-pictures.ts <sign-in link> [folder]'

type Shot = { readonly name: string; readonly path: string }

process.exitCode = await main(process.argv.slice(2))

async function main([link, folder = 'docs/guide']: readonly string[]): Promise<number> {
  const chromium = findChromium(process.env)
  if (!link || !chromium) {
    process.stderr.write(`${chromium ? USAGE : 'No Chromium; name one in AIRWORTHY_TEST_CHROMIUM.'}\n`)
    return 1
  }
  mkdirSync(folder, { recursive: true })
  const browser = await openBrowser(chromium)
  try {
    const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(link)
    await settled(page)
    const base = new URL(link).origin
    for (const shot of await shotsOf(page, base)) {
      const bytes = await take(page, base, shot)
      writeFileSync(join(folder, `${shot.name}.webp`), bytes)
      process.stdout.write(`${shot.name}.webp ${(bytes.length / 1024).toFixed(0)} KB\n`)
    }
    return 0
  } finally {
    await browser.close()
  }
}

/** Where the story of the example stands: releases by their number, the rollout that went back. */
async function shotsOf(page: Page, base: string): Promise<Shot[]> {
  const get = async (path: string) => (await (await page.request.get(`${base}/api/v1/${path}`)).json()).items ?? []
  const releases: { id: string; number: number }[] = await get(`applications/${APPLICATION}/releases`)
  const rollouts: { id: string; application: string; state: string }[] = await get('rollouts')
  const experiments: { id: string; application: string; release: string; comparison: unknown[] }[] =
    await get('experiments')
  const release = (number: number) => releases.find((one) => one.number === number)?.id ?? ''
  const of = `/applications/${APPLICATION}`
  const back = rollouts.find((one) => one.application === APPLICATION && /rolled|abort/.test(one.state))
  const compared = experiments.find((one) => one.release === release(2) && one.comparison.length > 0)
  return [
    { name: 'path', path: of },
    { name: 'charter', path: `${of}/charter` },
    { name: 'gate', path: `/releases/${release(3)}/gates/poc` },
    { name: 'data', path: `${of}/data` },
    { name: 'people', path: `${of}/people` },
    { name: 'threats', path: `${of}/threats` },
    { name: 'law', path: `${of}/law` },
    { name: 'risks', path: `${of}/risks` },
    { name: 'experiment', path: `/experiments/${compared?.id}` },
    { name: 'rollout', path: `/rollouts/${back?.id}` },
    { name: 'readiness', path: `/releases/${release(2)}/readiness` },
    { name: 'compass', path: '/compass' },
  ]
}

async function take(page: Page, base: string, { path }: Shot): Promise<Buffer> {
  await page.goto(base + path)
  await settled(page)
  await page.waitForTimeout(SETTLE_MS)
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  await session.detach()
  return Buffer.from(data, 'base64')
}
