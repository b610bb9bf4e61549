/**
 * Evaluators of a suite for live answers: the same ids and versions as in an experiment, told nothing of the arm.
 *
 * A judge may score only when it may hold a gate, and its errors are taken out: seen through a judge of sensitivity a
 * and specificity b a difference is a + b - 1 times as large, so that one at the margin would pass unseen.
 */
import type { SuitePart } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import type { Database, Tx } from '../store/database.ts'
import { evaluatorOf, type Prepared, prepareEvaluators, type Reach, type ScoredRow } from './evaluators/index.ts'
import { newestStanding } from './judges/index.ts'

export type LiveScorer = {
  /** As the suite calls it: `faithfulness`, `regex#2`. */
  readonly key: string
  /** What the score lacks of the best that there is, in its own unit; null where it does not apply. */
  score(row: ScoredRow, reach: Reach): Promise<{ shortfall: number | null; costMicroUsd: string | null }>
}

export type LiveScorers =
  | { readonly kind: 'scorers'; readonly suite: SuitePart; readonly scorers: readonly LiveScorer[] }
  /** Why these answers cannot be scored, as a sentence that says what to do. */
  | { readonly kind: 'cannot'; readonly why: string }

export async function liveScorers(
  reader: Database | Tx,
  { release, suite: name, keys }: { release: Release; suite: string; keys: readonly string[] },
): Promise<LiveScorers> {
  const suite = release.manifest.suites.find((one) => one.name === name)
  if (!suite) return cannot(`r${release.number} has no suite ${name}; it has ${namesOf(release.manifest.suites)}.`)
  const prepared = prepareEvaluators(suite.evaluators)
  const scorers: LiveScorer[] = []
  for (const key of keys) {
    const found = prepared.find((one) => one.key === key)
    if (!found)
      return cannot(`The suite ${name} has no evaluator ${key}; it has ${prepared.map((one) => one.key).join(', ')}.`)
    const why = whyNot(found, release)
    if (why !== undefined) return cannot(why)
    const errors =
      found.judge && (await newestStanding(reader, { release, judge: found.judge.digest, data: suite.dataset }))
    if (found.judge && !errors)
      return cannot(
        `${key} is scored by a judge that may not hold a gate on ${suite.dataset}: calibrate it first (\`airworthy judges calibrate\`).`,
      )
    scorers.push(scorerOf(found, errors))
  }
  return { kind: 'scorers', suite, scorers }
}

const cannot = (why: string): LiveScorers => ({ kind: 'cannot', why })
const namesOf = (some: readonly { name: string }[]): string => some.map(({ name }) => name).join(', ') || 'none'

function whyNot({ key, evaluator: { id, version, needs, better, range } }: Prepared, { manifest, number }: Release) {
  if (needs.length > 0)
    return `${key} needs ${needs.join(' and ')}, which nobody has for a live answer. Take another evaluator.`
  if ((better === 'higher' ? range.high : range.low) === null)
    return `${key} has no best score, so nothing can be said to fall short of it. Watch the amount itself.`
  const frozen = manifest.evaluators.find((one) => one.id === id)?.version
  return frozen === version
    ? undefined
    : `r${number} was measured by ${id} in version ${frozen ?? 'unknown'} and this program has ${version}. Freeze and measure again.`
}

/** How often a judge is right about the good and about the bad. */
export type JudgeErrors = { readonly sensitivity: number; readonly specificity: number }

function scorerOf({ key, score, evaluator }: Prepared, errors: JudgeErrors | undefined): LiveScorer {
  const { better, range, kind } = evaluatorOf(evaluator.id)
  const best = (better === 'higher' ? range.high : range.low) ?? 0
  return {
    key,
    async score(row, reach) {
      const { score: raw, costMicroUsd = '0' } = await score(row, reach)
      if (raw === null) return { shortfall: null, costMicroUsd }
      const corrected = errors && kind === 'rate' ? corrections(raw, errors) : raw
      return { shortfall: better === 'higher' ? best - corrected : corrected - best, costMicroUsd }
    },
  }
}

/** By Rogan and Gladen, verdict by verdict: their mean is the corrected rate. */
const corrections = (verdict: number, { sensitivity, specificity }: JudgeErrors): number =>
  (verdict + specificity - 1) / (sensitivity + specificity - 1)
