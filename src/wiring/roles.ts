/** What a process does, from its setting. */
import { join } from 'node:path'
import { type Remember, readOnly, rememberIn } from '../store/remember.ts'

type Roles = {
  readonly isApi: boolean
  readonly isGateway: boolean
  readonly isWorker: boolean
  /** Everything in one process. */
  readonly isWhole: boolean
  /** A gateway alone answers from what it knew last while the database is away. */
  readonly goesOnWithout: boolean
  readonly remember: Remember
}

export function rolesOf({ roles, data }: { roles: ReadonlySet<string>; data: string }): Roles {
  const [isApi, isGateway, isWorker] = [roles.has('api'), roles.has('gateway'), roles.has('worker')]
  const goesOnWithout = isGateway && !isApi && !isWorker
  return {
    isApi,
    isGateway,
    isWorker,
    isWhole: isApi && isGateway && isWorker,
    goesOnWithout,
    remember: goesOnWithout ? rememberIn(join(data, 'last-known')) : readOnly,
  }
}
