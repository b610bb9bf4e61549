/** An installation of delivery and evidence over the embedded engine, with fakes for what is resolved and measured. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, GateCatalogue } from '../core/check.ts'
import type { EvidenceDraft, Fact } from '../core/evidence.ts'
import { assign } from '../core/live-table.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Producer } from '../core/producer.ts'
import type { ReleaseId } from '../core/release.ts'
import type { RolloutId } from '../core/rollout.ts'
import type { Stage } from '../core/stage.ts'
import { createEvidence, evidenceHttp, evidenceMigrations, newSigningKey } from '../evidence/index.ts'
import { digestOf, digestOfBytes } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { createIds } from '../kernel/ids.ts'
import { secureBytes, seededRandom } from '../kernel/random.ts'
import { DAY, later, stoppedClock } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import type { Engine } from '../store/engine.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { createDelivery } from './delivery.ts'
import type { DeliveryDeps, Resolve } from './deps.ts'
import { deliveryHttp } from './http.ts'
import { deliveryMigrations } from './migrations.ts'

const readCatalogue = (file: string) =>
  GateCatalogue.parse(JSON.parse(readFileSync(new URL(`../../packs/gates/${file}`, import.meta.url), 'utf8')))

export const catalogue = readCatalogue('core.json')

/** A blueprint of one prompt, one dataset and one suite; `more` replaces or adds files. */
export const blueprint = (more: Record<string, string> = {}): Record<string, string> => ({
  'airworthy.yaml': SETTINGS,
  'charter.yaml': 'problem: too many questions\n',
  'prompts/answer.prompt': 'Answer briefly: {{question}}\n',
  'datasets/faq.jsonl': '{"id":"1","input":"When do you open?","expected":"At nine."}\n',
  'evals/faq.yaml': 'dataset: faq\nevaluators: [exact]\n',
  ...more,
})
export const SETTINGS = `description: answers questions
models:
  answer: {model: scripted/echo}
flow:
  - {id: answer, use: generate, prompt: answer, model: answer}
duties: {business-owner: ada}
`

const resolve: Resolve = {
  index: (documents) =>
    documents.length === 0
      ? null
      : {
          name: 'knowledge',
          digest: digestOf(documents.map(({ bytes }) => digestOfBytes(bytes))),
          file: digestOf('file'),
          analyser: 'english',
          k1: 1.2,
          b: 0.75,
          passages: documents.length,
        },
  dataset: ({ name, rows }) => ({
    name,
    digest: digestOf(rows),
    file: digestOf(rows),
    rows: rows.length,
    splits: { regress: rows.length },
  }),
  examples: (prompt) => prompt,
  suite: (suite) => ({ ...suite, digest: digestOf(suite) }),
  evaluators: (suites) =>
    [...new Set(suites.flatMap(({ evaluators }) => evaluators.map(({ use }) => use)))].map((id) => ({
      id,
      version: 1,
    })),
  model(name, use) {
    if (!use.model.startsWith('scripted/'))
      throw new Failure('invalid', 'models.unknown-model', `Nobody serves ${use.model}.`)
    const mutable = use.model === 'scripted/latest' ? 'scripted/latest is an alias that may move.' : null
    return { name, digest: digestOf(use), model: use.model, parameters: use.parameters, mutable }
  },
  priceBook: () => ({ name: 'core', digest: digestOf('prices') }),
}

