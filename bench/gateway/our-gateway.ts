/** Our pass-through as it is in production: key, cap, cost and the spool on; with `ingest`, the database too. */

import { mkdtempSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { accessMigrations, createAccess } from '../../src/access/index.ts'
import { createGateway } from '../../src/gateway/index.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { MicroUsd } from '../../src/kernel/money.ts'
import { secureBytes } from '../../src/kernel/random.ts'
import { Secret } from '../../src/kernel/secret.ts'
import { systemClock } from '../../src/kernel/time.ts'
import { createModels, modelsMigrations } from '../../src/models/index.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openStore } from '../../src/store/store.ts'
import { createTelemetry, telemetryMigrations } from '../../src/telemetry/index.ts'
import { insertSettled, insertSpans } from './insert-spans.ts'
import { serve } from './measured.ts'

const [, , upstream = '', ingest = '', spans = '0'] = process.argv
const clock = systemClock
const random = secureBytes
const newId = createIds({ clock, random })
const organisation = 'default'
const masterKey = new Secret('bench')
const folder = mkdtempSync(join(tmpdir(), 'airworthy-bench-'))
const store = await openStore({
  folder,
  migrations: [accessMigrations, modelsMigrations, telemetryMigrations],
  clock,
  newId,
  onJobChange: () => {},
  engine: await openEmbedded(join(folder, 'database')),
})
const publish = () => {}
const access = await createAccess({
  db: store.db,
  clock,
  newId,
  random,
  masterKey,
  organisation,
  publicUrl: () => 'http://127.0.0.1',
  publish,
})
const owner = await access.ensureOwner(new Secret('bench-owner-token'))
const models = await createModels({
  db: store.db,
  clock,
  random,
  organisation,
  masterKey,
  credential: () => undefined,
  takenBy: async () => undefined,
  record: access.record,
  systemActor: access.systemActor,
  publish,
  priceBook: priced(JSON.parse(await readFile(new URL('../../packs/prices/core.json', import.meta.url), 'utf8'))),
  recordings: [],
})
// With a key, which answers are searched for.
const providerKey = 'sk-bench-0123456789abcdefghijklmnopqrstuvwxyz0123456'
await models.providers.put('bench', { dialect: 'openai', baseUrl: `${upstream}/v1`, credential: providerKey }, owner.id)
const { key, secret } = await access.createKey({
  name: 'bench',
  role: 'builder',
  by: owner.id,
  limits: { requestsPerMinute: 10_000_000, costMicroUsdPerMonth: MicroUsd.parse('1000000000000') },
})
const telemetry = await createTelemetry({
  db: store.db,
  clock,
  newId,
  folder: join(folder, 'spool'),
  organisation,
  publish,
  random,
})
if (ingest === 'ingest') telemetry.recorder.start()

const gateway = createGateway({
  identify: access.identify,
  reserve: access.limits.reserve,
  refill: access.limits.refill,
  whyOff: access.switches.whyOff,
  live: () => ({ version: 1, applications: {} }),
  releaseOf: () => undefined,
  runFlow: () => Promise.reject(new Error('not in this bench')),
  models,
  settleAll: telemetry.recorder.settleAll,
  clock,
  random,
  report: (thrown) => console.error(thrown),
})

const withDelay = async (insert: () => Promise<void>) => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const started = performance.now()
  delay.enable()
  await insert()
  delay.disable()
  const ms = (nanoseconds: number) => nanoseconds / 1e6
  return {
    p50Ms: ms(delay.percentile(50)),
    p99Ms: ms(delay.percentile(99)),
    maxMs: ms(delay.max),
    seconds: (performance.now() - started) / 1000,
  }
}
const caller = access.identify({ authorization: `Bearer ${secret.reveal()}` })
serve(gateway.handle, {
  key: async () => secret.reveal(),
  status: async () => ({ ...telemetry.recorder.status(), key: key.id }),
  settled: () => withDelay(() => insertSettled(telemetry, Number(spans))),
  otlp: () => withDelay(() => insertSpans(telemetry, { spans: Number(spans), caller })),
})

/** A price for the model of the bench, so that the cost is computed as for any other. */
function priced(book: { models: unknown[]; sources: Record<string, string> }): unknown {
  const price = { from: null, until: null, input: '0.15', output: '0.6' }
  return {
    ...book,
    sources: { ...book.sources, bench: 'bench' },
    models: [...book.models, { model: 'bench/model', source: 'bench', prices: [price] }],
  }
}
