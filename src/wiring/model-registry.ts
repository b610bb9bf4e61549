/** Cards, approvals, weights and advisories of models, and what delivery and the gateway ask of them. */
import type { Access } from '../access/index.ts'
import type { Config } from '../config.ts'
import type { Application } from '../core/application.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Stage } from '../core/stage.ts'
import { barredSources } from '../governance/index.ts'
import { createModelGuardrails, modelGuardrailsHttp } from '../guardrails/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import {
  type Advisories,
  type Approvals,
  advisoriesHttp,
  approvalProducer,
  approvalsHttp,
  type Cards,
  type Component,
  cardsHttp,
  createAdvisories,
  createApprovals,
  createCards,
  createWatch,
  createWeights,
  externalProducer,
  factsOfWeights,
  type LicencePack,
  type ModelSource,
  type Models,
  modelComponent,
  modelsHttp,
  obligationsIn,
  remoteModels,
  type SupplyChainDeps,
  supplyChainPart,
  supplyChainProducer,
  termsPart,
  type Weights,
  wantedBy,
  watchHttp,
  weightsHttp,
} from '../models/index.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Jobs } from '../store/jobs.ts'
import type { Caller } from '../wire/caller.ts'
import type { LateSlices } from './late-slices.ts'
import { wireModelChoice } from './model-choice.ts'
import { bindToModels, watchedBy } from './model-watch.ts'
import { servingModeOf } from './serving.ts'
import { wireTrainingRuns } from './training-runs.ts'
import { whyUnpricedOf } from './unpriced.ts'
import { wireExit } from './vendor-exit.ts'

type Common = Omit<Parameters<typeof createCards>[0], 'models' | 'approvalOf' | 'obligationsIn'>

type Deps = Common & {
  newId: NewId
  access: Pick<Access, 'limits'>
  models: Models
  modelRules: unknown
  licences: LicencePack
  jobs: Jobs
  blobs: Pick<Blobs, 'erased'>
  config: Pick<Config, 'weights' | 'probes'>
  probeSet: unknown
  report: (thrown: unknown, where?: string) => void
  packages: readonly Component[]
  late: LateSlices
}

/** What is known of the packages of this program; null where no advisories were ever imported. */
function knownHoles(advisories: Advisories) {
  const at = advisories.newestImport()
  return at && { at, affected: advisories.aboutProgram().map(({ id, hits }) => `${id} (${hits[0]?.name})`) }
}

/** Throws for data that may not leave the sandbox, or not enter this stage. */
function demandPermittedData(manifest: Manifest, documents: Application['documents'], into: Stage): void {
  const barred = barredSources(manifest, { documents }, into)
  if (barred.length === 0) return
  throw new Failure(
    'conflict',
    'governance.data-not-permitted',
    `${barred.map(({ why }) => why).join(' ')} Name the licence in inventory.yaml, have the stage permitted, or leave the data out and freeze again.`,
    { problems: barred.map(({ source, why }) => ({ field: `sources.${source}`, message: why })) },
  )
}

/** Weights as a source of the card of their model. */
const weightsSource = (found: Weights | undefined): Omit<ModelSource, 'organisation' | 'model'>[] =>
  found?.inspectedAt
    ? [
        {
          ...factsOfWeights(found),
          kind: 'weights',
          place: `weights ${found.path}`,
          recordedAt: found.inspectedAt,
          recordedBy: null,
        },
      ]
    : []

export type Registry = Awaited<ReturnType<typeof wireRegistry>>

