/** A regular expression of the blueprint, which was found safe: it is short, and tries few ways. */
import { expressionOf } from '../../core/guardrail.ts'
import { verdictOnPattern } from '../../core/safe-pattern.ts'
import { type Detector, matches, settling, wholeTo } from './detection.ts'

export function patternDetector(given: { pattern: string; anyCase: boolean }): Detector {
  const verdict = verdictOnPattern(given.pattern)
  if (verdict.kind === 'refused') throw new Error(`The pattern ${given.pattern} is not safe: ${verdict.why}.`)
  const expression = expressionOf(given, 'dg')
  const find: Detector['find'] = (text, from) =>
    Array.from(matches(text, expression, from), ({ start, end }) => ({ start, end, kind: 'pattern' }))
  // One more is looked at by `\b`.
  const openFrom = (text: string, from: number) => Math.max(from, wholeTo(text, text.length - verdict.longest - 1))
  return { name: 'pattern', find, settle: settling(find, openFrom) }
}
