/** Governance: from the idea to the plan. It asks others through the functions that are made here. */

import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import { type ActorId, Permission } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import { dutiesOf } from '../core/duties.ts'
import type { Name } from '../core/names.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Evals, ExamplesOf } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  advisorHttp,
  cardsHttp,
  createAdvisor,
  createCards,
  createCrosswalks,
  createDataGovernance,
  createDisclosures,
  createDocuments,
  createIdeas,
  createLaw,
  createPlan,
  createPolicies,
  crosswalksHttp,
  type DataGovernanceDeps,
  dataHttp,
  disclosureHttp,
  documentsHttp,
  type GovernanceDeps,
  ideasHttp,
  lawHttp,
  meteredMonth,
  type PathStanding,
  type PlanDeps,
  planHttp,
  policiesHttp,
  type Training,
} from '../governance/index.ts'
import { Failure } from '../kernel/failure.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { createCardMaterial } from './card-material.ts'
import { daysOf } from './compass.ts'
import { keptBlueprints } from './kept-blueprints.ts'
import { kpiProofOf } from './kpis.ts'
import type { BlueprintAsk } from './limits.ts'
import type { Registry } from './model-registry.ts'
import { readPacks } from './packs.ts'
import { reachedOf } from './reached.ts'
import { groupUnmet } from './unmet.ts'

/** Training records are looked through by the page. */
const MOST_RECORDS = 1000

type Deps = Pick<GovernanceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly config: Pick<Config, 'databaseUrl'>
  readonly store: Pick<Store, 'engine'>
  readonly root: string
  readonly access: Access
  readonly evidence: EvidenceLog
  readonly evals: Evals
  readonly examplesOf: ExamplesOf
  readonly training: Training
  readonly models: Pick<Models, 'card' | 'providers'>
  readonly telemetry: Pick<Telemetry, 'usageBy' | 'unmet'>
  readonly delivery: Delivery
  readonly registry: Pick<Registry, 'fieldsOf' | 'obligationsOf' | 'lineageLines'>
  readonly versionSince: DataGovernanceDeps['versionSince']
}

export function wireGovernance(deps: Deps & Pick<PlanDeps, 'incidentsOf'>) {
  const { db, clock, root, delivery, evals, training } = deps
  const packs = readPacks(root)
  const governance = governanceDepsOf(deps)
  const documents = createDocuments({ ...governance, documentSchemas: packs.documentSchemas })
  const advisor = createAdvisor({
    ...governance,
    advisorPack: packs.advisorPack,
    questionPack: packs.questionPack,
    async runVariant({ name, files, suite, by }) {
      const isThere = await delivery.isApplication(db, name)
      if (isThere) await delivery.applications.putBlueprint({ name, files, by })
      else await delivery.applications.create({ name, files, by })
      const { release } = await delivery.releases.freeze({ name, by: by.actor })
      const outcome = await evals.create({ release: release.id, suite, against: 'baseline', by: by.actor })
      if (outcome.kind !== 'created')
        throw new Failure('conflict', 'governance.experiment-not-started', 'The experiment did not start. Try again.')
      return { release: release.id, experiment: outcome.experiment.id }
    },
    async verdictOf(id) {
      const { comparison, primary } = await evals.get(id as Parameters<typeof evals.get>[0])
      return comparison.find(({ evaluator }) => evaluator === primary)?.verdict ?? null
    },
    async trainedIn(skill, people) {
      const records = await training.listRecords({ limit: MOST_RECORDS })
      return people.filter((person) =>
        records.some(
          (one) =>
            one.person.trim().toLowerCase() === person.trim().toLowerCase() &&
            one.module.toLowerCase().includes(skill.toLowerCase()),
        ),
      )
    },
  })
  const kpiProof = kpiProofOf(deps)
  const plan = createPlan({
    ...governance,
    ...packs,
    advisor,
    proveKpis: kpiProof.prove,
    standingOf: (name) => standingOf(delivery, name),
    spentThisMonthUsd: async (name) => {
      const { cost } = deps.access.limits.status(name as Name)
      return approximateMicroUsd(cost.spentMicroUsd) / 1_000_000
    },
    incidentsOf: deps.incidentsOf,
    meteredMonthOf: async (name) => meteredMonth((await daysOf(deps, name)).get(name) ?? []),
    modelUseOf: (name) => modelUseOf(deps, name),
    async signersOf({ application, check, document }) {
      const all = await deps.evidence.allOf(db, application)
      const people = await deps.access.listActors()
      return all
        .filter(
          (one) =>
            one.check === check && one.trust === 'attested' && one.inputs.some(({ digest }) => digest === document),
        )
        .map(
          ({ by, duty, at }) =>
            `${people.find(({ id }) => id === by)?.name ?? by}${duty ? ` as ${duty}` : ''}, ${at.slice(0, 10)}`,
        )
    },
  })
  const law = createLaw({
    ...governance,
    packs: packs.lawPacks,
    documents,
    standingOf: (name) => standingOf(delivery, name),
  })
  const disclosures = createDisclosures({
    ...governance,
    async liveOf(name) {
      const { stages } = await delivery.applications.get(name)
      const live = stages.flatMap(({ stage, release }) => (release ? [{ stage, id: release.id }] : []))
      return Promise.all(live.map(async ({ stage, id }) => ({ stage, release: await delivery.getRelease(id) })))
    },
  })
  const cards = createCards({
    clock,
    releaseOf: delivery.getRelease,
    materialOf: createCardMaterial({ ...deps, laws: packs.lawPacks }),
    signed: deps.evidence.signed,
  })
  const crosswalks = createCrosswalks({
    ...governance,
    crosswalks: packs.crosswalks,
    laws: packs.lawPacks.laws,
    advisorPack: packs.advisorPack,
    catalogue: packs.catalogue,
    standingOf: (name) => standingOf(delivery, name),
    applications: async () => (await delivery.names()).map(({ name }) => name),
    lawsOf: async (name) =>
      (await law.get(name)).laws.flatMap(({ law: id, state }) => (state === 'does-not-apply' ? [] : [id])),
    rulesOf: async (name) => (await advisor.of(name)).advice.rules.map(({ id }) => id),
  })
  const data = createDataGovernance({
    ...governance,
    standingOf: (name) => standingOf(delivery, name),
    newestRelease: delivery.releases.newest,
    examplesOf: deps.examplesOf,
    reached: reachedOf(deps),
    versionSince: deps.versionSince,
  })
  const policies = createPolicies({
    ...governance,
    isCheck: (id) => packs.catalogue.checks.some((check) => check.id === id),
  })
  const ideas = createIdeas({
    ...governance,
    ...packs,
    createApplication: delivery.applications.create,
    unmetOf: deps.telemetry.unmet,
    groupUnmet,
  })
  return {
    http: [
      ...ideasHttp(ideas),
      ...documentsHttp(documents),
      ...advisorHttp(advisor),
      ...planHttp(plan),
      ...lawHttp(law),
      ...disclosureHttp(disclosures),
      ...dataHttp(data),
      ...policiesHttp(policies),
      ...crosswalksHttp(crosswalks),
      ...cardsHttp(cards, { releaseOf: delivery.getRelease }),
    ],
    producers: [...cards.producers, kpiProof.producer],
    sections: [cards.section],
    onFreeze: policies.demandStandards,
    async onBlueprint({ application, by }: { application: Application; by: ActorId }) {
      await documents.note({ application, by })
      // The installation decides here, and not who made the application: so nothing of it is refused.
      await policies.inherit({ application, by: { actor: by, permissions: new Set(Permission.options) } })
    },
    plan,
    ideas,
    proveKpis: kpiProof.prove,
    personalPlaces: training.personalPlaces,
    async mayKeep({ name, settings: { duties } }: BlueprintAsk) {
      const before = (await delivery.isApplication(db, name)) ? await delivery.getApplication(name) : undefined
      await training.demandLearnt({ duties, before: dutiesOf(before?.documents ?? {}) })
    },
  }
}

