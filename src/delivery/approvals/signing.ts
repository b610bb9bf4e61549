/** Who may sign, and what for. Pure: throws what stands against it, with what to do. */
import { dutiesOf } from '../../core/duties.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Judged } from '../gates.ts'
import type { Approval, DisconfirmingView, Signature } from './approval.ts'
import { forbiddenBeside, type Holders, holdingsOf } from './quorum.ts'
import type { Signer } from './served.ts'

/** Throws when the gate says something else than what people were asked about. */
export function demandUnchanged(approval: Approval, { release, decision }: Judged): void {
  if (release.digest === approval.releaseDigest && decision.verdictsDigest === approval.verdicts) return
  throw new Failure(
    'conflict',
    'delivery.approval-outdated',
    `The gate says something else than when this was asked for on ${approval.askedAt}, so a signature would bind what nobody looked at. Ask again when it is open.`,
  )
}

/** Throws while nobody has said what speaks against production. */
export function demandViews({ into }: Approval, views: readonly DisconfirmingView[]): void {
  if (into !== 'production' || views.length > 0) return
  throw new Failure(
    'conflict',
    'delivery.approval-no-dissent',
    'Before production somebody says what speaks against it, for at least one pillar. Write the strongest reason that you know, or ask somebody who disagrees: `airworthy approval doubt`.',
  )
}

/** The signature, under every duty that the person holds. */
export function signatureOf(
  given: Pick<Signature, 'id' | 'decision' | 'reason'> & {
    approval: Approval
    judged: Judged
    signatures: readonly Signature[]
    by: Signer
  } & Omit<Holders, 'duties'>,
): Signature {
  const { id, approval, judged, signatures, decision, reason, by, delegations, nameOf, now } = given
  const { documents, name: application } = judged.standing.application
  const person = { id: by.actor, name: by.name }
  const holdings = holdingsOf(person, {
    duties: dutiesOf(documents),
    delegations,
    nameOf,
    now,
  })
  const isAuthor = approval.authors.includes(by.actor)
  if (isAuthor && !approval.solo)
    throw new Failure(
      'forbidden',
      'delivery.approval-own-release',
      `You ${approval.askedBy === by.actor ? 'asked for this approval' : 'froze this release'}, so another person signs for it.`,
    )
  if (isAuthor && approval.coolsUntil !== null && approval.coolsUntil > now)
    throw new Failure(
      'conflict',
      'delivery.approval-cooling',
      `One person holds every duty of ${application}, so nobody signs before ${approval.coolsUntil}: look at it again then.`,
    )
  // Where one person holds everything, whoever looks from outside can hold nothing.
  if (holdings.length === 0 && !approval.solo)
    throw new Failure(
      'forbidden',
      'delivery.approval-no-duty',
      `${by.name} holds no duty of ${application}. It takes ${approval.quorum.map((line) => line.join(' or ')).join(', ')}; an owner gives duties in airworthy.yaml, and a holder lends one with \`airworthy duty lend\`.`,
    )
  const forbidden = approval.solo
    ? undefined
    : holdings.find(({ duty }) => forbiddenBeside(duty, holdings) !== undefined)
  if (forbidden)
    throw new Failure(
      'forbidden',
      'delivery.duties-overlap',
      `${by.name} holds ${forbidden.duty} and ${forbiddenBeside(forbidden.duty, holdings)}, which check each other. An owner names another person for one of them.`,
    )
  if (signatures.some((one) => one.by === by.actor))
    throw new Failure('conflict', 'delivery.approval-signed', 'You have signed this already; a signature stays.')
  const builders = textsOf(documents.builders?.value)
  const isBuilder = builders.some((one) => one.trim().toLowerCase() === by.name.trim().toLowerCase())
  return {
    id,
    organisation: approval.organisation,
    approval: approval.id,
    by: by.actor,
    name: by.name,
    duties: holdings.map(({ duty }) => duty),
    onBehalfOf: holdings.find((one) => one.onBehalfOf !== null)?.onBehalfOf ?? null,
    decision,
    reason,
    independent: !isAuthor,
    outside: !isAuthor && !isBuilder,
    at: now,
  }
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
