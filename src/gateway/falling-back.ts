/**
 * Who of a release's models answers: in which order those of a route are asked, who may be asked now or again, and what
 * is told of it.
 *
 * Invariant: nobody answers for a release who is no part of it, and beyond the sandbox no target and no fallback
 * without a suite of its own. Who answers is in a header before the first word.
 */
import { measurableModels, replacementsOf } from '../core/fallbacks.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { type FallingBack, upperBoundOfModel } from '../flows/index.ts'
import { monotonicMs } from '../kernel/time.ts'
import { keepsConversations, nearOfPrompt } from './affinity.ts'
import { chanceOf, priceOf } from './ask-route.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { nextAttempt, providerOf } from './next-attempt.ts'
import { orderTargets } from './route-order.ts'
import { whyModelOff } from './switched-off.ts'
import type { Targets } from './targets.ts'

export const FALLBACK_HEADER = 'airworthy-fallback'
/** Who was chosen by the routes of a release, and why; what may be no ASCII is percent-encoded. */
export const TARGET_HEADER = 'airworthy-target'
export const TARGET_REASON_HEADER = 'airworthy-target-reason'

type Said = { readonly name: string; readonly reason: string | undefined }

/** Undefined for a release that has nobody to choose and asks nobody again. `asks` is told of each model that is asked. */
export function fallingBackOf(given: {
  exchange: Exchange
  release: Release
  stage: Stage
  deps: Pick<GatewayDeps, 'whyOff' | 'whyUnpriced' | 'models' | 'random'>
  targets: Targets
  asks: (model: string) => void
}): FallingBack | undefined {
  const { exchange, release, stage, deps, asks } = given
  if (!mayAskSeveralTimes(release.manifest.flow)) return undefined
  const { health, budget, affinity } = given.targets
  const { standingOf } = health
  const measurable = measurableModels(release.manifest)
  const fallbacks: Said[] = []
  const targets: Said[] = []
  let failures = 0
  /** The last that was asked. */
  let hasFailed = false
  /** The header that a model is named in; none for who is meant where there is no route. */
  const listOf = ({ as, reason }: { as: string; reason: string | undefined }): Said[] | undefined =>
    as === 'fallback' ? fallbacks : reason === undefined ? undefined : targets
  const tell = (asked?: { list: Said[] | undefined; said: Said }) => {
    const named = (list: Said[]) => (asked?.list === list ? [...list, asked.said] : list)
    exchange.setHeader(FALLBACK_HEADER, joined(named(fallbacks).map(({ name }) => name)))
    exchange.setHeader(TARGET_HEADER, joined(named(targets).map(({ name }) => name)))
    exchange.setHeader(TARGET_REASON_HEADER, joined(named(targets).map(({ reason = '' }) => asciiOf(reason))))
  }

  return {
    inOrder: (strategy, among) =>
      orderTargets({
        route: { strategy, targets: among },
        standingOf,
        priceOf: (model) => priceOf(deps, model, exchange),
        chance: () => chanceOf(deps),
      }),
    beginningOf(route, prompt) {
      const near = keepsConversations(route) ? nearOfPrompt(prompt, exchange.caller.organisation) : undefined
      if (near === undefined) return undefined
      return {
        knownTo: (models) => affinity.find(near, { models, standingOf }),
        readBy: (model) => affinity.keep(near, model),
      }
    },
    whyNot({ name, model, as }) {
      const off = whyModelOff(deps.whyOff, model)
      if (off !== undefined || as === 'meant') return off
      if (stage !== 'sandbox' && !measurable.has(name))
        return `${name} has no suite of its own with a threshold, so it answers in the sandbox alone.`
      return whyUnpriced({ model, exchange, release, deps })
    },
    isResting: (model) => standingOf(model).isResting,
    next: (failed) =>
      nextAttempt({ ...failed, nowMs: monotonicMs(), chance: () => chanceOf(deps), standingOf, budget }),
    began(candidate) {
      const { name, model, reason } = candidate
      // Who is asked after a failure was counted when it was chosen.
      if (!hasFailed) budget.asked(providerOf(model))
      hasFailed = false
      exchange.setAttempts(failures + 1)
      asks(model)
      health.began(model)
      tell({ list: listOf(candidate), said: { name, reason } })
    },
    ended(candidate, { how, ...end }) {
      const { name, model, reason } = candidate
      hasFailed = how === 'failed'
      if (hasFailed) failures += 1
      if (how === 'left') health.left(model)
      else health.ended(model, { failed: how === 'failed', ...end })
      if (how === 'answered' && end.errorCode === null) listOf(candidate)?.push({ name, reason })
      tell()
    },
  }
}

const mayAskSeveralTimes = (flow: Release['manifest']['flow']): boolean =>
  replacementsOf(flow).length > 0 || flow.steps.some((step) => step.use === 'generate' && step.retries !== undefined)

const joined = (names: readonly string[]): string | undefined => names.join(',') || undefined

/** Tasks are the client's words, and headers are ASCII. A comma stands between two reasons. */
const asciiOf = (text: string): string => text.toWellFormed().replace(/[^\x20-\x7e]|[,%]/gu, encodeURIComponent)

function whyUnpriced(given: {
  model: string
  exchange: Exchange
  release: Release
  deps: Pick<GatewayDeps, 'whyUnpriced' | 'models'>
}): string | undefined {
  const { model, exchange, release, deps } = given
  const bound = upperBoundOfModel({ models: deps.models, bytes: 1, at: exchange.at, model, maxOutputTokens: 1 })
  if (bound !== null) return undefined
  return deps.whyUnpriced?.({
    ...{ model, tier: undefined, route: undefined, release: release.id },
    ...{ key: exchange.caller.key, application: release.application },
  })
}
