/** What a person may say about a check, and what that statement depends on. */
import type { ActorId, Duty } from '../core/actor.ts'
import type { Check } from '../core/check.ts'
import type { Fact } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Attestation } from './contract.ts'

/** What a statement about a release can depend on: its parts, and the application's documents as they stand. */
export type Subject = {
  readonly application: string
  readonly parts: readonly Part[]
  /** Who holds which duty, as the application says now. */
  readonly duties: Readonly<Partial<Record<Duty, string>>>
}
export type Signer = { readonly actor: ActorId; readonly name: string }

/** Throws unless a person may answer this check under this duty. */
export function demandAttestable(check: Check | undefined, { check: id, duty }: Attestation): asserts check is Check {
  if (!check)
    throw new Failure('invalid', 'evidence.check-unknown', `There is no check ${id}. See GET /api/v1/catalogue.`)
  if (check.minimumTrust !== 'attested')
    throw new Failure(
      'forbidden',
      'evidence.not-attestable',
      `Nobody may attest ${id}: it takes ${check.minimumTrust} evidence. ${check.howto}`,
    )
  if (check.signs !== null && check.signs !== duty)
    throw new Failure(
      'forbidden',
      'evidence.other-duty',
      `${id} is signed under the duty ${check.signs}, not ${duty}. Ask the person who has it, or sign under it if that is you.`,
    )
}

/**
 * Throws unless the application names the caller under the duty: by name, as people write it, or by the id of the
 * actor. A role gives no duty; whoever may change the blueprint names people, and the audit log keeps who did.
 */
export function demandHolder({ duty }: Attestation, { application, duties }: Subject, caller: Signer): void {
  const holder = duties[duty]?.trim() ?? ''
  if (holder === caller.actor || (holder !== '' && holder.toLowerCase() === caller.name.trim().toLowerCase())) return
  const you = `You are ${caller.name} (${caller.actor})`
  const where = `under \`duties\` in airworthy.yaml of ${application}`
  throw new Failure(
    'forbidden',
    'evidence.duty-not-held',
    holder === ''
      ? `Nobody holds the duty ${duty} in ${application}. ${you}: have your name or id written ${where} first.`
      : `The duty ${duty} is held by ${holder} in ${application}. ${you}: ask that person to attest, or have the duty given to you ${where}.`,
  )
}

/** The facts of a person who confirms that every requirement holds. */
export const confirmedFacts = (check: Check): Record<string, Fact> =>
  Object.fromEntries(
    check.requires.flatMap(({ fact, equals, atLeast, atMost }) => {
      const value = equals ?? atLeast ?? atMost
      return value === undefined ? [] : [[fact, { value, unit: 'confirmed' }]]
    }),
  )

/**
 * Parts of the kinds that the check is bound to. Of the documents only those that answer the check, else a new
 * line in the roadmap would end the classification; a check that is not listed depends on all of them.
 */
export function inputsOf(check: Check, parts: readonly Part[]): Part[] {
  const documents = DOCUMENTS_OF[check.id]
  return parts.filter(
    ({ kind, name }) =>
      check.boundTo.includes(kind) && (kind !== 'document' || documents === undefined || documents.includes(name)),
  )
}

const DOCUMENTS_OF: Readonly<Record<string, readonly string[]>> = {
  'biz.charter': ['charter'],
  'strat.decision': ['decision'],
  'gov.classification': ['classification', 'profile'],
  'risk.register': ['risks'],
  'model.approved': ['approvals'],
  'data.inventory': ['inventory'],
  'priv.dpia': ['dpia', 'classification', 'profile', 'privacy'],
  'legal.transparency': ['disclosure'],
}
