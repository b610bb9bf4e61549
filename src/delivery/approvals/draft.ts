/** What is asked for: for which release, bound to what, signed by whom, until when. Pure. */
import type { ActorId } from '../../core/actor.ts'
import { dutiesOf, isSolo } from '../../core/duties.ts'
import { type Part, partsOf } from '../../core/manifest.ts'
import { type Finding, type GateDecision, holdsBack } from '../../core/verdict.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import type { Judged } from '../gates.ts'
import type { Approval } from './approval.ts'
import { CHECKS_OF, isApprovalCheck, quorumOf } from './quorum.ts'

/** How long a request waits for signatures. */
export const ASKED_DAYS = 14
/** Alone, one sleeps over it: nobody else will notice. */
const COOLING_MS = DAY

/** Throws while anything but people holds the gate. */
export function draftOf(
  judged: Judged,
  ask: Pick<Approval, 'id' | 'organisation' | 'into' | 'note' | 'example'> & { by: ActorId; now: Instant },
): Approval {
  const { id, organisation, into, note, example, by, now } = ask
  const { release, standing, decision } = judged
  demandOthersOpen(judged, into)
  const { documents, name } = standing.application
  const solo = isSolo(dutiesOf(documents))
  const { tier, verdictsDigest } = decision
  return {
    id,
    organisation,
    application: name,
    release: release.id,
    releaseDigest: release.digest,
    into,
    verdicts: verdictsDigest,
    snapshotDigest: decision.snapshotDigest,
    tier,
    ...quorumOf(into, tier),
    solo,
    state: 'asked',
    note,
    authors: [...new Set([release.frozenBy, by])],
    askedBy: by,
    askedAt: now,
    coolsUntil: solo ? later(now, COOLING_MS) : null,
    until: later(now, ASKED_DAYS * DAY),
    endedAt: null,
    evidence: null,
    remindedAt: null,
    example,
  }
}

/** The release as a whole, and what every other check of the gate says. */
export function boundParts({ release, decision }: Judged): Part[] {
  const { into, verdictsDigest } = decision
  const whole = partsOf(release.manifest).filter(({ kind }) => kind === 'release')
  return [...whole, { kind: 'gate', name: into, digest: verdictsDigest }]
}

/** The findings that an approval rests on. */
export const otherFindings = ({ findings }: Pick<GateDecision, 'findings'>): Finding[] =>
  findings.filter(({ check }) => !isApprovalCheck(check))

function demandOthersOpen({ decision, release }: Judged, into: Approval['into']): void {
  const asked = CHECKS_OF[into].filter((check) => decision.findings.some((one) => one.check === check))
  if (asked.length === 0)
    throw new Failure(
      'invalid',
      'delivery.approval-not-asked',
      `The gate into ${into} asks for no approval. Promote r${release.number} with \`airworthy promote ${into}\`.`,
    )
  const held = otherFindings(decision).filter(holdsBack)
  const { neverVisited } = decision
  if (held.length === 0 && neverVisited.length === 0) return
  throw new Failure(
    'conflict',
    'delivery.approval-too-early',
    `People sign when everything else is open. ${held.length} of ${decision.findings.length} checks hold r${release.number}: ${held.map(({ check, verdict }) => `${check} ${verdict}`).join(', ')}.${neverVisited.length > 0 ? ` Nothing was ever recorded for ${neverVisited.join(', ')}.` : ''} See \`airworthy gate ${into}\`.`,
    { facts: { checks: held.map(({ check }) => check) } },
  )
}
