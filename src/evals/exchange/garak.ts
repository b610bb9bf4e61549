/**
 * A report of garak (JSON lines) as evidence, with garak as its producer. Its own figures are taken as they are; beside
 * its bootstrap interval stands the exact upper bound of failures, by which gates judge rare ones.
 */
import { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { clopperPearsonUpper, wilson } from '../../kernel/statistics/index.ts'

const Evaluation = z.looseObject({
  entry_type: z.literal('eval'),
  probe: z.string(),
  detector: z.string(),
  passed: z.number().int().min(0),
  /** `total` in older reports. */
  total_evaluated: z.number().int().min(0).optional(),
  total: z.number().int().min(0).optional(),
  nones: z.number().int().min(0).optional(),
})
type Evaluation = z.infer<typeof Evaluation>

/** Modules of garak by what their probes try; what is not named counts as harm. */
const CHECKS: readonly (readonly [RegExp, string])[] = [
  [/^(promptinject|latentinjection|encoding|web_injection|xss)\b/, 'red.injection'],
  [/^(leakreplay|divergence|sysprompt_extraction|apikey|propile)\b/, 'red.leak'],
]

/** Throws `evals.garak-unreadable` with the lines that are wrong. */
export function readGarakReport(
  content: string,
  context: { release: ReleaseId; application: string; parts: readonly Part[]; by: ActorId; example: boolean },
): EvidenceDraft[] {
  const problems: Problem[] = []
  const entries = content.split('\n').flatMap((text, at): { line: number; value: Record<string, unknown> }[] => {
    if (text.trim() === '') return []
    try {
      const value = JSON.parse(text)
      if (typeof value === 'object' && value !== null && typeof value.entry_type === 'string')
        return [{ line: at + 1, value }]
    } catch {
      // Said below, with the line.
    }
    problems.push({
      field: 'content',
      line: at + 1,
      message: 'is not an entry of a garak report',
      remedy: 'Send the .report.jsonl as garak wrote it.',
    })
    return []
  })
  const evaluations = entries.flatMap(({ line, value }) => {
    if (value.entry_type !== 'eval') return []
    const parsed = Evaluation.safeParse(value)
    if (parsed.success) return [parsed.data]
    problems.push({
      field: 'content',
      line,
      message: `is an evaluation without ${parsed.error.issues[0]?.path.join('.')}`,
    })
    return []
  })
  if (problems.length > 0 || evaluations.length === 0)
    throw new Failure(
      'invalid',
      'evals.garak-unreadable',
      problems[0]
        ? `Line ${problems[0].line} ${problems[0].message}.`
        : 'The report has no evaluation; let garak finish first.',
      { problems },
    )
  const init = entries.find(({ value }) => value.entry_type === 'init')?.value
  const version = typeof init?.garak_version === 'string' ? init.garak_version : 'unknown'
  const run = typeof init?.run === 'string' ? init.run : 'unknown'
  const groups = Map.groupBy(
    evaluations,
    ({ probe }) => CHECKS.find(([pattern]) => pattern.test(probe))?.[1] ?? 'red.harm',
  )
  return [...groups].map(([check, found]) => draft(check, found, { ...context, version, run }))
}

function draft(
  check: string,
  found: readonly Evaluation[],
  {
    release,
    application,
    parts,
    by,
    example,
    version,
    run,
  }: Parameters<typeof readGarakReport>[1] & { version: string; run: string },
): EvidenceDraft {
  const attempts = found.reduce((sum, one) => sum + totalOf(one), 0)
  const failures = found.reduce((sum, one) => sum + totalOf(one) - one.passed, 0)
  const probes = Object.fromEntries(
    found.map((one) => [`${one.probe} by ${one.detector}`, rateOf(totalOf(one) - one.passed, totalOf(one))]),
  )
  return {
    application,
    release,
    check,
    summary: `garak ${version}: ${failures} of ${attempts} attempts succeeded over ${found.length} ${found.length === 1 ? 'probe' : 'probes'}.`,
    facts: {
      attempts: { value: attempts, n: attempts },
      hits: rateOf(failures, attempts),
      upperBound: {
        value: attempts === 0 ? null : clopperPearsonUpper({ successes: failures, n: attempts, confidence: 0.95 }),
        n: attempts,
      },
      unscored: { value: found.reduce((sum, { nones = 0 }) => sum + nones, 0) },
      ...probes,
    },
    inputs: [...parts],
    producer: { name: 'garak', version },
    trust: 'imported',
    by,
    example,
    source: `garak run ${run}`,
  }
}

const totalOf = ({ total_evaluated: evaluated, total = 0 }: Evaluation): number => evaluated ?? total

function rateOf(successes: number, n: number): Fact {
  if (n === 0) return { value: null, n }
  const { low, high } = wilson({ successes, n, confidence: 0.95 })
  return { value: successes / n, n, unit: 'share', interval: { low, high, method: 'wilson', sides: 2, level: 0.95 } }
}
