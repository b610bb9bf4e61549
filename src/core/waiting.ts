/** How long a release waited for each answer at a gate, and for whom: a machine or a person. Nothing is guessed. */
import { z } from 'zod'
import { age, type Instant } from '../kernel/time.ts'
import type { Evidence } from './evidence.ts'
import { Stage } from './stage.ts'
import type { GateDecision } from './verdict.ts'

export const Waited = z.object({
  check: z.string(),
  for: z.enum(['machine', 'person']),
  /** From when the release could be answered for until the answer that counts; null while there is none. */
  milliseconds: z.number().nullable(),
  /** Who answered; null while nobody has. */
  by: z.string().nullable(),
})

export const LeadTime = z.object({
  into: Stage,
  from: z.string(),
  /** When it was promoted; null while it waits. */
  to: z.string().nullable(),
  totalMs: z.number(),
  /** While an answer of a person was outstanding. */
  personMs: z.number(),
  /** While none was, and one of a machine was. */
  machineMs: z.number(),
  /** While everything was answered and nobody promoted. */
  readyMs: z.number(),
  checks: z.array(Waited),
})
export type LeadTime = z.infer<typeof LeadTime>

export function leadTimeOf(given: {
  decision: Pick<GateDecision, 'into' | 'findings'>
  evidence: readonly Evidence[]
  from: Instant
  to: Instant | null
  now: Instant
}): LeadTime {
  const { decision, evidence, from, to, now } = given
  const totalMs = Math.max(0, age(from, to ?? now))
  const byId = new Map(evidence.map((piece) => [piece.id, piece]))
  const checks = decision.findings
    .filter(({ verdict }) => verdict !== 'NOT_APPLICABLE')
    .map((finding) => {
      const answer = finding.evidence === null ? undefined : byId.get(finding.evidence)
      const isAnswered = answer !== undefined && ['PASS', 'FAIL'].includes(finding.verdict)
      return {
        check: finding.check,
        for: finding.effort.who === 'machine' ? ('machine' as const) : ('person' as const),
        milliseconds: isAnswered ? Math.max(0, age(from, answer.at)) : null,
        by: isAnswered ? answer.by : null,
      }
    })
  const until = (whom: 'machine' | 'person') =>
    checks
      .filter((one) => one.for === whom)
      .reduce((most, { milliseconds }) => Math.max(most, Math.min(milliseconds ?? totalMs, totalMs)), 0)
  const personMs = until('person')
  const machineMs = Math.max(0, until('machine') - personMs)
  return {
    into: decision.into,
    from,
    to,
    totalMs,
    personMs,
    machineMs,
    readyMs: Math.max(0, totalMs - personMs - machineMs),
    checks,
  }
}