/** @param over what stands between delivery and the engine: one that breaks at a statement, for example */
export async function install({ over = (engine) => engine }: { over?: (engine: Engine) => Engine } = {}) {
  const clock = stoppedClock()
  const newId = createIds({ clock, random: secureBytes })
  const engine = await freshEngine()
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-delivery-'))
  const migrations = [evidenceMigrations, deliveryMigrations]
  const store = await openStore({ folder, migrations, clock, newId, onJobChange: () => {}, engine: over(engine) })
  const { db, blobs, jobs } = store
  const people = { ada: newId('act'), grace: newId('act'), tom: newId('act') }
  const audit: string[] = []
  const producers: Producer[] = []
  const signingKey = newSigningKey()
  const evidence = createEvidence({
    db,
    clock,
    newId,
    organisation: 'default',
    signingKeyOf: () => signingKey,
    record: async (_tx, { action, subject }) => void audit.push(`${action} ${subject}`),
    publish: () => {},
    checks: catalogue.checks,
    subjectOf: (id) => delivery.subjectOf(id),
    importers: {},
  })
  const deps: DeliveryDeps = {
    db,
    blobs,
    jobs,
    clock,
    newId,
    random: secureBytes,
    organisation: 'default',
    systemActor: newId('act'),
    catalogue,
    catalogueHistory: [readCatalogue('history/core-1.0.0.json')],
    templates: [{ name: 'faq', title: 'FAQ', description: 'Answers questions', files: blueprint() }],
    record: async (_tx, { action, subject }) => void audit.push(`${action} ${subject}`),
    recordEvidence: evidence.record,
    evidenceOf: evidence.allOf,
    evidenceMarks: evidence.marks,
    challengesOf: evidence.challenges.allOf,
    resolve,
    producers: () => producers,
    isNameTaken: (name) => name === 'openai',
    publish: () => {},
    endOfModel: (model) => (model === 'scripted/old' ? later(clock(), 30 * DAY).slice(0, 10) : null),
  }
  let delivery = await createDelivery(deps)
  await jobs.start()

  const everything = ['administer', 'view', 'build', 'operate', 'attest', 'promote', 'waive']
  const callerOf = (name: keyof typeof people, permissions: string[], application: string | null = null) =>
    ({
      actor: people[name],
      name,
      organisation: 'default',
      role: 'owner',
      key: null,
      application,
      permissions: new Set(permissions),
    }) as unknown as Caller
  const callers: Record<string, Caller> = {
    ada: callerOf('ada', everything),
    grace: callerOf('grace', everything),
    tom: callerOf('tom', ['view']),
    /** Builds, and decides nothing of others. */
    mary: callerOf('tom', ['view', 'build', 'attest', 'promote']),
    bound: callerOf('tom', everything, 'elsewhere'),
  }
  let app = mount()
  function mount() {
    return createServer(
      [...evidenceHttp(evidence, { subjectOf: (id) => delivery.subjectOf(id) }), ...deliveryHttp(delivery)],
      {
        callerOf: async (request) => callers[request.headers.get('authorization') ?? 'ada'],
        report: (thrown) => console.error(thrown),
      },
    )
  }
  // biome-ignore lint/suspicious/noExplicitAny: answers are what the test expects them to be
  type Answer = { status: number; body: any }
  async function ask(method: string, path: string, body?: unknown, who = 'ada'): Promise<Answer> {
    const sent = body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body)
    const response = await app.request(path, {
      method,
      headers: { authorization: who },
      ...(sent !== undefined && { body: sent as BodyInit }),
    })
    return { status: response.status, body: await response.json() }
  }

  /** Records evidence that meets a check, bound to what the catalogue says. */
  async function pass(release: ReleaseId, check: Check, facts = meeting(check)): Promise<void> {
    const { application, parts } = await delivery.subjectOf(release)
    const bound = parts.filter(({ kind, name }) =>
      kind === 'document' ? check.id === 'biz.charter' && name === 'charter' : check.boundTo.includes(kind),
    )
    const draft: EvidenceDraft = {
      application,
      release,
      check: check.id,
      summary: `${check.title}: met.`,
      facts,
      inputs: bound,
      producer: { name: 'test', version: '1' },
      trust: check.minimumTrust,
      by: people.ada,
    }
    await inTransaction(db, (tx) => evidence.record(tx, draft))
  }
  const checksOfPoc = catalogue.checks.filter(({ id }) => catalogue.gates[0]?.checks.includes(id))

  return {
    ask,
    audit,
    clock,
    people,
    producers,
    pass,
    get delivery() {
      return delivery
    },
    passAll: async (release: ReleaseId, but: string[] = []) => {
      for (const check of checksOfPoc) if (!but.includes(check.id)) await pass(release, check)
    },
    /** A new process over the same database. */
    async restart() {
      delivery = await createDelivery({ ...deps, jobs: { ...jobs, handle: () => {} } })
      app = mount()
    },
    async application(name: string, files = blueprint()) {
      return ask('POST', '/api/v1/applications', { name, files })
    },
    /** Puts files and freezes. */
    async freeze(name: string, files?: Record<string, string>): Promise<ReleaseId> {
      if (files) await ask('PUT', `/api/v1/applications/${name}/blueprint`, { files })
      return (await ask('POST', `/api/v1/applications/${name}/releases`, {})).body.id
    },
    /**
     * Sends users through the live table and observes what happens to them, batch by batch, until the rollout ends.
     * @param errors the chance of an error in each arm
     */
    async play(given: {
      application: string
      stage: Stage
      rollout: RolloutId
      users: number
      errors: { control: number; candidate: number }
      seed?: number
    }) {
      const { application, stage, rollout, users, errors, seed = 1 } = given
      const random = seededRandom(seed)
      for (let from = 0; from < users; from += 100) {
        const outcomes: Outcome[] = []
        for (let user = from; user < from + 100; user += 1) {
          const unit = `user-${seed}-${user}`
          const chosen = assign({ table: delivery.liveTable(), application, stage, subject: unit })
          if (chosen?.rollout?.id !== rollout) return
          const common = {
            rollout,
            release: chosen.release,
            arm: chosen.arm,
            share: chosen.rollout.share,
            unit,
            at: clock(),
          }
          const latency = 400 * Math.exp(0.4 * (random() + random() + random() - 1.5))
          outcomes.push({
            ...common,
            eventId: `${unit}:error`,
            metric: 'error',
            value: Number(random() < errors[chosen.arm]),
          })
          outcomes.push({ ...common, eventId: `${unit}:latency-ms`, metric: 'latency-ms', value: latency })
        }
        clock.advance(2000)
        await delivery.observe(outcomes)
      }
    },
    async stop() {
      await store.close()
      await engine.close()
    },
  }
}

/** Facts that meet every requirement of a check, where it is asked at its hardest. */
export const meeting = (check: Check): Record<string, Fact> =>
  Object.fromEntries(
    check.requires.map(({ fact, equals, atLeast, atMost, above, bound }) => {
      const value = equals ?? atLeast ?? atMost ?? (above ?? 0) + 0.1
      const figure = Number(value)
      const interval = { low: figure, high: figure, method: 'given', sides: 1 as const, level: 0.95 }
      return [fact, { value, ...(bound !== 'value' && { interval }) }]
    }),
  )
