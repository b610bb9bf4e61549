/** How long approvals waited for each person, and what waits for whom now. Pure: from asking to signing, nothing guessed. */
import type { Duty } from '../../core/actor.ts'
import { age, type Instant } from '../../kernel/time.ts'
import type { Approver } from './approver.ts'
import type { ServedApproval } from './contract.ts'

/** Those for whom most waits first, then those who took longest. */
export function approversOf(approvals: readonly ServedApproval[], now: Instant): Approver[] {
  const people = new Map<string, { name: string; took: number[]; waiting: Approver['waiting'] }>()
  const of = (name: string) => {
    const key = keyOf(name)
    const known = people.get(key) ?? { name: name.trim(), took: [], waiting: [] }
    people.set(key, known)
    return known
  }
  for (const approval of approvals) {
    for (const { name, at } of approval.signatures) of(name).took.push(Math.max(0, age(approval.askedAt, at)))
    if (approval.state === 'asked' && approval.until > now)
      for (const { holder, duties } of lacking(approval)) of(holder).waiting.push({ ...aboutOf(approval, now), duties })
  }
  return [...people.values()]
    .map(({ name, took, waiting }) => ({
      name,
      signed: took.length,
      medianMs: median(took),
      longestMs: took.length === 0 ? null : Math.max(...took),
      waiting: waiting.sort((a, b) => b.forMs - a.forMs),
    }))
    .sort((a, b) => b.waiting.length - a.waiting.length || (b.medianMs ?? 0) - (a.medianMs ?? 0))
}

/** Holders of the duties that a line still lacks, who did not sign yet. */
function lacking({ missing, holders, signatures }: ServedApproval): { holder: string; duties: Duty[] }[] {
  const signed = new Set(signatures.map(({ name }) => keyOf(name)))
  const found = new Map<string, { holder: string; duties: Duty[] }>()
  for (const { duty, holder } of holders) {
    if (holder === null || signed.has(keyOf(holder)) || !missing.some((line) => line.includes(duty))) continue
    const known = found.get(keyOf(holder))
    if (known) known.duties.push(duty)
    else found.set(keyOf(holder), { holder, duties: [duty] })
  }
  return [...found.values()]
}

const keyOf = (name: string): string => name.trim().toLowerCase()

const aboutOf = ({ id, application, release, into, askedAt }: ServedApproval, now: Instant) => ({
  ...{ approval: id, application, release, into, forMs: Math.max(0, age(askedAt, now)) },
})

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
