/**
 * The composition root: everything is made here, in reading order, and nothing else knows everything.
 * Ground and kits first, then the slices from those that know nobody to those that know many, then the doors.
 */
import { join } from 'node:path'
import { accessHttp, createAccess } from './access/index.ts'
import { createApiListener } from './api/index.ts'
import { backupHttp } from './backup/index.ts'
import { DEFAULT_ORGANISATION } from './core/actor.ts'
import { createDelivery, deliveryHttp } from './delivery/index.ts'
import { createEvals, createExamplesOf, evalsHttp, readGarakReport } from './evals/index.ts'
import { createEvidence } from './evidence/index.ts'
import { createExample, exampleHttp } from './example/index.ts'
import { createFlows } from './flows/index.ts'
import { createGateway } from './gateway/index.ts'
import { trainingHttp } from './governance/index.ts'
import { deriveSigningKey, signingPurpose } from './kernel/derive.ts'
import { createIds } from './kernel/ids.ts'
import { secureBytes } from './kernel/random.ts'
import { systemClock } from './kernel/time.ts'
import { createKnowledge, knowledgeHttp } from './knowledge/index.ts'
import { createModels } from './models/index.ts'
import { createPrompts, TaskContract } from './prompts/index.ts'
import { openStore } from './store/store.ts'
import { createTelemetry, telemetryHttp } from './telemetry/index.ts'
import { buildPages } from './web-build.ts'
import { webhooksHttp } from './webhooks/index.ts'
import { createEventHub } from './wire/events.ts'
import {
  type Airworthy,
  type AirworthyOptions,
  accessSettings,
  addressOf,
  askedByDelivery,
  beginExample,
  blueprintLimits,
  createReport,
  demandIdleSuites,
  evidenceDoors,
  examplePlay,
  gatewayFigures,
  gatherMetrics,
  guardDoors,
  guardsOf,
  healthOf,
  joinOutcomes,
  joinProcesses,
  judging,
  type LateSlices,
  mayPlayExample,
  migrations,
  openDoor,
  ownWork,
  partsOf,
  playgroundHttp,
  portOf,
  producersOf,
  promptLint,
  providerSettings,
  readPacks,
  rolesOf,
  sayReady,
  secretsOf,
  spoolOf,
  wireCapabilities,
  wireGateways,
  wirePrivacy,
  wireRegistry,
  wireTraining,
  wireWebhooks,
  workersOf,
} from './wiring/index.ts'

export type { Airworthy } from './wiring/index.ts'

export const VERSION = '0.1.0'

const TICK_MS = 1000

