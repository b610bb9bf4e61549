/** The kill switch, asked once who is meant is known. 403, which official clients do not try again. */
import { whyNobodyAnswers } from '../core/fallbacks.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { ModelRoute } from '../models/index.ts'
import type { WhyOff } from './deps.ts'
import type { Meant } from './resolve.ts'

/** Throws `gateway.switched-off` for an application, a model or its provider. */
export function demandOn(whyOff: WhyOff, meant: Meant): void {
  if (meant.kind === 'application') refuse(whyOff('application', meant.application))
  else if (meant.kind === 'model') refuse(whyModelOff(whyOff, meant.model))
}

/** The targets of a route that are not switched off. Throws `gateway.switched-off` when none is left. */
export function targetsOn(whyOff: WhyOff, { targets }: ModelRoute): ModelRoute['targets'] {
  const on = targets.filter(({ model }) => whyModelOff(whyOff, model) === undefined)
  if (on.length === 0) for (const { model } of targets) refuse(whyModelOff(whyOff, model))
  return on
}

/** Throws `gateway.switched-off` for a release, and where no model is left for one of its steps. */
export function demandReleaseOn(whyOff: WhyOff, { id, manifest }: Release, stage: Stage): void {
  refuse(whyOff('release', id))
  refuse(whyNobodyAnswers(manifest, { stage, whyNot: (model) => whyModelOff(whyOff, model) }))
}

export const whyModelOff = (whyOff: WhyOff, model: string): string | undefined =>
  whyOff('model', model) ?? whyOff('provider', model.slice(0, Math.max(0, model.indexOf('/'))))

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new Failure('forbidden', 'gateway.switched-off', why)
}
