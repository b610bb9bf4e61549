/**
 * The pages of the gateway on a real server with traffic: figures of the last seconds, targets that rest, keys that fail
 * and give way, a server that is attached. They go through axe, fit a phone's width, and leave the console silent.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { CHROMIUM, openScreen, PAGE_MS, type Screen, START_MS } from '../testing/on-screen.ts'

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
  const upstream = provider()
  let address = ''
  let airworthy: TestAirworthy
  let screen: Screen
  let traffic: NodeJS.Timeout | undefined

  beforeAll(async () => {
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
    airworthy = await testAirworthy()
    const { client, options } = airworthy
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
    screen = await openScreen({ url: airworthy.url, said: () => airworthy.printed.join('\n') })
  }, START_MS)
  afterAll(async () => {
    clearInterval(traffic)
    await screen?.close()
    await airworthy?.close()
    upstream.close().closeAllConnections()
  }, START_MS)

  test('figures of the last seconds move by themselves, and the target that is gone rests', async () => {
    const { page, go, inspect } = screen
    await go('/gateway')
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
    const { page, go, inspect } = screen
    await go('/gateway/providers')
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
    await page.getByLabel('Where it comes from').selectOption('azure')
    await page.getByLabel('Client id').fill('11111111-2222-3333-4444-555555555555')
    await inspect('Identity')
    await page.getByLabel('Where it comes from').selectOption('account')
    await page.getByLabel('Content of the file').fill('{"type":"other"}')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page
      .getByRole('dialog')
      .getByText(/the file of no service account/)
      .waitFor()
    await page.keyboard.press('Escape')
  })

  test('what a provider does not say of its quota is declared, and stands beside it', async () => {
    const { page, go, inspect } = screen
    await go('/gateway/providers')
    await page.getByRole('button', { name: 'Quota of acme' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Requests a minute').fill('none')
    await dialog.getByLabel('Tokens a minute').fill('50k')
    await dialog.getByRole('button', { name: 'Declare it' }).click()
    await dialog.getByText(/“50k” is no whole number/).waitFor()
    await inspect('Quota')
    await dialog.getByLabel('Tokens a minute').fill('50000')
    await dialog.getByRole('button', { name: 'Declare it' }).click()
    await page.getByText('declared: no limit on requests a minute').waitFor()
    await page.getByText('declared: 50,000 tokens a minute').waitFor()
  })

  test('a server is attached by its address, and says how much it has to do', async () => {
    const { page, go, inspect } = screen
    await go('/gateway/providers')
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

  test('a guardrail on models is made, changed and taken away, and holds at once', async () => {
    const { page, go, inspect } = screen
    await go('/gateway/providers')
    await page.getByRole('button', { name: 'New guardrail' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('birds')
    await dialog.getByLabel('It looks for').selectOption('terms')
    await dialog.getByLabel('Words and phrases').fill('nightjar, owl')
    await dialog.getByLabel('What it finds').selectOption('block')
    await dialog.getByLabel('What is said instead').fill('Not that bird.')
    await dialog.getByLabel('Of which models').fill('smart, acme/*')
    await inspect('Guardrail')
    await dialog.getByRole('button', { name: /^Save/ }).click()
    const row = page.getByRole('row').filter({ hasText: 'birds' })
    await row.getByText('blocks 2 words and phrases in questions').waitFor()
    const owl = { model: 'smart', messages: [{ role: 'user' as const, content: 'Is it an owl?' }] }
    expect(await ask(airworthy.options, owl)).toMatchObject({ text: 'Not that bird.' })
    await row.getByRole('button', { name: 'Change birds' }).click()
    expect(await dialog.getByLabel('Words and phrases').inputValue()).toBe('nightjar, owl')
    await dialog.getByLabel('What it finds').selectOption('observe')
    await dialog.getByRole('button', { name: /^Save/ }).click()
    await row.getByText('counts 2 words and phrases in questions').waitFor()
    await row.getByRole('button', { name: 'Remove birds' }).click()
    await dialog.getByRole('button', { name: 'Remove birds' }).click()
    await page.getByText('Nothing looks', { exact: true }).waitFor()
  })

  test('no page had a fault', () => {
    expect(screen.faults).toEqual([])
  })
})
