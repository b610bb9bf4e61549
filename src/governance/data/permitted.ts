/**
 * Which data a release may not take along: what is external or public and has no licence stays in the sandbox, and so
 * does what its owner did not permit for the stage (S1.3.3b). Pure.
 */
import type { Application } from '../../core/application.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { Stage } from '../../core/stage.ts'
import { isFilled } from '../documents/fields.ts'
import { Inventory, usedData } from '../documents/inventory.ts'

export type Barred = { readonly source: string; readonly why: string }

export function barredSources(
  manifest: Manifest,
  { documents }: Pick<Application, 'documents'>,
  into: Stage,
): Barred[] {
  const inventory = Inventory.safeParse(documents.inventory?.value)
  // Without an inventory the gate's own check is MISSING; there is nothing here that could be refused by name.
  if (!inventory.success || into === 'sandbox') return []
  const used = usedData(manifest)
  return inventory.data.sources
    .filter(({ covers }) => covers.some((name) => used.includes(name)))
    .flatMap(({ name, origin, licence, permittedStages }): Barred[] => {
      if (permittedStages && !permittedStages.includes(into))
        return [
          { source: name, why: `${name} may be used in ${permittedStages.join(', ') || 'no stage'}, not in ${into}.` },
        ]
      return (origin === 'external' || origin === 'public') && !isFilled(licence)
        ? [{ source: name, why: `${name} comes from outside and has no licence; without one it stays in the sandbox.` }]
        : []
    })
}
