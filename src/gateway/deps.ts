/** What the gateway is given. Nothing here waits for a disk or a database. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Reserve } from '../access/index.ts'
import type { CacheByMeaning } from '../core/answer-caching.ts'
import type { Turn } from '../core/conversation.ts'
import type { Fault } from '../core/fault.ts'
import type { LiveTable } from '../core/live-table.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { FallingBack, FlowResult, HoldCall, StepRecord } from '../flows/index.ts'
import type { ModelGuards } from '../guardrails/index.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Clock } from '../kernel/time.ts'
import type { Embed, ExchangeTurn, ModelRoute, Models, Spoken } from '../models/index.ts'
import type { StoredResponses, ToSettle } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'

export type RunFlow = (run: {
  readonly manifest: Manifest
  readonly arm: 'flow'
  readonly turns: readonly Turn[]
  /** What followed the last question, where the release hands calls of tools out. */
  readonly exchange: readonly ExchangeTurn[]
  readonly mayWrite: boolean
  /** Keeps calls of tools that wait for a person. */
  readonly holdCall?: HoldCall | undefined
  readonly signal: AbortSignal
  /** Called with each piece of the answer as it comes; absent when the client wants the whole. */
  readonly onDelta?: (text: string) => void
  /** Called with each step that ended, also when the run fails afterwards. */
  readonly onStep: (step: StepRecord) => void
  /** Called with the turns as they are used, where a guardrail has taken something out. */
  readonly onGuarded?: (turns: readonly Turn[]) => void
  /** Absent for a release that falls back to nothing. */
  readonly fallingBack?: FallingBack | undefined
  /** What the request is for, as its metadata says. */
  readonly task?: string | undefined
}) => Promise<FlowResult>

/** Runs a flow while a fault happens to it; `met` is called when it has. */
export type RunUnder = (disturbed: {
  readonly fault: Fault
  readonly manifest: Manifest
  readonly met: () => void
}) => RunFlow

export type GatewayModels = Pick<
  Models,
  'forward' | 'stream' | 'costOf' | 'priceBook' | 'refusal' | 'withoutKey' | 'askHeld'
> & {
  list(): readonly { readonly model: string; readonly works: boolean }[]
  readonly providers: { has(name: string): boolean; spoken(name: string): Spoken } & Pick<
    Models['providers'],
    'chooseKey' | 'hasSeveralKeys' | 'restKey' | 'keyWorked'
  >
  readonly routes: { find(name: string): ModelRoute | undefined; list(): readonly ModelRoute[] }
}

/** The sentence for whoever is refused when this is switched off, from memory; undefined while it is on. */
export type WhyOff = (
  kind: 'application' | 'release' | 'model' | 'provider' | 'cache',
  name: string,
) => string | undefined

/** Why a caller may not ask a model directly, by the stage of its key; undefined when it may. From memory. */
export type WhyUnapproved = (model: string, caller: Pick<Caller, 'stage'>) => string | undefined

/**
 * Why a model whose price nobody knows, or not for this way of serving, may not be asked; undefined when it may, and is
 * flagged. From memory.
 */
export type WhyUnpriced = (ask: {
  readonly model: string
  readonly tier: string | undefined
  readonly key: string | null
  readonly application: string | null
  readonly release: string | null
  readonly route: ModelRoute | undefined
}) => string | undefined

/** Keeps an answer that a person has to look at; rejects when it cannot, and then the answer is not given either. */
export type Oversee = (answer: {
  readonly application: string
  readonly stage: Stage
  readonly release: ReleaseId
  readonly trace: string
  readonly kinds: readonly string[]
  readonly mode: 'hold' | 'flag'
  readonly waitMinutes: number
  readonly turns: readonly Turn[]
  readonly answer: string
  readonly user: string | null
  readonly askedBy: Caller['actor']
}) => Promise<{ readonly id: string }>

/** Keeps a call of a tool that waits for a person; rejects where nobody could decide on it. */
export type KeepCall = (
  call: Parameters<HoldCall>[0] &
    Pick<Parameters<Oversee>[0], 'application' | 'stage' | 'release' | 'trace' | 'user' | 'askedBy'>,
) => ReturnType<HoldCall>

/** How a release compares questions now. */
export type MeaningRule = Pick<CacheByMeaning, 'threshold'> & {
  /** `provider/model` */
  readonly model: string
  /** Of the vectors that were measured; null where nothing was, as in the sandbox. */
  readonly dimensions: number | null
}

export type ResponseStore = Pick<StoredResponses, 'keep' | 'find' | 'remove' | 'holder'>

export type GatewayDeps = {
  /** Throws `access.key-missing`, `access.key-unknown` or `access.keys-differ`. */
  readonly identify: (headers: IncomingHttpHeaders) => Caller
  readonly reserve: Reserve
  /** Takes more of the caps that `reserve` was short of; resolves when that was tried, never rejects. */
  readonly refill: () => Promise<void>
  readonly whyOff: WhyOff
  readonly whyUnapproved?: WhyUnapproved
  readonly whyUnpriced?: WhyUnpriced
  /** The table in force; swapped whole. */
  readonly live: () => LiveTable
  /** From memory. */
  readonly releaseOf: (id: ReleaseId) => Release | undefined
  readonly runFlow: RunFlow
  /** For requests of drills; without it nothing is made to fail. */
  readonly runUnder?: RunUnder
  readonly models: GatewayModels
  /** For applications whose plan says that a person looks at answers; without it, what is to be held is refused. */
  readonly oversee?: Oversee
  /** For releases whose tools wait for a person; without it such a call is not made, and the model is told. */
  readonly holdCall?: KeepCall
  /** For releases that compare questions by meaning: the rule in force, from memory, and the model of vectors. */
  readonly byMeaning?: {
    readonly ruleFor: (
      release: Pick<Release, 'id' | 'application' | 'manifest'>,
      stage: Stage,
    ) => MeaningRule | undefined
    readonly embed: Embed
  }
  /** What looks at requests that name a model or a route, from memory; `names` is the model, or the route and its targets. */
  readonly modelGuards?: { hasAny(): boolean; of(names: readonly string[]): ModelGuards | undefined }
  /** Answers that clients build on; absent where none are kept. */
  readonly responses?: ResponseStore
  /** Keeps the records of requests. Never waits, never throws. */
  readonly settleAll: (all: readonly ToSettle[]) => void
  readonly clock: Clock
  readonly random: RandomBytes
  /** Told of what is no `Failure`: a bug. */
  readonly report: (thrown: unknown) => void
  readonly maxBodyBytes?: number
}