export async function wireRegistry(deps: Deps) {
  const { models } = deps
  const guardrails = await createModelGuardrails(deps)
  // Each asks the other, at requests and not while they are made.
  const late: { approvals?: Approvals; cards?: Cards } = {}
  const fieldsOf = (model: string) => (late.cards?.names().includes(model) ? late.cards.fieldsOf(model) : [])
  const licenceOf = (model: string) => obligationsIn(deps.licences, fieldsOf(model))
  const weights = await createWeights({
    ...deps,
    folder: deps.config.weights,
    demandModel: (model) => void models.card(model),
  })
  const training = await wireTrainingRuns({ ...deps, weights, cards: () => late.cards })
  const approvals = await createApprovals({
    ...deps,
    pack: deps.modelRules,
    fieldsOf: (model) => late.cards?.fieldsOf(model) ?? [],
    obligationsOf: licenceOf,
    lineageOf: training.standingOf,
  })
  const cards = await createCards({
    ...deps,
    models,
    approvalOf: approvals.standingOf,
    obligationsIn: (fields) => obligationsIn(deps.licences, fields),
    alsoSaid: (model) => [...weightsSource(weights.newestOf(model)), ...training.sourceOf(model)],
  })
  late.cards = cards
  const componentOf = (model: string): Component =>
    modelComponent(model, cards.identityOf(model), weights.newestOf(model)?.revision ?? null)
  const advisories = await createAdvisories({ ...deps, models: () => cards.names().map(componentOf) })
  const supplyChain: SupplyChainDeps = {
    ...deps,
    advisories,
    weights,
    componentsOf: (manifest) => remoteModels(manifest).map(componentOf),
    selfHosted: (manifest) => remoteModels(manifest).filter((model) => servingModeOf(models, model) === 'self-hosted'),
  }
  const watch = await createWatch({ ...deps, ...watchedBy(deps), cards })
  const choice = wireModelChoice({ ...deps, cards, approvals, firstTokensOf: watch.firstTokensOf })
  const exit = wireExit({ ...deps, cards, approvals })
  return {
    http: [
      ...modelsHttp(models),
      ...modelGuardrailsHttp(guardrails),
      ...cardsHttp(cards),
      ...approvalsHttp(approvals),
      ...weightsHttp(weights),
      ...training.http,
      ...advisoriesHttp(advisories),
      ...choice.http,
      ...watchHttp(watch, (model) => void models.card(model)),
      ...exit.http,
    ],
    producers: [
      approvalProducer(approvals),
      supplyChainProducer(supplyChain),
      externalProducer({ ...deps, watch }),
      exit.producer,
    ],
    start: watch.start,
    stop: watch.stop,
    shortlists: choice.shortlists,
    /** Evidence on answers depends on models that answer as they did; it goes stale when the watch sees a change. */
    bound: bindToModels({ ...deps, partOf: watch.partOf }),
    /** What is known of a model, field by field; none for one that nobody knows. */
    fieldsOf,
    obligationsOf: licenceOf,
    /** How a model was trained here, a line each. */
    lineageLines: training.linesOf,
    personalPlaces: [...training.personalPlaces, ...weights.personalPlaces],
    /** The day on which a hosted model ends; null when nobody knows. */
    endOf(model: string): string | null {
      const end = cards.fieldsOf(model).find(({ name }) => name === 'deprecatedOn')?.value
      return typeof end === 'string' && end !== 'none' ? end : null
    },
    openTasks: () => watch.tasks('open'),
    /** What a look at the installation asks of models. */
    posture: () => ({
      guardrailsOnModels: guardrails.get().guardrails.length,
      advisories: knownHoles(advisories),
    }),
    /** The window of a model in tokens, as its card says; null when nobody does. */
    contextOf(model: string): number | null {
      const value = cards.valueOf(model, 'contextTokens')
      return typeof value === 'number' ? value : null
    },
    forGateway: {
      modelGuards: guardrails,
      /** A key beyond the sandbox reaches approved models alone. */
      whyUnapproved: (model: string, { stage = 'sandbox' }: Pick<Caller, 'stage'>) => approvals.whyNot(model, stage),
      /** Where money is capped, what nobody knows the price of is refused. */
      whyUnpriced: whyUnpricedOf(deps),
    },
    forDelivery: {
      /** For the report of debt: the day that the model's card gives, from whoever says it. */
      endOfModel(model: string): string | null {
        const value = cards.valueOf(model, 'deprecatedOn')
        return typeof value === 'string' && value !== 'none' ? value : null
      },
      partsBeside: (manifest: Manifest) => [
        ...termsPart(approvals, manifest),
        supplyChainPart(supplyChain, manifest),
        ...watch.partOf(manifest),
      ],
      /** Throws `models.not-approved` for a release whose models may not be used in the stage. */
      demandApproved(manifest: Manifest, { documents }: Pick<Application, 'documents'>, into: Stage): void {
        const barred = approvals.barred(manifest, wantedBy(documents.profile?.value, into))
        demandPermittedData(manifest, documents, into)
        if (barred.length === 0) return
        throw new Failure(
          'conflict',
          'models.not-approved',
          `${barred.map(({ why }) => why).join(' ')} Ask for an approval: \`airworthy models request\`, or choose an approved model and freeze again.`,
          { problems: barred.map(({ model, why }) => ({ field: `models.${model}`, message: why })) },
        )
      },
    },
    /** Reads again what another process wrote. */
    async reload(): Promise<void> {
      await guardrails.reload()
      await weights.reload()
      await training.reload()
      await advisories.reload()
      await watch.reload()
      await cards.reload()
      await approvals.reload()
    },
  }
}
