/** Approvals of models, asked once the targets are known. 403, which official clients do not try again. */
import { Failure } from '../kernel/failure.ts'
import type { Caller } from '../wire/caller.ts'
import type { WhyUnapproved } from './deps.ts'

/** Those that the caller may ask. Throws `gateway.model-not-approved` when none is left. */
export function targetsApproved<Target extends { readonly model: string }>(
  whyUnapproved: WhyUnapproved | undefined,
  caller: Caller,
  targets: readonly Target[],
): Target[] {
  const whys = targets.map(({ model }) => whyUnapproved?.(model, caller))
  const allowed = targets.filter((_, at) => whys[at] === undefined)
  if (allowed.length > 0) return allowed
  throw new Failure(
    'forbidden',
    'gateway.model-not-approved',
    `${whys.join(' ')} This key is one for ${caller.stage}. Have the model approved: \`airworthy models request\`, or use a key for the sandbox.`,
  )
}
