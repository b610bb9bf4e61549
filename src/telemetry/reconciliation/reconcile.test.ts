import { afterAll, expect, test } from 'vitest'
import { digestOf } from '../../kernel/digest.ts'
import { MicroUsd, microUsd } from '../../kernel/money.ts'
import { Instant, systemClock } from '../../kernel/time.ts'
import { openDatabase } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { freshEngine } from '../../testing/engine.ts'
import type { Caller } from '../../wire/caller.ts'
import { telemetryMigrations } from '../migrations.ts'
import { example } from '../settled.example.ts'
import { addTraces } from '../store.ts'
import { commonName } from './compare.ts'
import { readProviderExport } from './provider-export.ts'
import { createReconcile } from './reconcile.ts'

const db = openDatabase(await freshEngine())
await migrate(db, [telemetryMigrations], systemClock)
afterAll(() => db.destroy())
const caller = { application: null } as Caller
const priceBook = { name: 'book', digest: digestOf('a book') }
const reconcile = createReconcile({
  db,
  // A micro-dollar a token.
  costUnder: async (_, charges) =>
    charges.map(({ usage }) => microUsd(BigInt(usage.inputTokens + usage.outputTokens) * 1_000_000n)),
})

const asked = (day: string, model: string, input: number, output: number, change = {}) =>
  example({
    at: Instant.parse(`${day}T10:00:00.000Z`),
    priceBook,
    costMicroUsd: MicroUsd.parse(String(input + output)),
    charges: [
      {
        model,
        at: Instant.parse(`${day}T10:00:00.000Z`),
        usage: { inputTokens: input, outputTokens: output, estimated: false },
      },
    ],
    ...change,
  })
const charge = (model: string, inputTokens: number) => ({
  model,
  at: Instant.parse('2026-08-05T10:00:00.000Z'),
  usage: { inputTokens, outputTokens: 0, estimated: false },
})
await addTraces(
  db,
  [
    asked('2026-08-04', 'openai/gpt-4o', 1000, 200),
    asked('2026-08-04', 'openai/gpt-4o-2024-08-06', 500, 100),
    asked('2026-08-04', 'openai/gpt-4.1', 70, 7),
    asked('2026-08-05', 'openai/gpt-4o', 300, 30, { costMicroUsd: null }),
    asked('2026-08-04', 'anthropic/claude-haiku-4-5-20251001', 900, 90),
    asked('2026-08-01', 'openai/gpt-4o', 5, 5),
    // One request of ours that asked two models.
    example({
      at: Instant.parse('2026-08-05T10:00:00.000Z'),
      priceBook,
      costMicroUsd: MicroUsd.parse('160'),
      charges: [charge('openai/gpt-4.1', 60), charge('anthropic/claude-haiku-4-5', 100)],
    }),
  ].map((event) => JSON.stringify(event)),
)

const AUGUST_4 = Date.parse('2026-08-04T00:00:00.000Z') / 1000
const bucket = (day: number, results: object[]) => ({
  object: 'bucket',
  start_time: AUGUST_4 + day * 86_400,
  end_time: AUGUST_4 + (day + 1) * 86_400,
  results,
})
const usage = (model: string | null, input: number, output: number) => ({
  object: 'organization.usage.completions.result',
  input_tokens: input,
  output_tokens: output,
  input_cached_tokens: 0,
  num_model_requests: 2,
  project_id: null,
  api_key_id: 'key_theirs',
  model,
  batch: null,
})
const page = (...data: object[]) => JSON.stringify({ object: 'page', data, has_more: false, next_page: null })
const findings = (items: { day: string; model: string | null; finding: string }[]) =>
  items.map(({ day, model, finding }) => `${day} ${model ?? '*'}: ${finding}`)

test('OpenAI’s usage, by day and model: snapshots and their names are one, and each side may miss some', async () => {
  const content = page(
    bucket(0, [usage('gpt-4o-2024-08-06', 1500, 300), usage('o3-2025-04-16', 10, 1)]),
    bucket(1, [usage('gpt-4o-2024-08-06', 400, 30)]),
    bucket(2, []),
  )
  const found = await reconcile({ caller, ask: { content } })
  expect(found).toMatchObject({
    agrees: false,
    format: 'openai-usage-json',
    provider: 'openai',
    since: '2026-08-04',
    until: '2026-08-06',
    taken: [
      { figure: 'day', from: 'start_time' },
      { figure: 'model', from: 'model' },
      { figure: 'requests', from: 'num_model_requests' },
      { figure: 'input tokens', from: 'input_tokens' },
      { figure: 'output tokens', from: 'output_tokens' },
    ],
  })
  expect(findings(found.items)).toEqual([
    '2026-08-04 gpt-4-1: missing-there',
    '2026-08-04 gpt-4o: agrees',
    '2026-08-04 o3: missing-here',
    '2026-08-05 gpt-4-1: missing-there',
    '2026-08-05 gpt-4o: differs',
  ])
  expect(found.items[4]).toMatchObject({
    ours: { requests: 1, inputTokens: 300, outputTokens: 30, costMicroUsd: null },
    theirs: { requests: 2, inputTokens: 400, outputTokens: 30, costMicroUsd: null },
    differs: ['inputTokens'],
    unpriced: 1,
  })
  expect(found.notes.join(' ')).toContain('1 of our requests have no known price')
})

