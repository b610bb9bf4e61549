/** What the gateway is given, as fakes that tests change: one application with a rollout, one key of each kind. */
import type { IncomingHttpHeaders } from 'node:http'
import type { LiveTable } from '../core/live-table.ts'
import type { Release } from '../core/release.ts'
import type { FlowResult, StepRecord } from '../flows/index.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { createIds } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { later, systemClock } from '../kernel/time.ts'
import type { Settled } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { GatewayDeps } from './index.ts'

const newId = createIds({ clock: systemClock, random: secureBytes })
const digest = digestOf('something')

const releaseOf = (number: number): Release => ({
  id: newId('rel'),
  organisation: 'default',
  application: 'helpdesk',
  applicationId: newId('app'),
  number,
  digest: digestOf(number),
  manifest: {
    schema: 'airworthy.manifest/1',
    application: 'helpdesk',
    prompts: [],
    models: [{ name: 'reader', digest, model: 'priced/reader', parameters: {}, mutable: null }],
    flow: { name: 'answer', digest, steps: [{ id: 'ask', use: 'generate', prompt: 'answer', model: 'reader' }] },
    baseline: null,
    index: null,
    target: null,
    datasets: [],
    suites: [],
    evaluators: [],
    priceBook: { name: 'public', digest },
    outside: [],
  },
  blueprint: digest,
  commit: null,
  frozenAt: systemClock(),
  frozenBy: newId('act'),
})
export const control = releaseOf(1)
export const candidate = releaseOf(2)

export const liveTable = (share = 0.5): LiveTable => ({
  version: 1,
  applications: {
    helpdesk: {
      stages: {
        sandbox: { release: candidate.id, rollout: null },
        poc: { release: control.id, rollout: { id: newId('rol'), candidate: candidate.id, share, salt: 'salt' } },
      },
    },
    shop: { stages: {} },
  },
})

const caller = (change: Partial<Caller>): Caller => ({
  actor: newId('act'),
  name: 'ada',
  organisation: 'default',
  role: 'builder',
  permissions: new Set(['view', 'infer', 'infer-models']),
  key: 'key_1',
  application: null,
  ...change,
})
const CALLERS: Readonly<Record<string, Caller>> = {
  builder: caller({}),
  bound: caller({ application: 'helpdesk', key: 'key_2' }),
  viewer: caller({ role: 'viewer', permissions: new Set(['view']) }),
  other: caller({ key: 'key_3' }),
  foreign: caller({ organisation: 'elsewhere' as never, key: 'key_4' }),
  inferring: caller({ permissions: new Set(['infer']) }),
}

function identify(headers: IncomingHttpHeaders): Caller {
  const found = CALLERS[String(headers.authorization ?? '').replace('Bearer ', '')]
  if (!found) throw new Failure('unauthenticated', 'access.key-unknown', 'This key is unknown or revoked.')
  return found
}

export const flowResult = (change: Partial<FlowResult> = {}): FlowResult => ({
  answer: 'It left on Monday. [1]',
  abstained: false,
  passages: [{ n: 1, id: 'p1', title: 'Orders', text: 'All about orders.', source: 'orders.md', score: 2 }],
  ranking: ['p1'],
  citations: ['p1'],
  invalidCitations: [],
  finishReason: 'stop',
  usage: { inputTokens: 100, outputTokens: 20, estimated: false },
  costMicroUsd: MicroUsd.parse('12.5'),
  priceBook: { name: 'public', digest },
  servedBy: 'local/extractive',
  fallbacks: [],
  steps: [],
  ...change,
})

export const retrieved: StepRecord = {
  id: 'find',
  name: 'retrieve orders',
  kind: 'retrieve',
  startedAt: systemClock(),
  durationMs: 3,
  attributes: {},
  error: null,
}

export const refusedReservation = () => ({
  kind: 'refused' as const,
  limit: { scope: 'application' as const, name: 'helpdesk', kind: 'requests-per-minute' as const, cap: 1 },
  found: 1,
  opensAt: later(systemClock(), 6_500),
  isShort: false,
  message: 'The application helpdesk may make 1 requests a minute and has made 1.',
})

export type Given = GatewayDeps & {
  /** Every settled event. */
  readonly settled: Settled[]
  /** What was reserved and what it cost in the end. */
  readonly reserved: { ask: Parameters<GatewayDeps['reserve']>[0]; actual: string[] }[]
  readonly reported: unknown[]
}

/** The fakes, with what a test changes. */
export function given(change: Partial<GatewayDeps> = {}): Given {
  const settled: Settled[] = []
  const reserved: Given['reserved'] = []
  const reported: unknown[] = []
  const live = liveTable()
  return {
    identify,
    whyOff: () => undefined,
    reserve(ask) {
      const entry = { ask, actual: [] as string[] }
      reserved.push(entry)
      return { kind: 'granted', settle: (actual) => entry.actual.push(actual) }
    },
    refill: async () => {},
    live: () => live,
    releaseOf: (id) => [control, candidate].find((release) => release.id === id),
    runFlow: async ({ onDelta }) => {
      for (const piece of ['It left ', 'on Monday. [1]']) onDelta?.(piece)
      return flowResult()
    },
    models: fakeModels,
    settleAll: (all) => settled.push(...all.map(({ event }) => event)),
    clock: systemClock,
    random: secureBytes,
    report: (thrown) => reported.push(thrown),
    ...change,
    settled,
    reserved,
    reported,
  }
}

/** `local/echo` lives here, `remote/…` is forwarded; a token of `priced/…` and `remote/…` costs a micro-dollar. */
export const fakeModels: GatewayDeps['models'] = {
  forward() {
    throw new Failure('unavailable', 'models.upstream-unreachable', 'No provider in this test.')
  },
  async *stream({ model, messages }) {
    if (model !== 'local/echo') throw new Failure('invalid', 'models.unknown-model', `There is no model ${model}.`)
    const text = messages.at(-1)?.content ?? ''
    yield { kind: 'text', text }
    yield {
      kind: 'end',
      completion: {
        text,
        finishReason: 'stop',
        usage: { inputTokens: 3, outputTokens: 4, estimated: true },
        servedBy: model,
        responseModel: null,
        citations: [],
        costMicroUsd: MicroUsd.parse('0'),
        priceBook: { name: 'public', digest },
      },
    }
  },
  costOf: (model, { inputTokens, outputTokens }) =>
    model.startsWith('priced/') || model.startsWith('remote/')
      ? MicroUsd.parse(String(inputTokens + outputTokens))
      : null,
  priceBook: { name: 'public', digest },
  list: () => [
    { model: 'local/echo', works: true },
    { model: 'remote/gpt', works: true },
    { model: 'remote/keyless', works: false },
  ],
  providers: {
    has: (name) => name === 'remote',
    spoken: () => ({ dialect: 'openai', speaks: ['chat'] }),
    chooseKey: () => undefined,
    hasSeveralKeys: () => false,
    restKey: () => {},
    keyWorked: () => {},
  },
  withoutKey: (_, __, said) => said,
  askHeld: () => Promise.reject(new Error('Nobody keeps anything here.')),
  refusal: (provider, { status, text }) =>
    status < 500
      ? new Failure('invalid', 'models.upstream-refused', `${provider} refused (${status}): ${text}`)
      : new Failure('unavailable', 'models.upstream-failed', `${provider} failed (${status}): ${text}`),
  routes: { find: () => undefined, list: () => [] },
}
