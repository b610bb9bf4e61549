/** The kill switch, asked once who is meant is known. 403, which official clients do not try again. */
import type { Release } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import type { WhyOff } from './deps.ts'
import type { Meant } from './resolve.ts'

/** Throws `gateway.switched-off` for an application, a model or its provider. */
export function demandOn(whyOff: WhyOff, meant: Meant): void {
  if (meant.kind === 'application') refuse(whyOff('application', meant.application))
  else refuse(whyOff('model', meant.model) ?? whyOff('provider', meant.provider))
}

/** Throws `gateway.switched-off` for a release, and for every model that it is made of. */
export function demandReleaseOn(whyOff: WhyOff, { id, manifest }: Release): void {
  refuse(whyOff('release', id))
  for (const { model } of manifest.models)
    refuse(whyOff('model', model) ?? whyOff('provider', model.slice(0, Math.max(0, model.indexOf('/')))))
}

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new Failure('forbidden', 'gateway.switched-off', why)
}
