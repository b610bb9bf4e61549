/** Samples of what each server answers, written from its public documentation (see `servers.ts`); none was run here. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import { reachOf } from '../../kernel/reach.ts'
import { givenModels } from '../models.example.ts'
import { readMetricsText } from './prometheus.ts'

const { openModels, closeModels } = await givenModels()
afterAll(closeModels)
const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

type Pages = Record<string, unknown>
async function listen(pages: Pages, key?: string): Promise<string> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) response.writeHead(401).end()
    else if (page === undefined) response.writeHead(404).end('{}')
    else response.end(typeof page === 'string' ? page : JSON.stringify(page))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const modelList = (id: string, owned_by: string) => ({ object: 'list', data: [{ id, object: 'model', owned_by }] })

const VLLM: Pages = {
  '/v1/models': modelList('Qwen/Qwen3-8B', 'vllm'),
  '/version': { version: '0.11.0' },
  '/health': '',
  '/metrics': `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="Qwen/Qwen3-8B"} 7.0
vllm:num_requests_running{engine="1",model_name="Qwen/Qwen3-8B"} 2.0
# TYPE vllm:num_requests_waiting gauge
vllm:num_requests_waiting{engine="0",model_name="Qwen/Qwen3-8B"} 3.0
# TYPE vllm:kv_cache_usage_perc gauge
vllm:kv_cache_usage_perc{engine="0",model_name="Qwen/Qwen3-8B"} 0.42
# TYPE vllm:generation_tokens counter
vllm:generation_tokens_total{engine="0",model_name="Qwen/Qwen3-8B"} 27453.0
vllm:generation_tokens_created{engine="0",model_name="Qwen/Qwen3-8B"} 1.7e+09
`,
}
const LLAMACPP: Pages = {
  '/props': {
    default_generation_settings: { n_ctx: 8192 },
    total_slots: 4,
    model_path: '/models/q.gguf',
    build_info: 'b7100-c49daff',
  },
  '/health': { status: 'ok' },
  '/v1/models': modelList('q.gguf', 'llamacpp'),
  '/metrics': `# HELP llamacpp:tokens_predicted_total Number of generation tokens processed.
# TYPE llamacpp:tokens_predicted_total counter
llamacpp:tokens_predicted_total 512
# TYPE llamacpp:predicted_tokens_seconds gauge
llamacpp:predicted_tokens_seconds 38.25
# TYPE llamacpp:requests_processing gauge
llamacpp:requests_processing 2
# TYPE llamacpp:requests_deferred gauge
llamacpp:requests_deferred 1
`,
}
const OLLAMA: Pages = {
  '/api/tags': { models: [{ name: 'llama3.2:latest', model: 'llama3.2:latest' }] },
  '/api/version': { version: '0.12.6' },
  '/api/ps': { models: [{ name: 'llama3.2:latest', model: 'llama3.2:latest', size_vram: 1 }] },
  '/v1/models': modelList('llama3.2:latest', 'library'),
}
const TGI: Pages = {
  '/info': { model_id: 'HuggingFaceH4/zephyr-7b-beta', max_concurrent_requests: 128, version: '3.3.4' },
  '/v1/models': modelList('HuggingFaceH4/zephyr-7b-beta', 'HuggingFaceH4/zephyr-7b-beta'),
  '/metrics': `# TYPE tgi_queue_size gauge
tgi_queue_size 5
# TYPE tgi_batch_current_size gauge
tgi_batch_current_size 12
# TYPE tgi_request_generated_tokens histogram
tgi_request_generated_tokens_bucket{le="30"} 4
tgi_request_generated_tokens_sum 900
tgi_request_generated_tokens_count 9
`,
}
const OTHER: Pages = { '/v1/models': modelList('m', 'me') }

test.for([
  ['vllm', VLLM, 'vllm/Qwen/Qwen3-8B', '0.11.0', { running: 9, waiting: 3, cacheUsed: 0.42, healthy: true }],
  [
    'llamacpp',
    LLAMACPP,
    'llamacpp/q.gguf',
    'b7100-c49daff',
    { running: 2, waiting: 1, capacity: 4, tokensPerSecond: 38.3, loaded: ['/models/q.gguf'] },
  ],
  ['ollama', OLLAMA, 'ollama/llama3.2:latest', '0.12.6', { running: null, waiting: null, loaded: ['llama3.2:latest'] }],
  [
    'tgi',
    TGI,
    'tgi/HuggingFaceH4/zephyr-7b-beta',
    '3.3.4',
    { running: 12, waiting: 5, capacity: 128, tokensPerSecond: null },
  ],
  ['openai-compatible', OTHER, 'server/m', null, { running: null, healthy: true }],
] as [string, Pages, string, string | null, object][])(
  '%s is recognised by its address alone, with its models and its load',
  async ([server, pages, model, version, load]) => {
    const { call, models } = await openModels()
    const address = await listen(pages)
    // The names of servers on this machine are rows of the table already, at other addresses.
    const [name] = model.split('/')
    const answer = await call('POST', '/api/v1/providers', { address: `${address}/v1/`, name })
    expect(answer).toMatchObject({ status: 201, body: { server, version, models: [model], load } })
    expect(models.card(model)).toMatchObject({ works: true, kind: 'remote' })
    expect((await call('GET', `/api/v1/providers/${name}/load`)).body).toMatchObject({
      ...load,
      ...(server === 'tgi' || server === 'llamacpp' ? { tokensPerSecond: 0 } : {}),
    })
  },
)

test('the speed is what was written since the last look', async () => {
  const { call } = await openModels()
  const pages = { ...VLLM }
  const address = await listen(pages)
  const first = await call('POST', '/api/v1/providers', { address })
  expect(first.body.provider.name).toBe('vllm-2')
  expect(first.body.load.tokensPerSecond).toBeNull()
  pages['/metrics'] = String(VLLM['/metrics']).replace('27453.0', '28453.0')
  expect((await call('GET', '/api/v1/providers/vllm-2/load')).body.tokensPerSecond).toBeGreaterThan(0)
  pages['/metrics'] = 'vllm:generation_tokens_total 3\n'
  expect((await call('GET', '/api/v1/providers/vllm-2/load')).body).toMatchObject({
    tokensPerSecond: null,
    running: null,
  })
})

test('a server that wants a key says so, and gets the one that is given', async () => {
  const { call, models } = await openModels()
  const address = await listen(VLLM, 'sk-box')
  expect(await call('POST', '/api/v1/providers', { address })).toMatchObject({ body: { code: 'models.key-missing' } })
  expect((await call('POST', '/api/v1/providers', { address, name: 'box', credential: 'sk-box' })).status).toBe(201)
  expect(models.providers.get('box').credentials).toMatchObject([{ name: 'default', kind: 'stored' }])
})

test('what is no such server, and what must not be asked, is refused', async () => {
  const { call } = await openModels()
  const address = await listen({ '/': '<html>' })
  expect(await call('POST', '/api/v1/providers', { address })).toMatchObject({
    status: 400,
    body: { code: 'models.server-unknown' },
  })
  const inside = await openModels({
    ...(reachOf('refuse') && { reach: reachOf('refuse') as NonNullable<ReturnType<typeof reachOf>> }),
  })
  expect(await inside.call('POST', '/api/v1/providers', { address })).toMatchObject({
    body: { code: 'kernel.address-private' },
  })
  const nobody = await call('POST', '/api/v1/providers', { address: 'http://127.0.0.1:9' })
  expect([nobody.status, nobody.body.code]).toEqual([400, 'models.server-unreachable'])
  const metadata = await call('POST', '/api/v1/providers', { address: 'http://169.254.169.254' })
  expect(metadata.body.code).toBe('kernel.address-refused')
})

test('a server that is away is said to be, with what is known of it', async () => {
  const { call } = await openModels()
  const pages = { ...VLLM }
  const address = await listen(pages)
  await call('POST', '/api/v1/providers', { address, name: 'box' })
  opened.splice(0).forEach((close) => {
    close()
  })
  const away = await call('GET', '/api/v1/providers/box/load')
  expect(away).toMatchObject({ status: 200, body: { server: 'vllm', healthy: false, running: null } })
  await call('PUT', '/api/v1/providers/nobody', { dialect: 'openai', baseUrl: 'http://127.0.0.1:9/v1' })
  expect(await call('GET', '/api/v1/providers/nobody/load')).toMatchObject({
    body: { server: null, healthy: false, reason: expect.stringContaining('cannot be reached') },
  })
})

test('metrics that a server writes as a JSON string are read as well', () => {
  expect(readMetricsText(JSON.stringify('# HELP a b\na 1\na{x="y z"} 2.5\nnot a line\n')).get('a')).toBe(3.5)
})
