/** Keys of one application have no say over the installation. */
import { Failure } from '../kernel/failure.ts'
import type { Caller } from '../wire/caller.ts'

/** Throws `access.bound-key` for a key that is bound to an application. */
export function demandUnbound({ application }: Caller): void {
  if (application === null) return
  throw new Failure(
    'forbidden',
    'access.bound-key',
    `This key is bound to the application ${application} and may not do this. Use a key that is bound to none.`,
  )
}
