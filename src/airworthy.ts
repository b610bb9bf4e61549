/**
 * The composition root: everything is made here, in reading order, and nothing else knows everything.
 * Ground and kits first, then the slices from those that know nobody to those that know many, then the doors.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Access, accessHttp, accessMigrations, createAccess } from './access/index.ts'
import { type ApiListener, apiMigrations, createApiListener } from './api/index.ts'
import { createBudgetCap, createDataQuality, createSecretScan } from './assurance/index.ts'
import type { Config } from './config.ts'
import { DEFAULT_ORGANISATION } from './core/actor.ts'
import { GateCatalogue } from './core/check.ts'
import { createDelivery, deliveryHttp, deliveryMigrations } from './delivery/index.ts'
import {
  createEvals,
  createExamplesOf,
  datasetPart,
  evalsHttp,
  evalsMigrations,
  evaluatorParts,
  suitePart,
} from './evals/index.ts'
import { createEvidence, evidenceHttp, evidenceMigrations } from './evidence/index.ts'
import { createExample, exampleHttp } from './example/index.ts'
import { createFlows, flowsHttp } from './flows/index.ts'
import { createGateway } from './gateway/index.ts'
import { createDocumentProducers, createTraining, trainingHttp, trainingMigrations } from './governance/index.ts'
import { deriveSigningKey } from './kernel/derive.ts'
import { messageOf } from './kernel/failure.ts'
import { createIds } from './kernel/ids.ts'
import { secureBytes } from './kernel/random.ts'
import { type Clock, systemClock } from './kernel/time.ts'
import { createKnowledge, knowledgeHttp } from './knowledge/index.ts'
import { createModels, modelsHttp, modelsMigrations } from './models/index.ts'
import { createPrompts, promptsHttp, promptsMigrations } from './prompts/index.ts'
import type { Engine } from './store/engine.ts'
import { secretFile } from './store/secret-file.ts'
import { openStore } from './store/store.ts'
import {
  createTelemetry,
  outcomesOf,
  outcomesOfFeedback,
  telemetryHttp,
  telemetryMigrations,
} from './telemetry/index.ts'
import { buildPages } from './web-build.ts'
import { createEventHub } from './wire/events.ts'
import { openBudgetProbe } from './wiring/budget-probe.ts'
import { examplePlay } from './wiring/example.ts'
import { capsOf, microUsdOf, reserveOrRefuse } from './wiring/limits.ts'
import { settledOfPlayground } from './wiring/playground.ts'
import { recordingsOf } from './wiring/recordings.ts'
import { readTemplates } from './wiring/templates.ts'

export const VERSION = '0.1.0'

export const migrations = [
  accessMigrations,
  evidenceMigrations,
  modelsMigrations,
  promptsMigrations,
  telemetryMigrations,
  evalsMigrations,
  trainingMigrations,
  deliveryMigrations,
  apiMigrations,
]

export type AirworthyOptions = {
  readonly config: Config
  /** The folder of the project: packs, templates, data, web. */
  readonly root: string
  /** A line for whoever started it. */
  readonly print: (line: string) => void
  readonly clock?: Clock
  /** An engine that is open already, for tests. */
  readonly engine?: Engine
  readonly queueSchema?: string
  /** The pages are not built in tests that show none. */
  readonly pages?: boolean
}

export type Airworthy = {
  readonly url: string
  readonly access: Access
  readonly listener: ApiListener
  readonly ownerToken: string
  close(): Promise<void>
}

const TICK_MS = 1000

