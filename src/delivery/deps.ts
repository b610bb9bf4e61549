/** What delivery needs from others, as functions; `airworthy.ts` gives them. */
import type { z } from 'zod'
import type { ActorId, Permission } from '../core/actor.ts'
import type { Application } from '../core/application.ts'
import type { Blueprint, ParsedDataset, ParsedKnowledge, ParsedPrompt } from '../core/blueprint/blueprint.ts'
import type { BlueprintFiles } from '../core/blueprint/files.ts'
import type { Settings } from '../core/blueprint/schema.ts'
import type { Challenge } from '../core/challenge.ts'
import type { GateCatalogue } from '../core/check.ts'
import type { DatasetPart, Suite } from '../core/dataset.ts'
import type { Evidence, EvidenceDraft } from '../core/evidence.ts'
import type { IndexPart, Manifest, ModelPart, Part, SuitePart } from '../core/manifest.ts'
import type { Producer } from '../core/producer.ts'
import type { Release } from '../core/release.ts'
import type { RolloutPlan } from '../core/rollout.ts'
import type { Stage } from '../core/stage.ts'
import type { Problem } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Clock } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Jobs } from '../store/jobs.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import type { Remember } from '../store/remember.ts'
import type { ChangeEvent } from '../wire/events.ts'

type Awaitable<Value> = Value | Promise<Value>

/** How the parts of a blueprint become digests. Each may throw a `Failure` that names the part and what to do. */
export type Resolve = {
  /** Null when there are no documents. */
  index(knowledge: readonly ParsedKnowledge[], settings: Settings['knowledge']): Awaitable<IndexPart | null>
  /** Throws for a reference to a dataset that the application may not use. */
  dataset(dataset: ParsedDataset, application: string): Awaitable<DatasetPart>
  /** The prompt with the rows that it shows of these datasets. Throws where it names one that it may not show. */
  examples(prompt: ParsedPrompt, datasets: readonly DatasetPart[]): Awaitable<ParsedPrompt>
  suite(suite: Suite): Awaitable<SuitePart>
  evaluators(suites: readonly Suite[]): Awaitable<Manifest['evaluators']>
  model(name: string, use: Settings['models'][string]): Awaitable<ModelPart>
  priceBook(): Awaitable<Manifest['priceBook']>
}

export type Template = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly files: BlueprintFiles
}

export type BlueprintWarning = Omit<Problem, 'line'> & {
  readonly line?: number | undefined
  readonly code: string
  readonly severity: string
}

export type DeliveryDeps = {
  readonly db: Database
  readonly blobs: Blobs
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'findByKey' | 'forget'>
  readonly clock: Clock
  readonly newId: NewId
  /** For the salts of rollouts. */
  readonly random: RandomBytes
  readonly organisation: string
  /** Signs what is decided without a person: advance, rollback, completion. */
  readonly systemActor: ActorId
  readonly catalogue: GateCatalogue
  /** Versions of the catalogue before this one, to compare with. */
  readonly catalogueHistory?: readonly GateCatalogue[]
  /** The day on which a model ends, as far as anybody says. */
  readonly endOfModel?: (model: string) => string | null
  readonly templates: readonly Template[]
  /** What the documents of a blueprint must look like, by name; one that is not listed is taken as it is. */
  readonly documentSchemas?: Readonly<Record<string, z.ZodType>>
  readonly record: RecordAudit
  /** Appends in the caller's transaction; delivery publishes after the commit. */
  readonly recordEvidence: (tx: Tx, draft: EvidenceDraft) => Promise<Evidence>
  readonly evidenceOf: (db: Database | Tx, application: string | readonly string[]) => Promise<Evidence[]>
  readonly challengesOf: (db: Database | Tx, application: string | readonly string[]) => Promise<Challenge[]>
  /** Of an application a text that changes whenever its evidence does. */
  readonly evidenceMarks: (db: Database | Tx) => Promise<(application: string) => string>
  readonly resolve: Resolve
  /** Asked for at each use, because producers are made after delivery. */
  readonly producers: () => readonly Producer[]
  /** What a decision on a release rests on beside its parts and documents: the terms of its models, for example. */
  readonly partsBeside?: (manifest: Manifest) => readonly Part[]
  /** Throws when a model of the release may not be used in the stage; asked before a promotion is judged. */
  readonly demandApproved?: (manifest: Manifest, application: Pick<Application, 'documents'>, into: Stage) => void
  /** Throws when an application may not enter a stage whatever its gate says; asked before a promotion is judged. */
  readonly mayEnter?: (tx: Tx, ask: { application: string; into: Stage }) => Promise<void>
  /** Names of routes and providers share the namespace of applications. */
  readonly isNameTaken: (name: string) => Awaitable<boolean>
  /** Told of a promotion that its gate held, after it was judged. */
  readonly onHeld?: (held: {
    type: 'gate.held'
    application: string
    subject: string
    actor: ActorId
    detail: Record<string, unknown>
  }) => void
  readonly publish: (event: ChangeEvent) => void
  /** What is likely wrong with a blueprint that parses: lint of its prompts. */
  readonly warningsOf?: (blueprint: Blueprint, files: BlueprintFiles) => Promise<BlueprintWarning[]>
  /** Called before a blueprint is kept; throws when it may not be, as it is or by whoever has these permissions. */
  readonly mayKeep?: (ask: {
    name: string
    files: BlueprintFiles
    settings: Settings
    tools: Blueprint['tools']
    permissions: ReadonlySet<Permission>
  }) => Awaitable<void>
  /** Called before changed files are kept; throws when something is being measured with one of them. */
  readonly demandIdle?: (application: string, changed: readonly string[]) => Promise<void>
  /** The texts of a document that needs a library to be read; a document that cannot be read has none. */
  readonly textOfDocument?: (document: ParsedKnowledge) => Promise<string[]>
  /** For a process that goes on while the database is away. */
  readonly remember?: Remember
  /** Called after a blueprint was kept: limits, for example, are set from its settings. */
  readonly onBlueprint?: (change: { application: Application; settings: Settings; by: ActorId }) => Awaitable<void>
  /** Why a plan that scores live answers cannot be followed by this candidate; undefined when it can. */
  readonly whyNotScored?: (tx: Tx, ask: { release: Release; plan: RolloutPlan }) => Promise<string | undefined>
  /** Called in the transaction that freezes a new release; what it throws refuses the freeze. */
  readonly onFreeze?: (tx: Tx, release: Release, application: Application) => Promise<void>
}
