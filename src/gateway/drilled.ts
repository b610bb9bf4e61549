/**
 * Requests of a drill of faults: the fault that their header names happens to them.
 *
 * Invariant: only the key of a drill, which the server makes for itself, is a drill; whatever anybody else sends means
 * nothing. What happens to a drill is its own: what it knows of targets is made for it, nothing of it is kept
 * or looked at by people, nothing is changed by its tools, and its record says what it was.
 */
import { DRILL_MARK, Fault, NO_FAULT } from '../core/fault.ts'
import type { Release } from '../core/release.ts'
import type { StepRecord } from '../flows/index.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { headerOf } from './request-headers.ts'
import { createTargets, type Targets } from './targets.ts'

/** The request names the fault; the answer repeats it when it has happened. */
export const DRILL_HEADER = 'airworthy-drill'

/** What stands in place of what other requests are given. */
type Drilled = { readonly targets: Targets; readonly oversight: undefined; readonly deps: GatewayDeps }

/** Undefined for everybody else. */
export function drilled(deps: GatewayDeps, exchange: Exchange, { manifest }: Release): Drilled | undefined {
  const { caller, request, facts } = exchange
  if (!caller.isDrill) return undefined
  const { data: fault } = Fault.safeParse(headerOf(request, DRILL_HEADER))
  facts.metadata = { ...facts.metadata, traffic: 'probe', feature: DRILL_MARK, [DRILL_MARK]: fault ?? NO_FAULT }
  const met = () => exchange.setHeader(DRILL_HEADER, fault)
  const run = fault === undefined ? deps.runFlow : (deps.runUnder?.({ fault, manifest, met }) ?? deps.runFlow)
  return {
    targets: createTargets(monotonicMs),
    oversight: undefined,
    deps: {
      ...deps,
      async runFlow(ask) {
        const onStep = (step: StepRecord) => ask.onStep(marked(step))
        const result = await run({ ...ask, onStep, mayWrite: false })
        return { ...result, steps: result.steps.map(marked) }
      },
    },
  }

  function marked(step: StepRecord): StepRecord {
    return { ...step, attributes: { ...step.attributes, 'airworthy.drill.fault': fault ?? NO_FAULT } }
  }
}