export async function startAirworthy(options: AirworthyOptions): Promise<Airworthy> {
  const { config, root, print, clock = systemClock } = options
  const organisation = DEFAULT_ORGANISATION
  const random = secureBytes
  const newId = createIds({ clock, random })
  const hub = createEventHub()
  const publish = hub.publish
  const report = (thrown: unknown, where = 'background') => print(`! ${where}: ${messageOf(thrown)}`)
  const pages = options.pages === false ? Promise.resolve('not-here' as const) : buildPages(root)

  const store = await openStore({
    folder: config.data,
    databaseUrl: config.databaseUrl,
    migrations,
    clock,
    newId,
    onJobChange: ({ id }) => publish({ topic: 'job', id, application: null }),
    ...(options.engine && { engine: options.engine }),
    ...(options.queueSchema !== undefined && { queueSchema: options.queueSchema }),
  })
  const { db, jobs, blobs } = store
  const masterKey = config.masterKey ?? secretFile(join(config.data, 'master.key'), { random, prefix: '' }).secret
  const owner = config.ownerToken
    ? { secret: config.ownerToken, isNew: false }
    : secretFile(join(config.data, 'owner-token'), { random, prefix: 'awk_' })

  // Who and what is allowed, and what is said about it.
  let address = config.publicUrl ?? `http://${config.host}:${config.port}`
  const access = await createAccess({
    db,
    clock,
    newId,
    random,
    masterKey,
    organisation,
    publicUrl: address,
    publish,
    report,
  })
  const ownerActor = await access.ensureOwner(owner.secret)
  const record = access.record
  const catalogue = GateCatalogue.parse(readJson(join(root, 'packs', 'gates', 'core.json')))
  const training = createTraining({
    db,
    clock,
    newId,
    organisation,
    record,
    publish,
    buildersOf: async (name) => (await delivery.getApplication(name)).documents.builders,
  })
  const evidence = createEvidence({
    db,
    clock,
    newId,
    organisation,
    record,
    publish,
    signingKey: deriveSigningKey(masterKey, 'evidence'),
    checkOf: (id) => catalogue.checks.find((check) => check.id === id),
    subjectOf: async (id) => delivery.subjectOf(id),
    importers: { 'training-records': training.importer },
  })

  // What a release is made of, and how it runs.
  const models = await createModels({
    db,
    clock,
    random,
    organisation,
    masterKey,
    record,
    publish,
    credential: config.credential,
    takenBy: async (tx, name) => ((await delivery.isApplication(tx, name)) ? `the application ${name}` : undefined),
    priceBook: readJson(join(root, 'packs', 'prices', 'core.json')),
    recordings: recordingsOf(root),
  })
  const prompts = createPrompts({ db, organisation })
  const knowledge = createKnowledge({ blobs })
  const examplesOf = createExamplesOf(blobs)
  const flows = createFlows({
    clock,
    models,
    priceBook: models.priceBook,
    render: prompts.render,
    openIndex: knowledge.openIndex,
    at: models.at,
    send: models.send,
    credentialFor: models.providers.credentialFor,
  })
  const delivery = await createDelivery({
    db,
    blobs,
    jobs,
    clock,
    newId,
    random,
    organisation,
    catalogue,
    record,
    publish,
    systemActor: access.systemActor,
    templates: readTemplates(join(root, 'templates')),
    recordEvidence: evidence.record,
    evidenceOf: evidence.allOf,
    resolve: {
      index: (documents, settings) => knowledge.resolveIndex(documents, settings),
      dataset: (dataset) => datasetPart(dataset, blobs),
      suite: suitePart,
      evaluators: evaluatorParts,
      model: models.resolve,
      priceBook: () => models.priceBook,
    },
    producers: () => producers,
    isNameTaken: (name) => models.providers.takes(name),
    onBlueprint: async ({ application, settings: { limits }, by }) => {
      if (limits.requestsPerMinute === undefined && limits.usdPerMonth === undefined) return
      await access.limits.set(application.name, {
        ...(limits.requestsPerMinute !== undefined && { requestsPerMinute: limits.requestsPerMinute }),
        ...(limits.usdPerMonth !== undefined && { costMicroUsdPerMonth: microUsdOf(limits.usdPerMonth) }),
        by,
      })
    },
    onFreeze: (tx, { application, id, manifest, frozenAt }) =>
      prompts.recordVersions(tx, { application, release: id, prompts: manifest.prompts, at: frozenAt }),
  })

  // What is measured.
  const telemetry = await createTelemetry({
    db,
    clock,
    newId,
    organisation,
    publish,
    folder: join(config.data, 'spool'),
  })
  const evals = createEvals({
    db,
    blobs,
    jobs,
    clock,
    newId,
    organisation,
    record,
    publish,
    programVersion: VERSION,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    releaseBefore: delivery.releaseBefore,
    runFlow: flows.run,
    estimateRun: async ({ manifest }) =>
      ({
        costMicroUsd: manifest.models.every(({ model }) => /^(local|scripted)\//.test(model)) ? '0' : null,
        latencyMs: null,
      }) as never,
    recordEvidence: evidence.record,
  })
  const material = { examplesOf, passagesOf: knowledge.passagesOf }
  const producers = [
    ...createDocumentProducers({ clock }),
    training.producer,
    createDataQuality(material),
    createSecretScan(material),
    createBudgetCap({
      capsOf: async (name) => capsOf(access.limits.status(name).limits),
      openProbe: openBudgetProbe({ access, address: () => address }),
      costOfOneAnswer: async () => '0' as never,
    }),
    evals.producer,
  ]
  telemetry.recorder.onSettled((event) => void delivery.observe(outcomesOf(event)).catch(report))
  telemetry.onFeedback((feedback, trace) => void delivery.observe(outcomesOfFeedback(feedback, trace)).catch(report))

  // The doors.
  const gateway = createGateway({
    identify: access.identify,
    reserve: access.limits.reserve,
    live: delivery.liveTable,
    releaseOf: delivery.releaseInMemory,
    runFlow: (run) => flows.run({ ...run, recordContent: true }),
    models: { ...models, providers: models.providers },
    settle: telemetry.recorder.settle,
    clock,
    random,
    report,
  })
  const example = createExample({
    db,
    jobs,
    organisation,
    print,
    play: examplePlay({ root, stage: () => ({ baseUrl: address, ownerToken: owner.secret.reveal() }) }),
  })
  const listener = createApiListener({
    mounted: [
      ...accessHttp(access),
      ...evidenceHttp(evidence, { subjectOf: delivery.subjectOf }),
      ...modelsHttp(models),
      ...promptsHttp(prompts),
      ...knowledgeHttp({ knowledge, releaseOf: delivery.getRelease }),
      ...flowsHttp({
        run: flows.run,
        releaseOf: delivery.getRelease,
        reserve: (application, caller) => reserveOrRefuse(access, application, caller.key),
        keep: (asked) => {
          const event = settledOfPlayground({ clock, random }, asked)
          telemetry.recorder.settle(event)
          return event.traceId
        },
      }),
      ...telemetryHttp(telemetry),
      ...evalsHttp(evals, { releaseOf: delivery.getRelease }),
      ...trainingHttp(training),
      ...deliveryHttp(delivery),
      ...exampleHttp(example),
    ],
    access,
    hub,
    jobs,
    db,
    clock,
    random,
    masterKey,
    organisation,
    report,
    gateway: gateway.handle,
    staticFolder: join(root, 'web', 'dist'),
    publicUrl: address,
    version: VERSION,
    health: () => [
      { name: 'database', ok: true, detail: store.kind },
      {
        name: 'spool',
        ok: telemetry.recorder.status().state === 'ok',
        detail: telemetry.recorder.status().lastError ?? 'written',
      },
    ],
  })
  telemetry.recorder.start()
  await jobs.start()
  const { url } = await listener.listen({ host: config.host, port: config.port })
  if (config.publicUrl === undefined) address = url
  const timer = setInterval(() => void delivery.tick().catch(report), TICK_MS)

  print(`Airworthy is ready at ${address}`)
  if (owner.isNew)
    print(`Owner token, shown once and kept in ${join(config.data, 'owner-token')}: ${owner.secret.reveal()}`)
  print(
    `Sign in (once, within ten minutes): ${(await access.createSignInLink({ actor: ownerActor.id, by: ownerActor.id })).url.reveal()}`,
  )
  void pages.then(
    (state) => state === 'failed' && print('! The pages could not be built; the old ones are served. See above.'),
  )
  if (config.example) void example.start().catch(report)

  return {
    url,
    access,
    listener,
    ownerToken: owner.secret.reveal(),
    async close() {
      clearInterval(timer)
      await listener.close()
      await jobs.stop()
      await telemetry.close()
      await access.close()
      await models.close()
      await store.close()
    },
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
