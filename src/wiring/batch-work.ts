/**
 * Answers of experiments in batches of a provider: what a flow would ask is caught on its way to the model, and what came
 * back is given to the same flow. What a batch may take is held from before it is sent until its answers are taken.
 */
import type { Access } from '../access/index.ts'
import type { FlowPart } from '../core/manifest.ts'
import { toolsOfStep } from '../core/tool.ts'
import type { Batching } from '../evals/index.ts'
import { type Flows, mostTokens, upperBoundOfModel } from '../flows/index.ts'
import { NOTHING, sumMoney } from '../kernel/money.ts'
import { type Clock, epochMs } from '../kernel/time.ts'
import type { BatchOutcome, BatchRequest, Completion, CompletionRequest, Models } from '../models/index.ts'
import { type Settle, type Took, take } from './own-caps.ts'
import { guardsOf } from './switches.ts'

type Deps = {
  readonly access: Access
  readonly models: Models
  readonly clock: Clock
  readonly flows: Pick<Flows, 'over'>
}

const TIER = 'batch'

export function batchWork({ access, models, clock, flows }: Deps): Batching {
  const on = guardsOf(access).models(models)
  const holds = new Map<string, Settle>()

  /** A flow whose model is this. */
  const flowWith = (complete: (request: CompletionRequest) => Promise<Completion>) =>
    flows.over({
      models: {
        complete,
        // biome-ignore lint/correctness/useYield: an experiment waits for whole answers, and nothing streams
        async *stream() {
          throw new Error('A batch does not stream.')
        },
      },
    })

  return {
    modelOf({ manifest, flow }) {
      const part: FlowPart | null = flow === 'flow' ? manifest.flow : manifest.baseline
      const asking = part?.steps.filter(({ use }) => use === 'generate' || use === 'call-target') ?? []
      const [step] = asking
      if (asking.length !== 1 || step?.use !== 'generate' || toolsOfStep(manifest, step).length > 0) return undefined
      const model = manifest.models.find(({ name }) => name === step.model)?.model
      return model !== undefined && models.batches.has(model) ? model : undefined
    },
    most: (model) => models.batches.most(model),
    costOf: (model, { input, output }) =>
      models.costOf(model, { inputTokens: input, outputTokens: output, estimated: true, tier: TIER }, clock()),

    boundOf(model, requests) {
      const each = requests.map(({ messages, conversation, parameters }) => {
        const most = parameters.max_tokens ?? parameters.maxOutputTokens
        const maxOutputTokens = typeof most === 'number' ? most : null
        const bytes = Buffer.byteLength(JSON.stringify(messages ?? conversation))
        const bound = upperBoundOfModel({ model, models, bytes, maxOutputTokens, at: clock(), tier: TIER })
        return { tokens: mostTokens(bytes, maxOutputTokens), costMicroUsd: bound ?? NOTHING }
      })
      return {
        requests: requests.length,
        tokens: each.reduce((sum, { tokens }) => sum + tokens, 0),
        costMicroUsd: sumMoney(each.map(({ costMicroUsd }) => costMicroUsd)),
      }
    },

    async requestOf({ release: _, ...run }) {
      let caught: BatchRequest | undefined
      const asked = flowWith(async ({ signal: __, model: ___, ...request }) => {
        caught = request
        throw new Error('It is asked in a batch.')
      })
      try {
        await asked(run)
      } catch (thrown) {
        if (!caught) throw thrown
      }
      return caught
    },
    outcomeOf: ({ release: _, ...run }, answer) => flowWith(async () => answer)(run),

    async send({ id, model, bound, whose, requests, signal }) {
      const { settle } = await take({ access, clock }, whose, { bound: { ...bound, models: [model] }, signal })
      try {
        const sentAs = await on.batches.send(model, requests, signal, id)
        holds.set(id, settle)
        return sentAs
      } catch (thrown) {
        settle(undefined)
        throw thrown
      }
    },
    find: ({ id, model, requests, since, not, signal }) =>
      models.batches.find({ model, tag: id, requests, sinceMs: epochMs(since), not, signal }),
    async look({ id, model, bound, whose, sentAs, signal }) {
      if (!holds.has(id)) {
        const held = access.limits.reserve({ ...askOf(whose), ...bound, models: [model] })
        // What no cap has room for any more is with the provider all the same, and is counted when it ends.
        if (held.kind === 'granted') holds.set(id, settleOf(held))
      }
      return (await models.batches.state({ model, id: sentAs, signal })).kind
    },
    async read({ id, model, sentAs, requests, signal }) {
      const look = await models.batches.look({ model, id: sentAs, requests, signal, tag: id })
      if (look.kind === 'ended') return look.outcomes
      throw new Error(`The batch ${sentAs} of ${model} had ended, and runs again.`)
    },
    cancel: ({ model, sentAs, signal }) => models.batches.cancel({ model, id: sentAs, signal }),
    settle({ id, model, bound, whose }, outcomes) {
      const took = tookIn(model, outcomes)
      const held = holds.get(id)
      holds.delete(id)
      if (held) return held(took)
      const { usage, costMicroUsd } = took
      const tokens = usage.inputTokens + usage.outputTokens
      access.limits.record({
        ...askOf(whose),
        ...{ models: [model], requests: bound.requests, tokens, costMicroUsd: costMicroUsd ?? NOTHING },
      })
    },
    keepOnly(ids) {
      for (const [id, settle] of holds)
        if (!ids.has(id)) {
          holds.delete(id)
          settle(undefined)
        }
    },
  }
}

const askOf = ({ application, release = null }: Parameters<Batching['settle']>[0]['whose']) => ({
  ...{ application, release, key: null, isOwnWork: true },
})

const settleOf =
  (held: Extract<ReturnType<Access['limits']['reserve']>, { kind: 'granted' }>): Settle =>
  (took) =>
    held.settle(took?.costMicroUsd ?? NOTHING, {
      tokens: took ? took.usage.inputTokens + took.usage.outputTokens : 0,
      model: took?.model ?? null,
    })

/** What the answers of a batch took; one that failed is not billed. */
export function tookIn(model: string, outcomes: readonly BatchOutcome[]): Took {
  const answers = outcomes.flatMap((one) => ('problem' in one ? [] : [one]))
  const sum = (key: 'inputTokens' | 'outputTokens') => answers.reduce((all, { usage }) => all + usage[key], 0)
  return {
    model,
    usage: { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), estimated: false },
    costMicroUsd: sumMoney(answers.map(({ costMicroUsd }) => costMicroUsd ?? NOTHING)),
  }
}
