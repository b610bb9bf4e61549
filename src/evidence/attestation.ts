/** What a person may say about a check, and what that statement depends on. */
import type { Check } from '../core/check.ts'
import type { Fact } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Attestation } from './contract.ts'

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
}
