/**
 * The pages of the gateway on a real server with traffic: figures of the last seconds, targets that rest, keys that fail
 * and give way, a server that is attached. They go through axe, fit a phone's width, and leave the console silent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from '../../tools/index.ts'
import { type ServerProcess, startServer } from '../testing/child.ts'

const CHROMIUM = process.env.AIRWORTHY_TEST_CHROMIUM
const START_MS = 240_000
const PAGE_MS = 30_000
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const TOKEN = 'the-token-of-the-owner'

/** A provider that limits one key and takes the other; it is vLLM, as far as it says. */
const provider = (): Server =>
  createServer((request, response) => {
    const key = String(request.headers.authorization ?? '').replace('Bearer ', '')
    request.resume().on('end', () => {
      const pages: Record<string, string> = {
        '/v1/models': '{"data":[{"id":"tiny","owned_by":"vllm"}]}',
        '/version': '{"version":"0.11.0"}',
        '/health': '',
        '/metrics': 'vllm:num_requests_running 3\nvllm:num_requests_waiting 1\nvllm:kv_cache_usage_perc 0.4\n',
      }
      const page = pages[request.url ?? '']
      if (page !== undefined) response.end(page)
      else if (key === 'sk-limited')
        response.writeHead(429, { 'retry-after': '600' }).end('{"error":{"message":"slow down"}}')
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(
            '{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}',
          )
    })
  })

describe.skipIf(!CHROMIUM)('the gateway on screen', { timeout: START_MS }, () => {
  const data = mkdtempSync(join(tmpdir(), 'airworthy-gateway-browser-'))
  const faults: string[] = []
  const upstream = provider()
  let address = ''
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let console: ReturnType<typeof listenToConsole>
  let traffic: NodeJS.Timeout | undefined

  beforeAll(async () => {
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
    server = await startServer({ AIRWORTHY_DATA: data, AIRWORTHY_OWNER_TOKEN: TOKEN, AIRWORTHY_TEST_PAGES: '1' })
    const options = { baseUrl: server.url, token: TOKEN }
    const client = createClient(options)
    const openai = { dialect: 'openai' as const, baseUrl: `${address}/v1` }
    await client.putProvider({
      params: { name: 'acme' },
      body: {
        ...openai,
        credentials: [
          { name: 'first', source: 'sk-limited', inForce: true },
          { name: 'reserve', source: 'sk-well', inForce: false },
        ],
      },
    })
    await client.putProvider({
      params: { name: 'gone' },
      body: { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' },
    })
    await client.putModelRoute({
      params: { name: 'smart' },
      body: {
        strategy: 'priority',
        targets: [
          { model: 'gone/m', weight: 1 },
          { model: 'acme/tiny', weight: 1, when: { tasks: ['code'], languages: ['en', 'de'] } },
          { model: 'acme/other', weight: 1 },
        ],
        onDisconnect: 'cancel',
      },
    })
    const once = () =>
      void ask(options, { model: 'smart', messages: [{ role: 'user', content: 'Is it?' }] }).catch(() => {})
    for (let n = 0; n < 5; n += 1) once()
    traffic = setInterval(once, 250)
    browser = await openBrowser(CHROMIUM ?? '')
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(PAGE_MS)
    console = listenToConsole(page)
  }, START_MS)
  afterAll(async () => {
    clearInterval(traffic)
    await browser?.close()
    await server?.kill('SIGTERM')
    upstream.close().closeAllConnections()
    rmSync(data, { recursive: true, force: true })
  }, START_MS)

  const inspect = async (name: string) => {
    const found = await axeFaults(page)
    await page.setViewportSize(PHONE)
    await page.waitForTimeout(250)
    const sideways = await sidewaysPx(page)
    if (sideways > 0) found.push(`scrolls sideways by ${sideways} px at ${PHONE.width}`)
    await page.setViewportSize(DESK)
    faults.push(...[...found, ...console.take()].map((fault) => `${name}: ${fault}`))
  }
  const go = async (path: string, heading: string) => {
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await settled(page, PAGE_MS)
  }

  test('figures of the last seconds move by themselves, and the target that is gone rests', async () => {
    const link = () => /^Sign in .*?(http\S+)/m.exec(server.said())?.[1]
    await expect.poll(link, { timeout: PAGE_MS }).toBeDefined()
    await page.goto(link() ?? '')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await go('/gateway', 'Gateway')
    await page.getByText(/\d+ requests in the last 10 seconds/).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'gone/m' })
    await row.getByText('rests').or(row.getByText('probed')).first().waitFor()
    await page.getByRole('row').filter({ hasText: 'acme/other' }).getByText('asked').waitFor()
    const figure = () => page.getByRole('row').filter({ hasText: 'acme/other' }).textContent()
    const before = await figure()
    // Nobody reloads the page.
    await expect.poll(figure, { timeout: PAGE_MS }).not.toBe(before)
    await inspect('Gateway')
  })

  test('a provider shows its keys by name, the one that rests and why, and its targets', async () => {
    await go('/gateway/providers', 'Providers and routes')
    const acme = page.getByRole('listitem').filter({ hasText: 'acme' }).first()
    await acme.getByText('rests: The provider limits it (429).').waitFor()
    await acme.getByText('ready').waitFor()
    await acme.getByText('in reserve').waitFor()
    expect(await page.content()).not.toContain('sk-')
    const route = page.getByRole('row').filter({ hasText: 'smart' })
    await route.getByText('for the task code, the language en or de').waitFor()
    await inspect('Providers')
    await acme.getByRole('button', { name: 'Test acme' }).click()
    await acme.getByText(/Reached in/).waitFor()
    await acme.getByRole('button', { name: 'Keys of acme' }).click()
    await page.getByRole('dialog').getByText('reserve').waitFor()
    await inspect('Keys')
    await page.keyboard.press('Escape')
  })

  test('a server is attached by its address, and says how much it has to do', async () => {
    await go('/gateway/providers', 'Providers and routes')
    await page.getByRole('button', { name: 'Attach a server' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill(address)
    await dialog.getByLabel('Name').fill('box')
    await dialog.getByRole('button', { name: 'Look at it and attach it' }).click()
    await dialog.getByText('box/tiny').waitFor()
    await inspect('Attached')
    await dialog.getByRole('button', { name: 'Done' }).click()
    const box = page.getByRole('listitem').filter({ hasText: 'box' }).first()
    await box.getByText(/vllm 0\.11\.0 · 3 under way · 1 waiting/).waitFor()
  })

  test('no page had a fault', () => {
    expect(faults).toEqual([])
  })
})
