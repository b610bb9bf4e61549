/** What the calibrations of a release's judges say to a gate (`eval.judgecal`). Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { judgesOf, type Part } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Calibration, Figure } from './calibration.ts'
import { familyOf } from './family.ts'

/** The weakest judge on each figure; a judge without calibration leaves all figures empty. */
export function draftJudgecal({
  release,
  calibrations,
  by,
}: {
  release: Release
  /** The newest of each judge that has one. */
  calibrations: readonly Calibration[]
  by: ActorId
}): EvidenceDraft {
  const { manifest } = release
  const judges = judgesOf(manifest)
  const of = (judge: Part) => calibrations.find(({ judge: digest }) => digest === judge.digest)
  const lacking = judges.filter((judge) => !of(judge))
  const found = judges.flatMap((judge) => of(judge) ?? [])
  const isWhole = lacking.length === 0 && found.length > 0
  const families = new Set(manifest.models.map(({ model }) => familyOf(model)))
  const least = (pick: (result: Calibration['result']) => Figure): Fact =>
    isWhole ? weakest(found.map(({ result }) => pick(result))) : { value: null }
  const count = (pick: (result: Calibration['result']) => number): Fact => ({
    value: isWhole ? Math.min(...found.map(({ result }) => pick(result))) : 0,
  })
  return {
    application: release.application,
    release: release.id,
    check: 'eval.judgecal',
    summary: [
      ...found.map(
        ({ judgeName, data, result }) =>
          `${judgeName} on ${data}: ${result.standing}${result.why.length > 0 ? ` (${result.why.join(' ')})` : ''}`,
      ),
      ...lacking.map(({ name }) => `${name} was never held against people.`),
    ].join(' '),
    facts: {
      labels: count(({ labels }) => labels),
      doubleLabelled: count(({ doubleLabelled }) => doubleLabelled),
      kappa: least(({ kappa }) => kappa),
      sensitivity: least(({ sensitivity }) => sensitivity),
      specificity: least(({ specificity }) => specificity),
      sameFamily: {
        value: manifest.evaluators.some(({ judge }) => judge !== undefined && families.has(familyOf(judge.model))),
      },
      // Every score of a judge is shown beside its corrected one, which comes from the same calibration.
      uncorrectedScores: { value: lacking.length },
      judges: { value: judges.length },
    },
    inputs: [...judges, ...manifest.models.map(({ name, digest }): Part => ({ kind: 'model', name, digest }))],
    producer: { name: 'evals/judges', version: '1' },
    trust: isWhole && found.every(({ trust }) => trust === 'measured') ? 'measured' : 'imported',
    by,
    source: found.map(({ id }) => `calibration ${id}`).join(', ') || null,
  }
}

function weakest(figures: readonly Figure[]): Fact {
  const [worst] = figures.toSorted((one, other) => lowOf(one) - lowOf(other))
  if (!worst || worst.value === null) return { value: null }
  return { value: worst.value, n: worst.n, ...(worst.interval && { interval: worst.interval }), unit: 'share' }
}

const lowOf = ({ value, interval }: Figure): number => (value === null ? -1 : (interval?.low ?? value))
