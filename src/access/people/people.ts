/** How people prove who they are: everything together. */
import type { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { createApprovals } from './approvals.ts'
import { createAttempts } from './attempts.ts'
import type { OidcSettings } from './claims.ts'
import type { PeopleDeps, Visitor } from './deps.ts'
import { createOidc } from './oidc.ts'
import { createPasswords } from './passwords.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSignOn } from './sign-on.ts'

export type PeopleSettings = {
  /** Whether approvals take a second factor in this installation. */
  readonly secondFactor: boolean
  readonly oidc: OidcSettings | undefined
  /** How many proxies of one's own stand between the network and this server. */
  readonly proxyHops: number
}

export function createPeople(
  deps: PeopleDeps,
  { secondFactor: isDemanded, oidc: settings, proxyHops }: PeopleSettings,
) {
  const { db, audit, sessions, systemActor, publicUrl, report } = deps
  const attempts = createAttempts(deps)
  const secondFactor = createSecondFactor({ ...deps, attempts })
  const passwords = createPasswords({ ...deps, attempts, secondFactor })
  const approvals = createApprovals({ ...deps, isDemanded, secondFactor })
  const oidc = settings && createOidc({ ...deps, settings })
  return {
    passwords,
    secondFactor,
    approvals,
    sessions,
    signOn: oidc && { oidc, ...createSignOn({ ...deps, oidc }) },
    proxyHops,
    publicUrl,
    /** Tells the log of a sign-on that was refused. */
    noteRefusal({ failure, visitor }: { failure: Failure; visitor: Visitor }): Promise<void> {
      report(failure)
      return inTransaction(db, (tx) =>
        audit.record(tx, {
          actor: systemActor(),
          action: 'access.refuse-sign-in',
          subject: 'unknown',
          detail: { why: failure.code, address: attempts.shownAddress(visitor.address), device: visitor.device },
        }),
      )
    },
  }
}

export type People = ReturnType<typeof createPeople>
