/** The kill switch, asked once who is meant is known. 403, which official clients do not try again. */
import type { Release } from '../core/release.ts'
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

/** Throws `gateway.switched-off` for a release, and for every model that it is made of. */
export function demandReleaseOn(whyOff: WhyOff, { id, manifest }: Release): void {
  refuse(whyOff('release', id))
  for (const { model } of manifest.models) refuse(whyModelOff(whyOff, model))
}

const whyModelOff = (whyOff: WhyOff, model: string): string | undefined =>
  whyOff('model', model) ?? whyOff('provider', model.slice(0, Math.max(0, model.indexOf('/'))))

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new Failure('forbidden', 'gateway.switched-off', why)
}