/** What is needed for what every sub-slice of governance asks of others. */
export type GovernanceWiring = Omit<
  Deps,
  | 'config'
  | 'examplesOf'
  | 'store'
  | 'root'
  | 'access'
  | 'evidence'
  | 'evals'
  | 'training'
  | 'models'
  | 'telemetry'
  | 'registry'
  | 'versionSince'
>

/** What every sub-slice of governance asks of others. */
export function governanceDepsOf({
  db,
  clock,
  newId,
  organisation,
  record,
  publish,
  delivery,
}: GovernanceWiring): GovernanceDeps {
  return {
    db,
    clock,
    newId,
    organisation,
    record,
    publish,
    applicationOf: delivery.getApplication,
    blueprintOf: keptBlueprints(delivery.applications.blueprint),
    putFile: delivery.applications.putFile,
  }
}

/** The newest release at each gate of the catalogue, and the highest stage in which the application is live. */
export async function standingOf(delivery: Delivery, name: string): Promise<PathStanding> {
  const release = await delivery.releases.newest(name)
  const stage = await delivery.highestLive(name)
  if (!release) return { release: null, stage, gates: [] }
  const gates = (await delivery.gates.decisions(release.id)).map(({ into, findings }) => ({
    into,
    checks: findings.map(({ check, title, verdict }) => ({ check, title, verdict })),
  }))
  return { release: release.id, stage, gates }
}

/** Of the first model that answers: its price in the mix of four tokens in to one out, and the tokens of the last 30 days. */
async function modelUseOf({ delivery, models, telemetry }: Deps, name: string) {
  const release = await delivery.releases.newest(name)
  const step = release?.manifest.flow.steps.find(({ use }) => use === 'generate')
  const part = step?.use === 'generate' ? release?.manifest.models.find((one) => one.name === step.model) : undefined
  const price = part ? models.card(part.model).price : null
  // As the program itself, for figures of one application.
  const caller = { application: null } as Caller
  const { total } = await telemetry.usageBy.count({
    caller,
    query: { by: ['application'], application: name as Name, latencies: 'false' },
  })
  const tokens = total.inputTokens + total.outputTokens
  return {
    apiUsdPerMillionTokens: price ? (Number(price.input) * 4 + Number(price.output)) / 5 : null,
    tokensPerMonth: tokens > 0 ? tokens : null,
  }
}
