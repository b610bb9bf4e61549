/** What a gate reads of the nature of a release: traits of its manifest, and what its application says of itself. */

import { type Applicability, applicabilityOf, type Trait } from '../core/applicability.ts'
import type { Application } from '../core/application.ts'
import type { GateCatalogue } from '../core/check.ts'
import { fallbacksOf } from '../core/fallbacks.ts'
import { axesOf } from '../core/profile-axes.ts'
import type { Release } from '../core/release.ts'
import type { Stage } from '../core/stage.ts'
import type { PromotionMark } from './store.ts'

export type NatureOf = {
  readonly catalogue: Pick<GateCatalogue, 'profileRules'>
  readonly release: Release
  readonly into: Stage
  readonly documents: Application['documents']
  readonly promotions: readonly PromotionMark[]
}

export function natureOf({ catalogue, release, into, documents, promotions }: NatureOf): Applicability {
  const axes = axesOf({
    profile: documents.profile?.value,
    classification: documents.classification?.value,
    assessment: documents.assessment?.value,
  })
  const { manifest } = release
  const acts = (manifest.tools ?? []).length > 0 || (axes.autonomy ?? []).some((word) => word.startsWith('acts'))
  const holding: Record<Trait, boolean> = {
    'release-is-baseline': manifest.baseline?.digest === manifest.flow.digest,
    'no-release-before': !promotions.some((one) => one.into === into && one.release !== release.id),
    'no-datasets': manifest.datasets.length === 0 && manifest.index === null,
    'no-retrieval': manifest.index === null,
    'no-judge': manifest.evaluators.every(({ judge }) => judge === undefined),
    'no-tools': !acts,
    'no-personal-data': axes.personalData?.[0] === 'none',
    tools: acts,
    batch: manifest.serving?.mode === 'batch',
    'no-fallback': fallbacksOf(manifest.flow).length === 0,
  }
  const traits = (Object.keys(holding) as Trait[]).filter((trait) => holding[trait])
  return applicabilityOf(catalogue.profileRules, axes, traits)
}