export async function startAirworthy(options: AirworthyOptions): Promise<Airworthy> {
  const { config, root, print, clock = systemClock } = options
  const organisation = DEFAULT_ORGANISATION
  const random = secureBytes
  const newId = createIds({ clock, random })
  const hub = createEventHub()
  const publish = hub.publish
  const report = createReport(print)
  const { isApi, isGateway, isWorker, isWhole, goesOnWithout, remember } = rolesOf(config)
  const pages = options.pages === false || !isApi ? Promise.resolve('not-here' as const) : buildPages(root)

  const store = await openStore({
    folder: config.data,
    databaseUrl: config.databaseUrl,
    mayBeAway: goesOnWithout,
    migrations,
    clock,
    newId,
    onJobChange: ({ id }) => publish({ topic: 'job', id, application: null }),
    ...options.store,
  })
  const { db, jobs, blobs } = store
  const { masterKey, owner } = await secretsOf(config, random, db)

  // Who and what is allowed, and what is said about it.
  let address = addressOf(config)
  const ground = { db, clock, newId, organisation, publish, remember }
  const sealed = { random, masterKey, report, reach: config.reach }
  const access = await createAccess({
    ...ground,
    ...sealed,
    publicUrl: () => address,
    ...accessSettings(config, store, () => ({ models, delivery })),
  })
  const guards = guardsOf(access)
  const ownerActor = owner && isApi ? await access.ensureOwner(owner.secret) : undefined
  const { webhooks, record } = wireWebhooks({ ...ground, ...sealed, hub, jobs, access, tells: isWorker })
  /** What nearly every slice is given. */
  const common = { ...ground, record, report, webhooks, address: () => address, systemActor: access.systemActor }
  const packs = readPacks(root)
  const training = wireTraining({ ...common, pack: packs.trainingPack, late: () => ({ delivery, evidence }) })
  const evidence = createEvidence({
    ...common,
    signingKeyOf: (generation) => deriveSigningKey(masterKey, signingPurpose(generation)),
    checks: packs.catalogue.checks,
    subjectOf: async (id) => delivery.subjectOf(id),
    importers: { 'training-records': training.importer, garak: readGarakReport },
  })

  // What a release is made of, and how it runs.
  const models = await createModels({
    ...common,
    ...sealed,
    ...providerSettings(config),
    ...packs,
    takenBy: async (tx, name) => ((await delivery.isApplication(tx, name)) ? `the application ${name}` : undefined),
  })
  const late: LateSlices = () => ({ access, delivery, evals })
  const registry = await wireRegistry({ ...common, ...sealed, ...packs, access, models, jobs, blobs, config, late })
  const prompts = createPrompts({ db, organisation })
  const knowledge = createKnowledge({ blobs })
  const examplesOf = createExamplesOf(blobs)
  const flows = createFlows({
    clock,
    models: guards.models(models),
    priceBook: () => models.priceBook,
    render: prompts.render,
    openIndex: knowledge.openIndex,
    at: models.at,
    send: models.send,
    credentialFor: models.providers.credentialFor,
  })
  const [own, lint] = [ownWork({ access, models, flows, clock }), promptLint(registry)]
  const delivery = await createDelivery({
    ...common,
    ...packs,
    blobs,
    jobs,
    random,
    systemActor: access.systemActor,
    documentSchemas: { ...packs.documentSchemas, task: TaskContract },
    recordEvidence: evidence.record,
    evidenceOf: evidence.allOf,
    evidenceMarks: evidence.marks,
    resolve: partsOf({ knowledge, blobs, models, db, organisation, examplesOf }),
    challengesOf: evidence.challenges.allOf,
    producers: () => producers,
    ...registry.forDelivery,
    warningsOf: lint,
    isNameTaken: (name) => models.takes(name),
    textOfDocument: knowledge.textsOf,
    onHeld: webhooks.tell,
    ...blueprintLimits(access, () => capabilities),
    demandIdle: demandIdleSuites(late),
    ...askedByDelivery(() => capabilities),
  })

  // What is measured.
  const telemetry = await createTelemetry({
    ...{ ...common, random },
    costUnder: models.prices.costUnder,
    sealing: { masterKey, remember, isOn: config.sealTraces },
    folder: spoolOf(config, options.worker?.part),
    collector: config.collector && { ...config.collector, version: VERSION },
  })
  const evals = createEvals({
    ...common,
    blobs,
    jobs,
    programVersion: VERSION,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    releaseBefore: delivery.releaseBefore,
    resolveModel: models.resolve,
    recordEvidence: registry.bound(evidence.record),
    ...judging(models, own, config),
  })
  const outcomes = joinOutcomes({ delivery, telemetry, access, report })
  const material = { examplesOf, passagesOf: knowledge.passagesOf }
  const slices = { access, evidence, models, prompts, knowledge, flows, telemetry, evals, training, delivery, registry }
  const capabilities = wireCapabilities({ ...common, ...slices, own, random, root, config, store, examplesOf, lint })
  const measuring = { clock, access, models, telemetry, training, evals, registry, material, capabilities }
  const keepers = { evidence, telemetry, evals, delivery, knowledge, webhooks, capabilities, examplesOf }
  const privacy = wirePrivacy({ ...common, ...sealed, ...keepers, config, hub, store, access })
  const drill = { knowledge, examplesOf, blobs, rehearse: privacy.rehearse }
  const producers = producersOf({ ...measuring, drill, address: () => address })
  const between = joinProcesses({ store, hub, access, models, registry, delivery, report })
  const [candidates, releaseOf] = [guards.candidates(delivery), guards.releases(delivery.getRelease)]

  // The doors.
  const gateway = createGateway({
    identify: access.identify,
    reserve: access.limits.reserve,
    refill: access.limits.refill,
    whyOff: access.switches.whyOff,
    ...registry.forGateway,
    live: candidates.live,
    releaseOf: delivery.releaseInMemory,
    runFlow: (run) => flows.run({ ...run, recordContent: true }),
    models,
    settleAll: telemetry.recorder.settleAll,
    responses: telemetry.responses,
    ...capabilities.forGateway,
    ...common,
    random,
  })
  const answers = isGateway && (options.worker !== undefined || workersOf(config) === 0)
  const capacity = answers ? config.gatewayCapacity : 0
  const gateways = wireGateways({ ...ground, store, isGateway: answers, gateway, telemetry, models })
  const stage = () => ({ baseUrl: address, ownerToken: owner?.secret.reveal() ?? '' })
  const example = createExample({ db, jobs, organisation, print, play: examplePlay({ root, stage }) })
  const listener = createApiListener({
    mounted: guardDoors({ access, db, record, delivery, evals, config, root }, [
      ...accessHttp(access),
      ...evidenceDoors({ evidence, delivery, producers: () => producers }),
      ...knowledgeHttp({ knowledge, releaseOf: delivery.getRelease }),
      ...playgroundHttp({ flows, access, models, telemetry, clock, random, releaseOf }),
      ...telemetryHttp(telemetry),
      ...evalsHttp(evals, { releaseOf: delivery.getRelease }),
      ...trainingHttp(training),
      ...deliveryHttp(delivery),
      ...exampleHttp(example),
      ...backupHttp({ store, folder: config.data, masterKey, clock, version: VERSION }, report),
      ...webhooksHttp(webhooks),
      ...[registry, gateways, privacy, capabilities].flatMap(({ http }) => http),
    ]),
    access,
    hub,
    jobs,
    ...sealed,
    ...{ db, clock, organisation },
    gateway,
    staticFolder: join(root, 'web', 'dist'),
    publicUrl: address,
    version: VERSION,
    metrics: gatherMetrics({
      ...{ telemetry, delivery, access, gateway, capacity },
      others: () => door.figures(),
      countJobs: jobs.count,
    }),
    health: healthOf({ kind: store.kind, goesOnWithout, access, telemetry }),
    doors: { api: isApi, gateway: answers },
    ...portOf(config, options.worker),
  })
  for (const one of [telemetry.recorder, gateways]) one.start()
  if (isApi || isWorker) await jobs.start({ work: isWorker })
  if (isWorker) for (const one of [webhooks, privacy, registry, capabilities]) one.start()
  const { worker, workerProgram: program } = options
  const door = await openDoor({ config, listener, engine: store.engine, worker, program, report })
  if (config.publicUrl === undefined) address = door.url
  const timer = isWorker
    ? setInterval(() => void candidates.tick().catch((thrown) => report(thrown, 'rollouts')), TICK_MS)
    : undefined

  await sayReady({ print, config, address, owner, access, ownerActor: ownerActor?.id })
  void pages.then((state) => state === 'failed' && print('! The pages could not be built; the old ones are served.'))
  if (isWhole && mayPlayExample(config, print)) void beginExample(example, delivery.applications).catch(report)

  return {
    url: door.url,
    access,
    listener,
    ownerToken: owner?.secret.reveal() ?? '',
    figures: () => gatewayFigures({ telemetry, gateway, capacity }),
    async close() {
      clearInterval(timer)
      for (const one of [webhooks, privacy, registry, capabilities]) one.stop()
      await door.close()
      await listener.close()
      await jobs.stop()
      for (const one of [between, gateways]) await one.close()
      outcomes.close()
      await telemetry.close()
      await access.close()
      await models.close()
      await store.close()
    },
  }
}
