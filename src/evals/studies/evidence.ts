/** What a closed study proves of the releases in it: `eval.preference`, which an application's own gate may read. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Agreement } from '../annotation/index.ts'
import type { Study, StudyArm, StudyResults } from './study.ts'

type Closed = Study & { readonly results: StudyResults }

/** One for each release that was held against the reference; a variant of a release is none. */
export function draftPreferences(study: Closed, agreement: Agreement, by: ActorId): EvidenceDraft[] {
  const [reference] = study.arms
  if (!reference) return []
  return study.arms
    .slice(1)
    .flatMap((arm) => (arm.isRelease ? (draft(study, { arm, reference, agreement, by }) ?? []) : []))
}

function draft(
  { id, application, dataset, results }: Closed,
  { arm, reference, agreement, by }: { arm: StudyArm; reference: StudyArm; agreement: Agreement; by: ActorId },
): EvidenceDraft | undefined {
  const found = results.comparisons.find((one) => one.arm === arm.id)?.comparison
  const own = results.arms.find((one) => one.arm === arm.id)
  if (!found || !own) return undefined
  const { difference, interval, n, verdict } = found
  const people = results.people.length
  return {
    application,
    release: arm.release,
    check: 'eval.preference',
    summary: `${people} ${people === 1 ? 'person' : 'people'} chose blind between ${arm.label} and ${reference.label} in ${n} cases: ${verdict}${found.neededN === null ? '' : `, ${Math.max(0, found.neededN - n)} more cases would decide`}.`,
    facts: {
      difference: { value: difference, n, unit: 'share', ...(interval && { interval }) },
      verdict: { value: verdict },
      chance: { value: own.chance, n, unit: 'share', ...(own.interval && { interval: own.interval }) },
      cases: { value: n },
      labels: { value: results.labels },
      people: { value: people },
      doubleLabelled: { value: agreement.items },
      agreement: {
        value: agreement.alpha,
        n: agreement.items,
        ...(agreement.interval && { interval: agreement.interval }),
      },
      firstShare: { value: results.position.firstShare, n: results.position.n, unit: 'share' },
      against: { value: `${reference.label} (${reference.release})` },
    },
    inputs: [...arm.behaviour, { kind: 'dataset', ...dataset }],
    producer: { name: 'evals/studies', version: '1' },
    trust: 'measured',
    by,
    source: `study ${id}`,
  }
}
