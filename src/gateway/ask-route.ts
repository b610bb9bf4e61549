/** A route's request: its targets in their order, each asked as it is asked without a route. */
import type { LiveTable } from '../core/live-table.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import type { ModelRoute } from '../models/index.ts'
import { keepsConversations, nearOf } from './affinity.ts'
import { Attempts } from './attempts.ts'
import type { ClientRequest } from './client-request.ts'
import type { GatewayDeps } from './deps.ts'
import { answerInProcess } from './direct-model.ts'
import { answerEstimatedCount } from './estimated-count.ts'
import type { Exchange } from './exchange.ts'
import type { Guarding } from './model-guarding.ts'
import { PassThrough } from './pass-through.ts'
import type { Attempt } from './passed.ts'
import type { Fitting } from './route-conditions.ts'
import { orderTargets } from './route-order.ts'
import type { Targets } from './targets.ts'
import { Translated } from './translated.ts'
import { embeddingsWordsOf, TranslatedEmbeddings } from './translated-embeddings.ts'
import { notSpoken, readAgain, translationFor } from './translation.ts'

export type ModelAsk = {
  readonly exchange: Exchange
  readonly chat: ClientRequest
  readonly bytes: Buffer
  readonly deps: GatewayDeps
  readonly names: () => readonly string[]
  readonly table: LiveTable
  readonly targets: Targets
  readonly guarding?: Guarding | undefined
}

/** Asks the targets that the request may go to. */
export function askRoute(
  ask: ModelAsk,
  { route, fitting: { groups, reason } }: { route: ModelRoute; fitting: Fitting },
): void {
  const { exchange, deps, targets, chat, bytes } = ask
  const { standingOf } = targets.health
  const near = nearOf(chat, bytes.length, exchange.caller.organisation)
  const [order = [], ...rest] = groups.map((group) =>
    orderTargets({
      route: { strategy: route.strategy, targets: group },
      standingOf,
      priceOf: (model) => priceOf(deps, model, exchange),
      chance: () => chanceOf(deps),
    }).map(({ model }) => model),
  )
  const sticks = near !== undefined && keepsConversations(route)
  const known = sticks ? targets.affinity.find(near, { models: order, standingOf }) : undefined
  const all = [...(known === undefined ? order : [known, ...order.filter((one) => one !== known)]), ...rest.flat()]
  // Who rests comes last, whatever its condition.
  const standing =
    rest.length === 0 ? all : [...all].sort((a, b) => Number(standingOf(a).isResting) - Number(standingOf(b).isResting))
  const reasons = [reason, known === undefined ? undefined : `${known} has read the beginning of this conversation`]
  new Attempts({
    ...partsOf(ask),
    near,
    order: standing,
    retries: route.retries ?? Math.max(1, standing.length - 1),
    reason: reasons.filter((one) => one !== undefined).join('; ') || undefined,
    ask: (model, attempt) => askModel(ask, model, { attempt, route }),
    ...(sticks && { onAnswered: (model) => targets.affinity.keep(near, model) }),
  }).start()
}

/** Asks one model that was named: once, but with another key of its provider when one fails. */
export function askDirect(ask: ModelAsk, model: string): void {
  if (!ask.deps.models.providers.has(model.slice(0, model.indexOf('/')))) {
    askModel(ask, model)
    return
  }
  const { chat, bytes, exchange, deps } = ask
  const hasChoice = deps.models.providers.hasSeveralKeys(model.slice(0, model.indexOf('/')))
  new Attempts({
    ...partsOf(ask),
    near: hasChoice ? nearOf(chat, bytes.length, exchange.caller.organisation) : undefined,
    order: [model],
    retries: 0,
    reason: undefined,
    ask: (_, attempt) => askModel(ask, model, { attempt }),
  }).start()
}

const partsOf = ({ exchange, deps, targets }: ModelAsk) => ({
  exchange,
  health: targets.health,
  budget: targets.budget,
  providers: deps.models.providers,
  clock: deps.clock,
  chance: () => chanceOf(deps),
})

export const chanceOf = ({ random }: Pick<GatewayDeps, 'random'>): number =>
  Buffer.from(random(4)).readUInt32BE() / 2 ** 32

/** Asks one model, by a route or directly. */
export function askModel(
  { exchange, chat, bytes, deps, names, table, guarding }: ModelAsk,
  model: string,
  { attempt, route }: { attempt?: Attempt; route?: ModelRoute } = {},
): void {
  const provider = model.slice(0, model.indexOf('/'))
  const { models } = deps
  const { call, onlyPasses } = chat.protocol
  const spoken = models.providers.has(provider) ? models.providers.spoken(provider) : undefined
  if (call === 'count-tokens' && !spoken?.speaks.includes(call)) {
    void answerEstimatedCount(exchange, chat, model)
    return
  }
  if (!spoken) {
    if (onlyPasses) throw notSpoken(model, chat)
    void answerInProcess({ exchange, chat, model, deps, names, table, guards: guarding?.guards, attempt })
    return
  }
  const asked = {
    exchange,
    chat,
    model,
    provider,
    bytes,
    models,
    ...(attempt && { attempt }),
    timeouts: route?.timeouts,
    drains: route?.onDisconnect === 'drain',
  }
  const words = call === 'embeddings' ? embeddingsWordsOf(spoken, model) : undefined
  if (words) {
    new TranslatedEmbeddings(asked, words, route?.onUnsupported).start()
    return
  }
  const policy = route?.onUnsupported
  const guards = guarding && guarding.guards.output.length > 0 && !onlyPasses ? guarding.guards : undefined
  const translation =
    translationFor({ chat, spoken, model: model.slice(provider.length + 1), policy }) ?? (guards && readAgain(chat))
  if (translation) new Translated(asked, translation, guards).start()
  else new PassThrough(asked).start()
}

/** What a thousand tokens in and a quarter of them out cost; only their order counts. */
export function priceOf({ models }: Pick<GatewayDeps, 'models'>, model: string, { at }: Exchange): number | undefined {
  const cost = models.costOf(model, { inputTokens: 1000, outputTokens: 250, estimated: true }, at)
  return cost === null ? undefined : approximateMicroUsd(cost)
}
