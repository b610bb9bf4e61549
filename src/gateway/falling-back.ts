/**
 * How a release of an application falls back: who of its models may be asked now, and what is told of it.
 *
 * Invariant: nobody answers for a release who is no part of it, and beyond the sandbox no fallback without a suite of
 * its own. What answered is in a header before the first word.
 */
import { fallbacksOf, measurableFallbacks } from '../core/fallbacks.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { FallingBack } from '../flows/index.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { whyModelOff } from './switched-off.ts'
import type { TargetHealth } from './target-health.ts'
import { upperBoundOfModel } from './upper-bound.ts'

export const FALLBACK_HEADER = 'airworthy-fallback'

/** Undefined for a release without fallbacks. `asks` is told of each model that is asked. */
export function fallingBackOf(given: {
  exchange: Exchange
  release: Release
  stage: Stage
  deps: Pick<GatewayDeps, 'whyOff' | 'whyUnpriced' | 'models'>
  health: TargetHealth
  asks: (model: string) => void
}): FallingBack | undefined {
  const { exchange, release, stage, deps, health, asks } = given
  if (fallbacksOf(release.manifest.flow).length === 0) return undefined
  const measurable = measurableFallbacks(release.manifest)
  const answered: string[] = []
  let failures = 0
  const label = (names: readonly string[]) => exchange.setHeader(FALLBACK_HEADER, names.join(',') || undefined)

  return {
    whyNot({ name, model, isFallback }) {
      const off = whyModelOff(deps.whyOff, model)
      if (off !== undefined || !isFallback) return off
      if (stage !== 'sandbox' && !measurable.has(name))
        return `${name} has no suite of its own with a threshold, so it answers in the sandbox alone.`
      return whyUnpriced({ model, exchange, release, deps })
    },
    isResting: (model) => health.standingOf(model).isResting,
    began({ name, model, isFallback }) {
      exchange.setAttempts(failures + 1)
      asks(model)
      health.began(model)
      label(isFallback ? [...answered, name] : answered)
    },
    ended({ name, model, isFallback }, { how, ...end }) {
      if (how === 'failed') failures += 1
      if (how === 'left') health.left(model)
      else health.ended(model, { failed: how === 'failed', ...end })
      if (how === 'answered' && end.errorCode === null && isFallback) answered.push(name)
      label(answered)
    },
  }
}

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
