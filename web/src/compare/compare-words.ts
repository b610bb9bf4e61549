/** What a comparison of many arms says, for somebody without statistics. */
import type { ArmsComparison, ComparedArm, Comparison } from '../../../sdk/index.ts'
import { list, number, sentence } from '../data/format.ts'
import { shortTime } from '../data/time.ts'
import { say } from '../words/say.ts'

/** A name for each arm; those that are called the same say by which suite or when they were measured. */
export function labelsOf(arms: readonly ComparedArm[]): ReadonlyMap<string, string> {
  const called = Map.groupBy(arms, ({ label }) => label)
  return new Map(
    arms.map(({ id, label, suite, measuredAt }) => {
      const same = called.get(label) ?? []
      if (same.length < 2) return [id, label]
      const bySuite = new Set(same.map((one) => one.suite)).size === same.length
      return [id, `${label}, ${bySuite ? suite : shortTime(measuredAt)}`]
    }),
  )
}

export const comparisonOf = (found: ArmsComparison, arm: string, evaluator: string): Comparison | undefined =>
  found.comparisons.find((one) => one.arm === arm)?.comparison.find((one) => one.evaluator === evaluator)

/** Which arms are better, worse, the same, and what is open, by the score that decides. */
export function verdictWords(found: ArmsComparison, labels: ReadonlyMap<string, string>): string {
  const named = found.comparisons.flatMap(({ arm }) => {
    const comparison = comparisonOf(found, arm, found.primary)
    return comparison ? [{ label: labels.get(arm) ?? arm, ...comparison }] : []
  })
  const of = (verdict: Comparison['verdict']) =>
    named.filter((one) => one.verdict === verdict).map(({ label }) => label)
  const reference = labels.get(found.reference) ?? found.reference
  const parts = [
    ...said(of('better'), say('compare-words.better-than', { reference })),
    ...said(of('worse'), say('compare-words.worse-than', { reference })),
    ...said(of('equivalent'), say('compare-words.as-good-as', { reference })),
  ]
  const open = named.filter(({ verdict }) => verdict === 'undecided')
  const most = Math.max(...open.map(({ neededN }) => neededN ?? 0), 0)
  if (open.length > 0)
    parts.push(
      say('compare-words.cannot-be-told-apart-from-yet', {
        open: list(open.map(({ label }) => label)),
        reference,
        most: most > 0 ? say('compare-words.about-cases-would-decide', { most: number(most) }) : '',
      }),
    )
  return parts.length === 0
    ? say('compare-words.nothing-was-scored-on-both-sides')
    : say('compare-words.by', { primary: found.primary, parts: parts.join('. ') })
}

const said = (labels: readonly string[], what: string): string[] =>
  labels.length === 0
    ? []
    : [
        `${labels.length === 1 ? (labels[0] ?? '') : sentence(list(labels))} ${labels.length === 1 ? 'is' : 'are'} ${what}`,
      ]
