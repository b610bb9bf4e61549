/** An installation of evals over the embedded engine, with a scripted flow, for this slice's tests. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastUserTurn } from '../core/conversation.ts'
import { Example, Suite } from '../core/dataset.ts'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import { digestOf } from '../kernel/digest.ts'
import { createIds } from '../kernel/ids.ts'
import type { MicroUsd } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { sleep, systemClock } from '../kernel/time.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { answersMigrations } from './answers/index.ts'
import type { FlowOutcome, RunFlow } from './deps.ts'
import { createEvals } from './evals.ts'
import type { Experiment, ExperimentRow } from './experiment.ts'
import { evalsHttp } from './http.ts'
import { inBatchesMigrations } from './in-batches/index.ts'
import { judgesMigrations } from './judges/index.ts'
import { evalsMigrations } from './migrations.ts'
import { noBatches } from './no-batches.example.ts'
import { exampleRelease } from './release.example.ts'
import { triageMigrations } from './triage/index.ts'

const newId = createIds({ clock: systemClock, random: secureBytes })
const engine = await freshEngine()
const folder = mkdtempSync(join(tmpdir(), 'airworthy-evals-'))
let queue = 0

export const actor = newId('act')
const all = new Set(['view', 'build'])
const callers: Record<string, unknown> = {
  builder: {
    actor,
    name: 'ada',
    organisation: 'default',
    role: 'builder',
    permissions: all,
    key: null,
    application: null,
  },
  viewer: {
    actor,
    name: 'tom',
    organisation: 'default',
    role: 'viewer',
    permissions: new Set(['view']),
    key: null,
    application: null,
  },
  stranger: {
    actor,
    name: 'eve',
    organisation: 'default',
    role: 'builder',
    permissions: all,
    key: 'key_1',
    application: 'other',
  },
}

export const outcome = (answer: string, more: Partial<FlowOutcome> = {}): FlowOutcome => ({
  answer,
  abstained: false,
  passages: [],
  citations: [],
  invalidCitations: [],
  usage: { inputTokens: 10, outputTokens: 2, estimated: true },
  costMicroUsd: '1.5' as MicroUsd,
  servedBy: 'scripted/echo',
  ...more,
})
/** The flow answers every question rightly but each tenth, the baseline only each second. */
export const answers: RunFlow = async ({ turns, arm }) => {
  const question = lastUserTurn(turns)
  const number = Number(/\d+/.exec(question)?.[0])
  const isRight = arm === 'baseline' ? number % 2 === 0 : number % 10 !== 0
  return outcome(isRight ? `answer ${number}` : 'wrong')
}
export const questions = (count: number, more: (number: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, at) =>
    Example.parse({ id: `q${at + 1}`, input: `question ${at + 1}`, expected: `answer ${at + 1}`, ...more(at + 1) }),
  )
export const suite = (name = 'facts', more: Partial<Suite> = {}): Suite =>
  Suite.parse({
    name,
    dataset: 'questions',
    evaluators: [{ use: 'exact' }, { use: 'token-f1' }],
    primary: 'exact',
    ...more,
  })

/** One installation: its own queue over the shared engine; `stop` is what a crash leaves behind. */
export async function install(
  runFlow: RunFlow,
  given: { releases?: Map<string, Release>; estimate?: string | null } = {},
) {
  const store = await openStore({
    folder,
    engine,
    queueSchema: `queue_${++queue}`,
    migrations: [evalsMigrations, answersMigrations, inBatchesMigrations, triageMigrations, judgesMigrations],
    clock: systemClock,
    newId,
    onJobChange: () => {},
  })
  const releases = given.releases ?? new Map<string, Release>()
  const evidence: EvidenceDraft[] = []
  const audit: string[] = []
  const published = new Set<string>()
  let before: Release['id'] | undefined
  const estimate = given.estimate === undefined ? '1.5' : given.estimate
  const releaseOf = async (id: string) => {
    const release = releases.get(id)
    if (!release) throw new Error(`no release ${id}`)
    return release
  }
  const evals = createEvals({
    db: store.db,
    blobs: store.blobs,
    jobs: store.jobs,
    clock: systemClock,
    newId,
    organisation: 'default',
    programVersion: 'test',
    releaseOf,
    newestReleaseOf: async (application) => [...releases.values()].findLast((one) => one.application === application),
    releaseBefore: async () => before,
    resolveModel: (name, { model, parameters }) => ({
      name,
      digest: digestOf({ model, parameters }),
      model,
      parameters,
      mutable: null,
    }),
    runFlow,
    estimateRun: async () => ({
      costMicroUsd: estimate as MicroUsd | null,
      calls: [{ model: 'scripted/echo', tokens: { input: 10, output: 2 }, costMicroUsd: estimate as MicroUsd | null }],
    }),
    estimateJudge: async () => ({ inputTokens: 10, outputTokens: 2, costMicroUsd: null }),
    estimateVectors: async () => ({ inputTokens: 10, outputTokens: 0, costMicroUsd: null }),
    whyUnpriced: () => undefined,
    isEmbedded: (model) => model.startsWith('scripted/'),
    batching: noBatches,
    indexOver: async () => {
      throw new Error('Nothing is searched here.')
    },
    record: async (_, { action }) => void audit.push(action),
    recordEvidence: async (_, draft) => void evidence.push(draft),
    publish: ({ topic, id }) => published.add(`${topic} ${id}`),
  })
  await store.jobs.start()
  const server = createServer(evalsHttp(evals, { releaseOf }), {
    callerOf: async (request) => callers[request.headers.get('authorization') ?? 'builder'] as Caller | undefined,
    report: (thrown) => console.error(thrown),
  })
  const ask = async <Body>(method: string, path: string, body?: unknown, who = 'builder') => {
    const answer = await server.request(path, {
      method,
      headers: { authorization: who },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Body }
  }
  return {
    evals,
    store,
    evidence,
    audit,
    published,
    ask,
    stop: () => store.jobs.stop(),
    setBefore: (release: Release) => {
      before = release.id
    },
    async release(more: Partial<Parameters<typeof exampleRelease>[0]> = {}) {
      const release = await exampleRelease({
        newId,
        blobs: store.blobs,
        datasets: { questions: questions(40) },
        suites: [suite()],
        ...more,
      })
      releases.set(release.id, release)
      return release
    },
    start: (release: Release, body: Record<string, unknown> = {}) =>
      ask<Experiment>('POST', `/api/v1/releases/${release.id}/experiments`, { suite: 'facts', ...body }),
    get: async (id: string) => (await ask<Experiment>('GET', `/api/v1/experiments/${id}`)).body,
    rows: async (id: string, query = '') =>
      (await ask<{ items: ExperimentRow[]; next: string | null }>('GET', `/api/v1/experiments/${id}/rows${query}`))
        .body,
    async ended(id: string): Promise<Experiment> {
      for (;;) {
        const experiment = await this.get(id)
        if (!['queued', 'running'].includes(experiment.state)) return experiment
        await sleep(20)
      }
    },
  }
}
