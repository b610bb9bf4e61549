/**
 * The gateway: bytes in, bytes out, one event a request. Raw `node:http`; no store, no framework, no `fetch`.
 *
 * Order of a chat request: key, body, who is meant, may they, which arm, limits, answer, record.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { MOST_REFILLS } from '../access/index.ts'
import { turnsShown } from '../core/asked.ts'
import { mostTokens, upperBoundOfRelease } from '../flows/index.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { MINUTE, monotonicMs } from '../kernel/time.ts'
import { type AnswerCache, type CacheFigures, createAnswerCache } from './answer-cache.ts'
import { answerApplication } from './application.ts'
import { askDirect, askRoute } from './ask-route.ts'
import { assigned } from './assigned.ts'
import { askOrFindNear } from './by-meaning.ts'
import { cacheKeyOf, releaseCacheKeyOf } from './cache-key.ts'
import { askAndKeep, replay } from './cached-answer.ts'
import { chosenTargets } from './chosen-targets.ts'
import { parseRequest } from './client-request.ts'
import { conversationOf, demandHandedOut } from './conversation.ts'
import type { GatewayDeps, ResponseStore } from './deps.ts'
import { describe, takeInput } from './describe.ts'
import { disclosureHeader } from './disclosure-header.ts'
import { drilled } from './drilled.ts'
import { Exchange } from './exchange.ts'
import { answerBlocked, type Guarding, guardAsked } from './model-guarding.ts'
import { listNames, nameOf, workingNames } from './model-list.ts'
import { createNearAnswers, type NearAnswers } from './near-answers.ts'
import { isGatewayPath, MODELS, PROTOCOLS } from './paths.ts'
import { createPins, type Pins } from './pins.ts'
import { demandMethod, discard, sendError, sendJson } from './plain-answers.ts'
import { demandPriced } from './priced.ts'
import { chatProtocol } from './protocols/chat.ts'
import type { Protocol } from './protocols/protocol.ts'
import { responsesProtocol } from './protocols/responses.ts'
import { readBody } from './read-body.ts'
import { deadlineOf, headerOf } from './request-headers.ts'
import { reserve, ShortOfLimit } from './reserve.ts'
import { resolveModel } from './resolve.ts'
import type { BudgetFigures } from './retry-budget.ts'
import { answerStored, buildsOnEarlier, isStoredPath, prepareKeeping, withEarlierTurns } from './stored-responses.ts'
import { isUnderWay } from './stream-state.ts'
import { subjectOf } from './subject.ts'
import { demandOn, demandReleaseOn } from './switched-off.ts'
import type { TargetFigures } from './target-health.ts'
import { createTargets, type Targets } from './targets.ts'
import { createTraceIds } from './trace-ids.ts'
import { createTurnEnd } from './turn-end.ts'

const MAX_BODY_BYTES = 32 * 1024 * 1024

/** What a gateway knows from one request to the next. */
type Kept = {
  readonly deps: GatewayDeps
  readonly targets: Targets
  readonly cache: AnswerCache
  readonly near: NearAnswers
  readonly pins: Pins
}

export type Gateway = {
  /** Whether a path is the gateway's. */
  answers(path: string): boolean
  /** Answers one request of such a path. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Requests that have not been settled. */
  inFlight(): number
  cacheFigures(): CacheFigures
  /** How the targets stand that were asked, and how often they were asked again. */
  targetFigures(): { targets: TargetFigures[]; budgets: BudgetFigures[] }
}

