/** Money at the command line: prices, usage, old costs again, and a provider's export. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'

const airworthy = await testAirworthy()
const home = mkdtempSync(join(tmpdir(), 'airworthy-cost-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(home, { recursive: true, force: true })
})
const SLOW = 60_000
const run = (...words: string[]) =>
  airworthyCommand(
    words,
    { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken, AIRWORTHY_DATA: airworthy.data },
    home,
  )
const TODAY = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  await airworthy.client.putOwnPrice({
    params: { model: 'scripted/fixed' },
    body: { rates: { input: '1', output: '1' }, reason: 'for this test' },
  })
  await ask(airworthy.options, { model: 'scripted/fixed', messages: [{ role: 'user', content: 'hello' }] })
  await vi.waitFor(
    async () => {
      const { total } = await airworthy.client.getUsageBy({ query: { by: 'model' } })
      expect(total).toMatchObject({ requests: 1, priced: 1 })
    },
    { timeout: 5_000 },
  )
})

test('a price is set, shown, imported and taken back', { timeout: SLOW }, async () => {
  expect(await run('prices', 'show', 'box/sage')).toMatchObject({
    code: 3,
    out: expect.stringMatching(/^Nobody has said/),
  })
  const set = await run(
    'prices',
    'set',
    'box/sage',
    '--input',
    '0.5',
    '--output',
    '2',
    '--cache-read',
    '0.1',
    '--reason',
    'our own cards',
  )
  expect(set).toMatchObject({ code: 0, out: expect.stringMatching(/^box\/sage costs 0\.5 in and 2 out from /) })
  expect((await run('prices', 'show', 'box/sage')).out).toMatch(
    /cacheRead +0\.1[\s\S]+Your own, version 1: our own cards/,
  )
  writeFileSync(
    join(home, 'prices.json'),
    JSON.stringify([{ model: 'box/owl', rates: { input: '1', output: '1' }, reason: 'a contract' }]),
  )
  expect((await run('prices', 'import', 'prices.json')).out).toMatch(/box\/owl +1/)
  writeFileSync(join(home, 'bad.json'), '{"model": 1}')
  expect(await run('prices', 'import', 'bad.json')).toMatchObject({ code: 2 })
  expect((await run('prices', 'remove', 'box/owl')).code).toBe(0)
  expect((await run('prices', 'list')).out).toMatch(/box\/owl +2 .*taken back/)
})

test('what becomes of unknown prices is said and taken back', { timeout: SLOW }, async () => {
  expect((await run('prices', 'policy')).out).toMatch(/^Nothing is said/)
  expect((await run('prices', 'policy', 'flag', '--reason', 'we try models')).out).toMatch(/the organisation +flagged/)
  expect((await run('prices', 'policy', 'unset', '--reason', 'no longer')).out).toMatch(/^Nothing is said/)
})

test('usage is shown by groups, as JSON and as a table for a spreadsheet', { timeout: SLOW }, async () => {
  expect((await run('usage', '--by', 'day,model')).out).toMatch(new RegExp(`${TODAY} +scripted/fixed +1 +0`))
  expect((await run('usage', '--by', 'model', '--csv')).out).toMatch(/^model,requests,[^\r]+\r\nscripted\/fixed,1,/)
  expect(await run('usage', '--by', 'weather')).toMatchObject({ code: 1, err: expect.stringMatching(/by/) })
})

test('old costs come to the same again', { timeout: SLOW }, async () => {
  expect(await run('cost', 'recompute', '--check')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^1 computed again: 1 come to the same, 0 differ/),
  })
})

test('a provider’s export that agrees ends with 0, and one that does not with 1', { timeout: SLOW }, async () => {
  const { total } = await airworthy.client.getUsageBy({ query: { by: 'model' } })
  const csv = (input: number) =>
    `usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n${TODAY},fixed,${input},${total.outputTokens}\n`
  writeFileSync(join(home, 'same.csv'), csv(total.inputTokens))
  writeFileSync(join(home, 'other.csv'), csv(total.inputTokens + 5))
  expect(await run('cost', 'reconcile', 'same.csv', '--provider', 'scripted')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/input tokens from usage_input_tokens_no_cache[\s\S]+fixed[\s\S]+agrees/),
  })
  expect(await run('cost', 'reconcile', 'other.csv', '--provider', 'scripted')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/differs: tokens in/),
  })
  writeFileSync(join(home, 'none.csv'), 'a,b\n1,2\n')
  expect(await run('cost', 'reconcile', 'none.csv')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/The export cannot be read: it has the fields a, b/),
  })
})
