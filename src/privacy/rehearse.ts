/**
 * A rehearsal of a deletion: somebody who does not exist is looked for in every place, taken out, and looked for again.
 * The same places and the same steps as a deletion, at once and without its job, for a name that nobody else has.
 */
import type { Sought } from '../core/data-subject.ts'
import { age, type Instant } from '../kernel/time.ts'
import type { Tally } from './contract.ts'
import type { PrivacyDeps } from './deps.ts'
import { tallyOf } from './tally.ts'

export type Rehearsal = {
  /** Where the name was, by place. */
  readonly found: readonly Tally[]
  /** Where it still was afterwards. */
  readonly left: readonly Tally[]
  readonly tookMs: number
}

type Deps = Pick<PrivacyDeps, 'clock' | 'places' | 'settle' | 'traceIdsOf'>

/** @param identifier a text that names nobody, made for this rehearsal */
export async function rehearseDeletion(
  { clock, places, settle, traceIdsOf }: Deps,
  { identifier, before, signal }: { identifier: string; before: Instant; signal: AbortSignal },
): Promise<Rehearsal> {
  const begun = clock()
  await settle()
  const unmarked: Sought = { user: null, identifiers: [identifier], before, traces: new Set() }
  const sought: Sought = { ...unmarked, traces: new Set(await traceIdsOf(unmarked)) }
  const found = await tallyOf(holdings(), signal)
  for (const place of places) await place.remove?.(sought, async () => {})
  return { found, left: await tallyOf(holdings(), signal), tookMs: age(begun, clock()) }

  async function* holdings() {
    for (const place of places) for await (const holding of place.find(sought)) yield { place: place.name, ...holding }
  }
}
