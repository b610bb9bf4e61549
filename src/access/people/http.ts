/** Handlers of the routes of signing in. */
import { Failure } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { SECOND } from '../../kernel/time.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { demandUnbound } from '../bound-key.ts'
import * as contract from './contract.ts'
import { CALLBACK_PATH, OIDC_COOKIE, OIDC_MS } from './oidc.ts'
import type { SignedIn } from './passwords.ts'
import type { People } from './people.ts'
import { visitorOf } from './visitor.ts'

export function peopleHttp(people: People): Mounted[] {
  const { passwords, secondFactor, approvals, sessions, signOn } = people
  const visitor = (request: Request) => visitorOf(request, people.proxyHops)

  return [
    handle(contract.listSignInMethods, async () =>
      reply(200, { password: await passwords.hasAny(), oidc: signOn ? { name: signOn.oidc.settings.name } : null }),
    ),
    handle(contract.signInWithPassword, async ({ body, request }) => {
      const { signInName, password, code } = body
      return welcome(
        await passwords.signIn({
          signInName,
          password: new Secret(password),
          code: secretOf(code),
          visitor: visitor(request),
        }),
      )
    }),
    handle(contract.setPassword, async ({ body, caller, request: { headers } }) => {
      demandUnbound(caller)
      await passwords.setPassword({
        actor: caller.actor,
        current: secretOf(body.current),
        password: new Secret(body.password),
        signInName: body.signInName,
        endOthers: () => sessions.endOthers({ of: caller.actor, headers, by: caller.actor }),
      })
      return reply(204, null)
    }),
    handle(contract.createInvitation, async ({ body, caller }) => {
      demandUnbound(caller)
      const { url, expiresAt } = await passwords.invite({ actor: body.actor, by: caller.actor })
      return reply(201, { url: url.reveal(), expiresAt })
    }),
    handle(contract.readInvitation, async ({ body }) => {
      const { actor, expiresAt } = await passwords.readInvitation(new Secret(body.token))
      return reply(200, { name: actor.name, signInName: actor.signInName ?? '', expiresAt })
    }),
    handle(contract.acceptInvitation, async ({ body, request }) =>
      welcome(
        await passwords.acceptInvitation({
          token: new Secret(body.token),
          password: new Secret(body.password),
          visitor: visitor(request),
        }),
      ),
    ),

    handle(contract.beginSignOn, async () => {
      const { url, kept } = await demandSignOn().oidc.begin()
      return leadTo(url, [oidcCookie(kept, OIDC_MS / SECOND)])
    }),
    handle(contract.finishSignOn, async ({ request }) => {
      const { oidc, signIn } = demandSignOn()
      try {
        const { search } = new URL(request.url)
        const { opened } = await signIn(await oidc.finish(search, cookieOf(request)), visitor(request))
        return leadTo('/', [opened.cookie.reveal(), oidcCookie('', 0)])
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        await people.noteRefusal({ failure: thrown, visitor: visitor(request) })
        // The page says what it means; nothing of the issuer's words goes into an address.
        return leadTo(`/?refused=${thrown.code}`, [oidcCookie('', 0)])
      }
    }),

    handle(contract.getSecondFactor, async ({ caller }) =>
      reply(200, {
        ...(await secondFactor.status(caller.actor)),
        demanded: approvals.isDemanded,
        password: await passwords.has(caller.actor),
      }),
    ),
    handle(contract.beginSecondFactor, async ({ body, caller }) => {
      demandUnbound(caller)
      const { secret, uri } = await secondFactor.begin(caller.actor, secretOf(body.code))
      return reply(201, { secret: secret.reveal(), uri: uri.reveal() })
    }),
    handle(contract.confirmSecondFactor, async ({ body, caller }) => {
      demandUnbound(caller)
      const codes = await secondFactor.confirm(caller.actor, new Secret(body.code))
      return reply(201, { recoveryCodes: codes.map((code) => code.reveal()) })
    }),
    handle(contract.removeSecondFactor, async ({ body, caller }) => {
      demandUnbound(caller)
      await secondFactor.remove({ of: caller.actor, by: caller.actor, code: secretOf(body.code) })
      return reply(204, null)
    }),
    handle(contract.resetSecondFactor, async ({ params, caller }) => {
      demandUnbound(caller)
      await secondFactor.remove({ of: params.actor, by: caller.actor })
      return reply(204, null)
    }),
    handle(contract.confirmSession, async ({ body, caller, request }) =>
      reply(201, { until: await approvals.confirm(caller, request.headers, new Secret(body.code)) }),
    ),
  ]

  function demandSignOn() {
    if (signOn) return signOn
    throw new Failure(
      'unknown',
      'access.oidc-not-set-up',
      'No sign-on of an organisation is set up here. AIRWORTHY_OIDC_ISSUER and AIRWORTHY_OIDC_CLIENT_ID name one.',
    )
  }

  function oidcCookie(value: string, seconds: number): string {
    const secure = people.publicUrl().startsWith('https:') ? '; Secure' : ''
    // Lax: the browser comes back from another site, and this one cookie must come along.
    return `${OIDC_COOKIE}=${value}; Path=${CALLBACK_PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
  }
}

const secretOf = (text: string | undefined): Secret | undefined => (text === undefined ? undefined : new Secret(text))

const welcome = ({ actor, opened }: SignedIn): Response =>
  Response.json(
    { actor: actor.id, name: actor.name, role: actor.role },
    { status: 201, headers: { 'set-cookie': opened.cookie.reveal(), 'cache-control': 'no-store' } },
  )

function leadTo(location: string, cookies: readonly string[]): Response {
  const response = new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

function cookieOf(request: Request): string | undefined {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === OIDC_COOKIE && value) return value
  }
  return undefined
}