test('OpenAI’s costs in dollars, where a request of ours that asked two models is divided', async () => {
  const cost = (line_item: string | null, value: number | string) => ({
    object: 'organization.costs.result',
    amount: { value, currency: 'usd' },
    line_item,
    project_id: null,
  })
  const content = page(
    bucket(0, [
      cost('gpt-4o-2024-08-06, input', 0.0015),
      cost('gpt-4o-2024-08-06, output', '0.000300000000000000'),
      cost('gpt-4.1-2025-04-14, input', 7.7e-5),
    ]),
    bucket(1, [cost('gpt-4.1-2025-04-14, input', 0.00006), cost('web search tool calls', 0.01)]),
  )
  const { items, total } = await reconcile({ caller, ask: { content } })
  expect(findings(items)).toEqual([
    '2026-08-04 gpt-4-1: agrees',
    '2026-08-04 gpt-4o: agrees',
    '2026-08-05 *: not-by-model',
    '2026-08-05 gpt-4-1: agrees',
    '2026-08-05 gpt-4o: missing-there',
  ])
  expect(total).toMatchObject({ ours: { costMicroUsd: '1937' }, theirs: { costMicroUsd: '11937' } })
})

test('an export that names no model is set beside everything of its days', async () => {
  const content =
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id\n' +
    `${AUGUST_4},${AUGUST_4 + 86_400},2026-08-04T00:00:00,2026-08-05T00:00:00,0.001877000000000000000000,usd,,\n` +
    `${AUGUST_4 + 172_800},${AUGUST_4 + 259_200},2026-08-06T00:00:00,2026-08-07T00:00:00,,,,\n`
  const found = await reconcile({ caller, ask: { content } })
  expect(found.format).toBe('openai-costs-csv')
  expect(findings(found.items)).toEqual(['2026-08-04 *: agrees'])
  expect(found.agrees).toBe(true)
})

test.for([
  [
    'usage in CSV',
    'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n' +
      '2026-08-04,claude-haiku-4-5-20251001,ours,Default,standard,≤ 200k,500,100,100,200,90,0\n',
    'anthropic-usage-csv',
  ],
  [
    'usage in JSON',
    JSON.stringify({
      data: [
        {
          starting_at: '2026-08-04T00:00:00Z',
          ending_at: '2026-08-05T00:00:00Z',
          results: [
            {
              uncached_input_tokens: 500,
              cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 100 },
              cache_read_input_tokens: 200,
              output_tokens: 90,
              server_tool_use: { web_search_requests: 0 },
              model: 'claude-haiku-4-5-20251001',
            },
          ],
        },
      ],
      has_more: false,
    }),
    'anthropic-usage-json',
  ],
  [
    'costs in CSV, with names for people',
    'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd\n' +
      '2026-08-04,Claude Haiku 4.5,Default,ours,message,≤ 200k,input_no_cache,0.0009,0.0009\n' +
      '2026-08-04,Claude Haiku 4.5,Default,ours,message,≤ 200k,output,0.00009,0.00009\n',
    'anthropic-costs-csv',
  ],
  [
    'costs in JSON, in cents',
    JSON.stringify({
      data: [
        {
          starting_at: '2026-08-04T00:00:00Z',
          ending_at: '2026-08-05T00:00:00Z',
          results: [{ currency: 'USD', amount: '0.099', model: 'claude-haiku-4-5-20251001', token_type: 'output' }],
        },
      ],
    }),
    'anthropic-costs-json',
  ],
] as const)('Anthropic’s %s agree', async ([, content, format]) => {
  const found = await reconcile({ caller, ask: { content } })
  expect(found).toMatchObject({ format, provider: 'anthropic', agrees: true })
  expect(findings(found.items)).toEqual(['2026-08-04 claude-haiku-4-5: agrees'])
})

test('what is small is within the tolerance that is asked for, and beyond a stricter one', async () => {
  const content = page(bucket(0, [usage('gpt-4o', 1501, 300), usage('gpt-4.1', 70, 7)]))
  expect((await reconcile({ caller, ask: { content } })).agrees).toBe(true)
  expect((await reconcile({ caller, ask: { content, tolerance: { tokens: 0, money: 0 } } })).agrees).toBe(false)
})

test.for([
  ['nothing that is known', 'a,b\n1,2\n', /the fields a, b/],
  ['broken JSON', '{"data": [', /begins like JSON/],
  [
    'tokens that are no number',
    'usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n2026-08-04,m,x,1\n',
    /line 2: usage_input_tokens_no_cache is "x"/,
  ],
  [
    'a day that is none',
    'usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\nyesterday,m,1,1\n',
    /line 2 names no day/,
  ],
  ['euros', page(bucket(0, [{ amount: { value: 1, currency: 'eur' }, line_item: null }])), /only dollars/],
] as const)('refuses %s with the place and the reason', ([, content, why]) => {
  expect(() => readProviderExport(content)).toThrow(why)
})

test.for([
  ['gpt-4o-2024-08-06', 'gpt-4o'],
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
  ['Claude Haiku 4.5', 'claude-haiku-4-5'],
  ['claude-3-5-haiku-latest', 'claude-3-5-haiku'],
  ['o3', 'o3'],
] as const)('%s is %s', ([name, common]) => expect(commonName(name)).toBe(common))
