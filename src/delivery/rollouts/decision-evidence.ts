/** A decision of a rollout as evidence, with the statistics that it read. Live outcomes themselves are none. */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import type { Rollout, RolloutDecision } from '../../core/rollout.ts'

export function decisionDraft({
  rollout,
  decision,
  candidate,
  by,
}: {
  rollout: Rollout
  decision: RolloutDecision
  candidate: Release
  by: ActorId
}): EvidenceDraft {
  return {
    application: rollout.application,
    release: rollout.candidate,
    check: 'rollout.decision',
    summary: `${WORDS[decision.decision]} of r${candidate.number} in ${rollout.stage} at ${Math.round(decision.share * 100)} %: ${decision.why.join(' ')}`,
    facts: {
      decision: { value: decision.decision },
      stage: { value: rollout.stage },
      step: { value: decision.step },
      share: { value: decision.share },
      sampleRatioEvidence: { value: decision.sampleRatio.logEvidence, unit: 'log10' },
      ...Object.assign({}, ...decision.metrics.map((metric) => factsOf(rollout, metric))),
    },
    inputs: [{ kind: 'release', name: rollout.application, digest: candidate.digest }],
    producer: { name: 'delivery.rollout', version: '1' },
    trust: 'measured',
    by,
    source: `rollout ${rollout.id}`,
  }
}

const WORDS = {
  advance: 'Advance',
  hold: 'Hold',
  abort: 'Rollback',
  complete: 'Completion',
  'fall-back': 'End of the cohort',
}

function factsOf({ plan }: Rollout, reading: RolloutDecision['metrics'][number]): Record<string, Fact> {
  const { metric, control, candidate, difference, lower, upper, logEvidence, verdict } = reading
  return {
    [`${metric}.verdict`]: { value: verdict },
    [`${metric}.control`]: { value: control.value, n: control.units },
    [`${metric}.candidate`]: { value: candidate.value, n: candidate.units },
    [`${metric}.difference`]: {
      value: difference,
      n: control.units + candidate.units,
      ...(lower !== null &&
        upper !== null && {
          interval: { low: lower, high: upper, method: 'asymptotic-sequence', sides: 1, level: 1 - plan.alphaPromote },
        }),
    },
    ...(logEvidence !== null && { [`${metric}.evidence`]: { value: logEvidence, unit: 'log10' } }),
  }
}
