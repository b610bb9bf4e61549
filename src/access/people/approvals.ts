/**
 * Acts of approval under a second factor: where the installation demands it, a person shows a code when they attest,
 * decide a waiver or promote, or has shown one in this session a quarter of an hour ago at most.
 */
import { Failure } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { later } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Caller } from '../../wire/caller.ts'
import type { Mounted } from '../../wire/handle.ts'
import type { RouteShape } from '../../wire/route.ts'
import type { HeaderReader } from '../credentials.ts'
import { CONFIRMED_MS } from '../session.ts'
import type { PeopleDeps } from './deps.ts'
import { type SecondFactors, wrongCode } from './second-factor.ts'

/** The header in which a program hands on the code of its person. */
export const CODE_HEADER = 'airworthy-one-time-code'

export function createApprovals({
  isDemanded,
  secondFactor,
  ...deps
}: PeopleDeps & { isDemanded: boolean; secondFactor: SecondFactors }) {
  const { db, clock, actors, identify, sessions } = deps

  /** Throws unless a code was shown. */
  async function demand(approval: 'word' | 'decision', caller: Caller, headers: HeaderReader): Promise<void> {
    const actor = actors.getActor(caller.actor)
    if (actor.kind !== 'person') {
      if (approval === 'decision') return
      throw new Failure(
        'forbidden',
        'access.second-factor-person',
        `This is a person’s own word, and ${actor.name} is a ${actor.kind}. Sign in, or use a key of a person together with ${CODE_HEADER}.`,
      )
    }
    const session = caller.key === null ? identify.sessionOf(headers)?.session : undefined
    if (session?.confirmedAt && later(session.confirmedAt, CONFIRMED_MS) > clock()) return
    const code = headers.get(CODE_HEADER)
    if (code) {
      if (await secondFactor.verify(actor.id, new Secret(code))) return
      throw wrongCode()
    }
    if (!(await secondFactor.isActive(actor.id)))
      throw new Failure(
        'forbidden',
        'access.second-factor-missing',
        'Approving takes a second factor here, and you have none yet. Set up an authenticator app under Settings, or with `airworthy second-factor setup`.',
      )
    throw new Failure(
      'forbidden',
      'access.second-factor-needed',
      `Approving takes a code of your authenticator app. Enter it on the page, send it as ${CODE_HEADER}, or give it to the command with --code.`,
    )
  }

  return {
    isDemanded,
    /** The same handlers; those of routes that are approvals ask for the second factor first. */
    guard: (mounted: readonly Mounted[]): Mounted[] =>
      isDemanded ? mounted.map((one) => guarded(one, one.route.approval)) : [...mounted],

    /** Shows a code in a session, for what is approved within the next quarter of an hour. */
    async confirm(caller: Caller, headers: HeaderReader, code: Secret): Promise<string> {
      const session = caller.key === null ? identify.sessionOf(headers)?.session : undefined
      if (!session)
        throw new Failure(
          'conflict',
          'access.no-session',
          `Only a browser session can be confirmed. With a key, send the code with the request as ${CODE_HEADER}.`,
        )
      if (!(await secondFactor.verify(caller.actor, code))) throw wrongCode()
      const apply = await inTransaction(db, (tx) => sessions.confirm(tx, session))
      apply()
      return later(clock(), CONFIRMED_MS)
    },
  }

  function guarded({ route, handler }: Mounted, approval: RouteShape['approval']): Mounted {
    if (approval === undefined) return { route, handler }
    return {
      route,
      async handler(ask) {
        const { caller, request } = ask as { caller?: Caller; request: Request }
        if (caller) await demand(approval, caller, request.headers)
        return handler(ask)
      },
    }
  }
}

export type Approvals = ReturnType<typeof createApprovals>
