/**
 * A bias that was found is a task until a later measurement finds it gone. It opens by itself: from the first answer to
 * `eval.fairness` whose gap is too wide until the first one that is not. Pure.
 */
import type { Evidence } from '../../core/evidence.ts'
import type { Episode } from './contract.ts'

type Measured = Pick<Evidence, 'id' | 'release' | 'facts' | 'summary' | 'at'>

/** @param evidence answers to `eval.fairness`, in any order; @param limit the widest gap that is borne */
export function episodesOf(evidence: readonly Measured[], limit: number): Episode[] {
  const episodes: Episode[] = []
  let open: Episode | undefined
  for (const one of [...evidence].sort((a, b) => a.id.localeCompare(b.id))) {
    const gap = gapOf(one)
    // What nobody could tell neither opens nor ends it.
    if (gap === undefined) continue
    const shown = { evidence: one.id, release: one.release, at: one.at, gap }
    if (gap > limit) {
      if (open) open = { ...open, retests: [...open.retests, { ...shown, isGone: false }] }
      else open = { finding: shown, summary: one.summary, retests: [], isGone: false }
    } else if (open) {
      // The same release measured again tells of the cases; only what was changed can have mended it.
      const isGone = one.release !== open.finding.release
      open = { ...open, retests: [...open.retests, { ...shown, isGone }], isGone }
      if (isGone) {
        episodes.push(open)
        open = undefined
      }
    }
  }
  return [...(open ? [open] : []), ...episodes.reverse()]
}

/** The lower bound of the widest gap; undefined where it was not measured. */
function gapOf({ facts: { gap } }: Measured): number | undefined {
  if (typeof gap?.value !== 'number') return undefined
  return gap.interval?.low ?? gap.value
}
