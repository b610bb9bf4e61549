/**
 * Labels of prompt versions. A label is no row: it is read off the releases that are live in a stage, and so it moves
 * with a promotion or a rollout, through the gate, and by nothing else.
 */
import type { ReleaseId } from '../core/release.ts'
import { STAGES, type Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { PromptLabel, PromptVersion } from './contract.ts'

/** A release that answers in a stage, with its share of the traffic. */
export type LiveRelease = {
  readonly stage: Stage
  readonly release: ReleaseId
  readonly arm: PromptLabel['arm']
  readonly share: number
}

type Version = Pick<PromptVersion, 'number' | 'digest'> & { readonly releases: readonly ReleaseId[] }

/** In the order of stages, the release in force before the candidate. */
export const labelsOf = (versions: readonly Version[], live: readonly LiveRelease[]): PromptLabel[] =>
  live
    .flatMap((at) =>
      versions
        .filter(({ releases }) => releases.includes(at.release))
        .map(({ number, digest }) => ({ ...at, number, digest })),
    )
    .toSorted(
      (one, other) =>
        STAGES.indexOf(one.stage) - STAGES.indexOf(other.stage) ||
        (one.arm === other.arm ? 0 : one.arm === 'control' ? -1 : 1),
    )

/** The label when the version has it; else `prompts.label-behind-gate`, with the release to promote. */
export function demandLabel({
  prompt,
  stage,
  version,
  live,
}: {
  prompt: string
  stage: Stage
  version: Version
  live: readonly LiveRelease[]
}): PromptLabel {
  const label = labelsOf([version], live).find((one) => one.stage === stage && one.arm === 'control')
  if (label) return label
  const [newest] = version.releases
  throw new Failure(
    'conflict',
    'prompts.label-behind-gate',
    `Version ${version.number} of ${prompt} is not live in ${stage}, and no label is moved by hand: it follows the release that is promoted through the gate. Promote ${newest ?? 'a release that has it'} into ${stage}, and the label moves with it.`,
    { facts: { stage, number: version.number, release: newest ?? null } },
  )
}