export function createGateway(deps: GatewayDeps): Gateway {
  let underWay = 0
  const turnEnd = createTurnEnd({
    settleAll(all) {
      underWay -= all.length
      deps.settleAll(all)
    },
    report: deps.report,
  })
  const clock = { nowMs: monotonicMs }
  const cache = createAnswerCache(clock)
  const targets = createTargets(monotonicMs)
  const state: Kept = { deps, targets, cache, near: createNearAnswers(clock), pins: createPins(clock) }
  const newTrace = createTraceIds(deps)
  const limit = deps.maxBodyBytes ?? MAX_BODY_BYTES

  function ask(protocol: Protocol, request: IncomingMessage, response: ServerResponse): void {
    const startedMs = monotonicMs()
    const caller = deps.identify(request.headers)
    const exchange = new Exchange({
      deps,
      turnEnd,
      caller,
      protocol,
      request,
      response,
      ids: newTrace(startedMs),
      startedMs,
    })
    underWay += 1
    readBody(request, {
      limit,
      done: (bytes) => {
        const store = protocol.call === 'responses' ? deps.responses : undefined
        const earlier = store && !(bytes instanceof Failure) && buildsOnEarlier(bytes) ? store : undefined
        if (bytes instanceof Failure || !(earlier || deps.modelGuards?.hasAny())) answer(exchange, bytes, MOST_REFILLS)
        else void answerPrepared(exchange, bytes, earlier)
      },
    })
  }

  /** Reads what was answered before, lets guardrails look, and goes on as if the client had sent what is left. */
  async function answerPrepared(exchange: Exchange, sent: Buffer, store: ResponseStore | undefined): Promise<void> {
    try {
      const found = store && (await withEarlierTurns(sent, { caller: exchange.caller, store }))
      if (found) Object.assign(exchange, { previous: found.previous, heldAt: found.heldAt })
      const { bytes, guarding } = await guardAsked(deps, exchange, found?.bytes ?? sent)
      if (isUnderWay(exchange.state)) answer(exchange, bytes, MOST_REFILLS, guarding)
    } catch (thrown) {
      exchange.fail(thrown)
    }
  }

  function answer(exchange: Exchange, bytes: Buffer | Failure, refills: number, guarding?: Guarding): void {
    try {
      if (bytes instanceof Failure) throw bytes
      begin(state, exchange, bytes, guarding)
    } catch (thrown) {
      if (thrown instanceof ShortOfLimit && refills > 0) {
        // The cap may have room that this process does not hold yet; better a moment later than falsely refused.
        void deps.refill().then(() => isUnderWay(exchange.state) && answer(exchange, bytes, refills - 1, guarding))
        return
      }
      if (thrown instanceof Failure && thrown.kind === 'too-large') discard(exchange.request)
      exchange.fail(thrown)
    }
  }

  return {
    answers: isGatewayPath,
    handle(request, response) {
      try {
        const path = pathOf(request)
        const protocol = PROTOCOLS.get(path)
        if (protocol) {
          demandMethod(request, 'POST')
          ask(protocol, request, response)
        } else if (isStoredPath(path)) {
          const query = new URLSearchParams(request.url?.slice(path.length))
          answerStored({ method: request.method, path, query, caller: deps.identify(request.headers) }, deps)
            .then((found) => sendJson(response, found))
            .catch((thrown) => sendError(response, thrown, { deps, protocol: responsesProtocol }))
        } else if (isGatewayPath(path)) {
          demandMethod(request, 'GET')
          const caller = deps.identify(request.headers)
          sendJson(
            response,
            path === MODELS ? listNames(deps, caller) : nameOf(deps, caller, path.slice(MODELS.length + 1)),
          )
        } else
          throw new Failure(
            'unknown',
            'gateway.path-unknown',
            `There is nothing at ${path}. Use ${[...PROTOCOLS.keys(), MODELS].join(', ')}.`,
          )
      } catch (thrown) {
        request.resume()
        sendError(response, thrown, { deps, protocol: PROTOCOLS.get(pathOf(request)) ?? chatProtocol })
      }
    },
    inFlight: () => underWay,
    cacheFigures: cache.figures,
    targetFigures: () => ({ targets: state.targets.health.figures(), budgets: state.targets.budget.figures() }),
  }
}

