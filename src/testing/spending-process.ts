/**
 * A process that lets requests through and settles them as its parent says, over PostgreSQL, with a spool: to be killed
 * in the middle. Arguments: the address of the database, the organisation, its folder.
 */
import { join } from 'node:path'
import { accessMigrations, createAccess, MOST_REFILLS, type Reservation } from '../access/index.ts'
import { createIds } from '../kernel/ids.ts'
import { type MicroUsd, NOTHING } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { later, systemClock } from '../kernel/time.ts'
import { openStore } from '../store/store.ts'
import { createRecorder, type Settled } from '../telemetry/index.ts'

export type SpendingAsk =
  | { readonly ask: 'cap'; readonly id: number; readonly micro: string }
  | { readonly ask: 'reload' | 'flush' | 'spent'; readonly id: number }
  | { readonly ask: 'reserve'; readonly id: number; readonly upper: string }
  | { readonly ask: 'settle'; readonly id: number; readonly reserved: number; readonly actual: string }
export type SpendingAnswer = { readonly id: number; readonly value: unknown }

const APPLICATION = 'helper'
const [, , databaseUrl = '', organisation = '', folder = ''] = process.argv
const clock = systemClock
const newId = createIds({ clock, random: secureBytes })
const store = await openStore({
  folder,
  databaseUrl,
  migrations: [accessMigrations],
  clock,
  newId,
  onJobChange: () => {},
})
const access = await createAccess({
  db: store.db,
  clock,
  newId,
  random: secureBytes,
  masterKey: new Secret('the master key of all'),
  organisation,
  publicUrl: () => 'http://127.0.0.1',
  publish: () => {},
  hasOthers: true,
  writer: store.id,
  report: (thrown) => process.stderr.write(`${thrown}\n`),
})
const recorder = await createRecorder({
  folder: join(folder, 'spool'),
  clock,
  insert: async () => {},
  onIngested: () => {},
  // What was settled stays in the spool until the next process of this folder.
  options: { ingestMs: 3_600_000, batchSize: 1_000_000 },
})
recorder.onLeftOver(({ application, costMicroUsd, at, latencyMs }) =>
  access.limits.countLeftOver(
    { application, key: null, costMicroUsd: costMicroUsd ?? NOTHING },
    { at, ended: later(at, Math.round(latencyMs)) },
  ),
)
recorder.start()
const granted = new Map<number, Extract<Reservation, { kind: 'granted' }>>()

async function reserve(id: number, upper: string): Promise<boolean> {
  const ask = { application: APPLICATION, key: null, costMicroUsd: upper as MicroUsd }
  let reservation = access.limits.reserve(ask)
  for (let refills = MOST_REFILLS; reservation.kind === 'refused' && reservation.isShort && refills > 0; refills--) {
    await access.limits.refill()
    reservation = access.limits.reserve(ask)
  }
  if (reservation.kind === 'granted') granted.set(id, reservation)
  return reservation.kind === 'granted'
}

/** Written before it is told, as a gateway does before the last bytes of an answer leave. */
function settle(reserved: number, actual: string): void {
  granted.get(reserved)?.settle(actual as MicroUsd)
  granted.delete(reserved)
  const traceId = Buffer.from(secureBytes(16)).toString('hex')
  recorder.settle({ ...EVENT, traceId, at: clock(), costMicroUsd: actual as MicroUsd })
}

async function answer(message: SpendingAsk): Promise<unknown> {
  switch (message.ask) {
    case 'cap':
      return access.limits.set(APPLICATION, {
        costMicroUsdPerMonth: message.micro as MicroUsd,
        requestsPerMinute: null,
        by: access.systemActor,
      })
    case 'reload':
      return access.reload()
    case 'flush':
      return access.limits.flush()
    case 'spent':
      await access.reloadSpend()
      return access.limits.status(APPLICATION).cost.spentMicroUsd
    case 'reserve':
      return reserve(message.id, message.upper)
    case 'settle':
      return settle(message.reserved, message.actual)
  }
}

const EVENT: Settled = {
  traceId: '',
  spanId: '0123456789abcdef',
  remoteParent: null,
  at: clock(),
  organisation,
  keyId: null,
  application: APPLICATION,
  stage: null,
  release: null,
  releaseDigest: null,
  arm: null,
  rollout: null,
  unit: '',
  subjectSource: 'conversation',
  requestedModel: APPLICATION,
  servedBy: null,
  provider: null,
  responseId: null,
  operation: 'chat',
  stream: true,
  status: 'complete',
  httpStatus: 200,
  errorCode: null,
  finishReason: 'stop',
  latencyMs: 0,
  firstTokenMs: null,
  overheadMs: 0,
  usage: { inputTokens: 0, outputTokens: 0, estimated: false },
  costMicroUsd: null,
  priceBook: null,
  charges: [],
  abstained: false,
  citations: [],
  invalidCitations: [],
  input: [],
  output: '',
  steps: [],
  metadata: {},
  user: null,
}

process.on('message', (message: SpendingAsk) => {
  void answer(message).then((value) =>
    process.send?.({ id: message.id, value: value ?? null } satisfies SpendingAnswer),
  )
})
process.once('disconnect', () => process.exit(0))
process.send?.({ id: 0, value: 'ready' } satisfies SpendingAnswer)
