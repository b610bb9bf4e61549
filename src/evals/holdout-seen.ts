/**
 * How often the exam was opened, and whether those who build have seen it.
 *
 * Runs count like reads. Rows in a file of the blueprint lie open to whoever edits it, so they count as seen whatever
 * anybody did; rows of a dataset of the installation were seen when its rules let builders in, or when somebody who
 * froze or measured releases of the application was shown some.
 */
import type { Fact } from '../core/evidence.ts'
import type { Release } from '../core/release.ts'
import type { Database, Tx } from '../store/database.ts'
import type { RunDeps } from './run-deps.ts'
import { holdoutRuns } from './store.ts'

export async function holdoutSeen(
  { db, holdout }: { db: Database | Tx; holdout: RunDeps['holdout'] },
  { release: { application, frozenBy, manifest }, dataset }: { release: Release; dataset: string },
): Promise<{ facts: Record<'accesses' | 'shownToBuilders', Fact>; summary: string }> {
  const part = manifest.datasets.find(({ name }) => name === dataset)
  const state = part && (await holdout.state(part, db))
  const { runs, measurers } = await holdoutRuns(db, { application, dataset })
  if (!state)
    return {
      facts: { accesses: { value: runs }, shownToBuilders: { value: true } },
      summary: `The holdout ${dataset} was run ${runs} times. It stands in a file of the blueprint, where builders read it; keep it in a dataset of the installation (datasets/${dataset}.yaml).`,
    }
  const builders = new Set([frozenBy, ...measurers])
  const seenBy = state.seenBy.filter((actor) => builders.has(actor))
  const isOpen = state.openTo.includes('builder')
  const accesses = Math.max(runs, state.reads)
  return {
    facts: { accesses: { value: accesses }, shownToBuilders: { value: isOpen || seenBy.length > 0 } },
    summary: `The holdout ${dataset} was opened ${accesses} times. ${isOpen ? 'Its rules let builders read it.' : seenBy.length > 0 ? `${seenBy.length} of those who build have seen rows.` : 'Nobody who builds has seen rows.'}`,
  }
}