/** From the bytes to whoever answers. Throws what the client has to be told. */
function begin(
  { deps, targets, cache, near, pins }: Kept,
  exchange: Exchange,
  bytes: Buffer,
  guarding?: Guarding,
): void {
  const { caller, request, facts } = exchange
  const chat = parseRequest(exchange.protocol, bytes.toString('utf8'))
  describe(exchange, chat, bytes)
  if (chat.protocol.call === 'responses')
    prepareKeeping(exchange, { body: chat.body, bytes: bytes.length, store: deps.responses, lost: deps.report })
  const table = deps.live()
  const names = () => workingNames(deps.models)
  const meant = resolveModel({ model: chat.model, live: table, caller, models: names, routes: deps.models.routes })
  demandOn(deps.whyOff, meant)
  const deadline = deadlineOf(request)

  if (meant.kind !== 'application') {
    const { fitting, models, costMicroUsd } = chosenTargets(deps, { exchange, chat, meant, bytes: bytes.length })
    const { guards, blocked } = guarding ?? {}
    const route = meant.kind === 'route' && blocked === undefined ? meant.route : undefined
    const key =
      route && cacheKeyOf({ caller, chat, route, guards, targets: fitting.groups.flat(), headers: request.headers })
    const kept = key === undefined ? undefined : cache.find(key)
    const isFree = kept !== undefined || blocked !== undefined
    reserve(deps, exchange, {
      costMicroUsd: isFree ? NOTHING : costMicroUsd,
      tokens: isFree ? 0 : mostTokens(bytes.length, chat.maxOutputTokens),
      models,
    })
    exchange.setAttempts(isFree ? 0 : 1)
    if (deadline !== undefined) exchange.setDeadline(deadline)
    if (kept) replay(exchange, kept, { how: 'hit' })
    else if (blocked !== undefined) answerBlocked(exchange, chat, blocked)
    if (isFree) return
    const ask = { exchange, chat, bytes, deps, names, table, targets, guarding }
    if (meant.kind === 'model') askDirect(ask, meant.model)
    else
      askAndKeep({ cache, key, exchange, ttlMs: meant.route.cache?.ttlMs ?? 0 }, () =>
        askRoute(ask, { route: meant.route, fitting }),
      )
    return
  }

  if (chat.protocol.onlyPasses) throw noConversation(chat.protocol, meant.application)
  const { application, stage } = meant
  const subject = subjectOf({ header: headerOf(request, 'airworthy-subject'), chat, key: caller.key })
  const conversation = conversationOf(chat)
  const { turns, exchange: calls } = conversation
  const { metadata } = facts
  const who = { subject, metadata, turns }
  const { assignment, release } = assigned({ deps, pins }, { table, application, stage, ...who })
  facts.application = application
  demandReleaseOn(deps.whyOff, release, assignment.stage)
  demandHandedOut(release, conversation)
  facts.unit = subject.unit
  facts.subjectSource = subject.source
  // How much was asked of an answer that breaks off is estimated from it.
  takeInput(exchange, chat)
  // What tools gave stands in their own records, after the guardrails.
  if (conversation.ofTool) facts.input = turnsShown(turns)
  const { oversight } = table.applications[application] ?? {}
  // What a person looks at is answered each time, and looked at each time.
  const keyAsk = { caller, chat, release, headers: request.headers, task: metadata.task, stage: assignment.stage }
  const drill = drilled(deps, exchange, release)
  const mayKeep = !oversight && !drill && deps.whyOff('cache', application) === undefined
  const key = mayKeep ? releaseCacheKeyOf(keyAsk) : undefined
  const kept = key === undefined ? undefined : cache.find(key)
  const { unpriced, ...most } = upperBoundOfRelease({
    models: deps.models,
    bytes: bytes.length,
    at: exchange.at,
    release,
  })
  if (!kept) demandPriced(deps, { unpriced, key: caller.key, application, release: release.id })
  const upper = kept ? { costMicroUsd: NOTHING, tokens: 0, models: [] } : most
  reserve(deps, exchange, { release: release.id, ...upper })
  // What is refused until here was answered by no arm, so the arm is told only from here on.
  Object.assign(facts, {
    stage: assignment.stage,
    release: release.id,
    releaseDigest: release.digest,
    arm: assignment.arm,
    rollout: assignment.rollout,
  })
  exchange.headers.push('airworthy-release', release.id, 'airworthy-arm', assignment.arm)
  exchange.headers.push(...disclosureHeader(release, request))
  exchange.setAttempts(kept ? 0 : 1)
  if (deadline !== undefined) exchange.setDeadline(deadline)
  if (kept) replay(exchange, kept, { how: 'hit' })
  else {
    const ttlMs = (release.manifest.cache?.minutes ?? 0) * MINUTE
    const ask = { exchange, chat, turns, calls, release, stage: assignment.stage, oversight, targets, deps, ...drill }
    askAndKeep({ cache, key, exchange, ttlMs }, (keeper) =>
      askOrFindNear(
        { deps, exchange, cache, near, keeper, keyAsk },
        (looked) => void answerApplication({ ...ask, looked }),
      ),
    )
  }
}

const pathOf = ({ url = '/' }: IncomingMessage): string => {
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}

const noConversation = ({ call }: Protocol, application: string): Failure =>
  new Failure(
    'invalid',
    'gateway.call-not-answered',
    `An application answers conversations, and ${application} no ${call}. Ask for provider/model, or for a route.`,
    { problems: [{ field: 'model', message: `takes no ${call}` }] },
  )
