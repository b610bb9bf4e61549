/**
 * The one port through which the installation asks models for work of its own: experiments, judges, tuning, drafts,
 * timings, probes. What is asked at the gateway takes from caps there; all of this takes from them here.
 *
 * Invariant: nothing is asked before the most that it may take is held, and what it took is settled whatever comes of it.
 * A cap that opens within a minute is waited for; any other ends the work with `access.cap-reached`.
 */
import type { Access } from '../access/index.ts'
import type { DoneFor } from '../core/cap-reached.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Batching } from '../evals/index.ts'
import { type FlowResult, type Flows, mostTokens, upperBoundOfModel, upperBoundOfRelease } from '../flows/index.ts'
import { NOTHING } from '../kernel/money.ts'
import type { Clock } from '../kernel/time.ts'
import type { CompletionRequest, Embed, Models } from '../models/index.ts'
import { batchWork } from './batch-work.ts'
import { type OwnBatches, ownBatches } from './own-batches.ts'
import { type Bound, type Took, take } from './own-caps.ts'
import { guardsOf } from './switches.ts'
import { whyUnpricedOf } from './unpriced.ts'

type Deps = { readonly access: Access; readonly models: Models; readonly clock: Clock }

/** Models as they are asked on somebody's behalf. */
export type ModelsFor = (whose: DoneFor) => Pick<Models, 'complete' | 'stream'> & {
  readonly embed: Embed
  readonly batches: OwnBatches
}
/** A flow as it runs on behalf of its application; how long it waited for a cap is no part of how long it took. */
export type RunFor = (
  ask: Parameters<Flows['run']>[0] & Pick<DoneFor, 'release'>,
) => Promise<FlowResult & { waitedMs: number }>

export type OwnWork = {
  readonly modelsFor: ModelsFor
  readonly runFor: RunFor
  /** Answers of experiments in batches. */
  readonly batching: Batching
  /** Why these models, whose price nobody knows, may not be asked, for a release or for none; undefined when they may. */
  readonly whyUnpriced: (ask: {
    application: string
    release: string | null
    models: readonly string[]
  }) => string | undefined
}

export const ownWork = (deps: Deps & { readonly flows: Pick<Flows, 'run' | 'over'> }): OwnWork => ({
  modelsFor: modelsFor(deps),
  runFor: runFor(deps),
  batching: batchWork(deps),
  whyUnpriced({ models, ...ask }) {
    const why = whyUnpricedOf(deps)
    return models.map((model) => why({ ...ask, model, tier: undefined, key: null, route: undefined })).find(Boolean)
  },
})

/** What is switched off is not asked. */
export function modelsFor({ models, ...deps }: Deps): ModelsFor {
  const on = guardsOf(deps.access).models(models)
  const batchesFor = ownBatches({ on, deps, boundOf: (request) => boundOf(models, deps, request) })
  return (whose) => ({
    async complete(request) {
      const { settle } = await take(deps, whose, { bound: boundOf(models, deps, request), signal: request.signal })
      let took: Took | undefined
      try {
        const completion = await on.complete(request)
        took = { ...completion, model: completion.servedBy }
        return completion
      } finally {
        settle(took)
      }
    },
    async *stream(request) {
      const { settle } = await take(deps, whose, { bound: boundOf(models, deps, request), signal: request.signal })
      let took: Took | undefined
      try {
        for await (const delta of on.stream(request)) {
          if (delta.kind === 'end') took = { ...delta.completion, model: delta.completion.servedBy }
          yield delta
        }
      } finally {
        settle(took)
      }
    },
    async embed(ask) {
      const bytes = Buffer.byteLength(ask.texts.join(''))
      const { settle } = await take(deps, whose, {
        bound: boundWith(models, deps, { model: ask.model, bytes, maxOutputTokens: 0 }),
        signal: ask.signal,
      })
      let took: Took | undefined
      try {
        const embedded = await on.embed(ask)
        took = { ...embedded, usage: embedded.charge.usage, model: ask.model }
        return embedded
      } finally {
        settle(took)
      }
    },
    batches: batchesFor(whose),
  })
}

const runFor =
  ({ flows, models, ...deps }: Deps & { readonly flows: Pick<Flows, 'run'> }): RunFor =>
  async ({ release = null, ...ask }) => {
    const { manifest, arm, turns, signal } = ask
    const { unpriced: _, ...bound } = upperBoundOfRelease({
      release: { manifest: withFlow(manifest, arm) },
      models,
      bytes: Buffer.byteLength(JSON.stringify(turns)),
      at: deps.clock(),
    })
    const { settle, waitedMs } = await take(deps, { application: manifest.application, release }, { bound, signal })
    let took: Took | undefined
    try {
      const result = await flows.run(ask)
      took = { ...result, model: result.servedBy }
      return { ...result, waitedMs }
    } finally {
      settle(took)
    }
  }

const withFlow = (manifest: Manifest, arm: 'flow' | 'baseline'): Manifest => ({
  ...manifest,
  flow: (arm === 'baseline' ? manifest.baseline : undefined) ?? manifest.flow,
})

function boundOf(models: Models, deps: Pick<Deps, 'clock'>, request: CompletionRequest): Bound {
  const { model, messages, conversation, parameters, tools, exchange } = request
  const most = parameters.max_tokens ?? parameters.maxOutputTokens
  return boundWith(models, deps, {
    model,
    bytes: Buffer.byteLength(JSON.stringify([messages ?? conversation, tools, exchange])),
    maxOutputTokens: typeof most === 'number' ? most : null,
  })
}

/** A price that nobody knows bounds nothing; what such a call costs is counted as nothing known. */
function boundWith(
  models: Models,
  { clock }: Pick<Deps, 'clock'>,
  { model, bytes, maxOutputTokens }: { model: string; bytes: number; maxOutputTokens: number | null },
): Bound {
  const costMicroUsd = upperBoundOfModel({ model, models, bytes, maxOutputTokens, at: clock() }) ?? NOTHING
  return { models: [model], tokens: mostTokens(bytes, maxOutputTokens), costMicroUsd }
}
