/**
 * The organisation's own sign-on: OpenID Connect's authorization code flow with PKCE, state and nonce.
 *
 * What must be known again when the browser comes back lies encrypted in a cookie of that browser, so that nobody can
 * be signed in by a link that somebody else began, and nothing has to be kept or swept.
 */
import { createHash } from 'node:crypto'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client'
import { z } from 'zod'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { hide } from '../../kernel/hide.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import { createSeal } from '../../kernel/seal.ts'
import type { Secret } from '../../kernel/secret.ts'
import { type Clock, Instant, later, MINUTE } from '../../kernel/time.ts'
import { createOutwardFetch } from '../../wire/outward-fetch.ts'
import { type Claimed, type OidcSettings, readClaims } from './claims.ts'

export const OIDC_COOKIE = 'airworthy_sign_on'
export const CALLBACK_PATH = '/sign-in/oidc/callback'
/** How long somebody may take at the issuer. */
export const OIDC_MS = 10 * MINUTE
const ISSUER_SECONDS = 10
const guarded = createOutwardFetch()

const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: Instant })

export type Oidc = {
  readonly settings: OidcSettings
  /** Where the browser goes, and what its cookie keeps meanwhile. */
  begin(): Promise<{ url: string; kept: string }>
  /** Who came back. Throws `access.oidc-refused` when it is not who left, or the issuer says no. */
  finish(search: string, kept: string | undefined): Promise<Claimed>
}

export function createOidc({
  settings,
  masterKey,
  random,
  clock,
  publicUrl,
}: {
  settings: OidcSettings
  masterKey: Secret
  random: RandomBytes
  clock: Clock
  publicUrl: () => string
}): Oidc {
  const seal = createSeal({ masterKey, purpose: 'access.oidc', random })
  let known: Promise<Configuration> | undefined

  /** Asked once; an issuer that did not answer is asked again the next time. */
  function configuration(): Promise<Configuration> {
    known ??= readIssuer(settings).catch((cause: unknown) => {
      known = undefined
      throw new Failure(
        'unavailable',
        'access.oidc-unreachable',
        `The sign-on at ${settings.issuer} does not answer (${messageOf(cause)}). Try again, or sign in another way.`,
        { cause },
      )
    })
    return known
  }

  const newText = () => Buffer.from(random(32)).toString('base64url')
  const redirectUri = () => new URL(CALLBACK_PATH, publicUrl()).href

  return {
    settings,
    async begin() {
      const config = await configuration()
      const [state, nonce, verifier] = [newText(), newText(), newText()]
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri(),
        response_type: 'code',
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      })
      const kept = seal.close(JSON.stringify({ state, nonce, verifier, until: later(clock(), OIDC_MS) }))
      return { url: url.href, kept }
    },

    async finish(search, sealed) {
      const kept = readKept(sealed)
      if (!kept || kept.until <= clock())
        throw refused('This browser did not begin to sign in here, or took longer than ten minutes. Begin again.')
      const config = await configuration()
      try {
        const tokens = await authorizationCodeGrant(config, new URL(`${CALLBACK_PATH}${search}`, publicUrl()), {
          pkceCodeVerifier: kept.verifier,
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('there is no ID token')
        const isRoleTold = readClaims(claims, { ...settings, defaultRole: undefined }).role !== undefined
        // Many issuers tell groups only where they are asked for them.
        const more =
          !isRoleTold && config.serverMetadata().userinfo_endpoint
            ? await fetchUserInfo(config, tokens.access_token, claims.sub)
            : {}
        return readClaims({ ...more, ...claims }, settings)
      } catch (cause) {
        throw refused(`The sign-on did not go through: ${reasonOf(cause, settings.clientSecret)}. Begin again.`, cause)
      }
    },
  }

  function readKept(sealed: string | undefined): z.infer<typeof Kept> | undefined {
    if (!sealed) return undefined
    try {
      return Kept.parse(JSON.parse(seal.open(sealed)))
    } catch {
      return undefined
    }
  }
}

async function readIssuer(settings: OidcSettings): Promise<Configuration> {
  const { issuer, clientId } = settings
  const secret = settings.clientSecret?.reveal()
  const isLoopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(issuer)
  // Left to itself the library trusts the connection to the issuer in place of the token's signature.
  const execute = [enableNonRepudiationChecks, ...(isLoopback ? [allowInsecureRequests] : [])]
  const found = await discovery(new URL(issuer), clientId, secret, None(), {
    execute,
    timeout: ISSUER_SECONDS,
    [customFetch]: guarded,
  })
  const server = found.serverMetadata()
  // RFC 8414: an issuer that does not say takes the secret in the Authorization header.
  const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const authentication =
    secret === undefined
      ? None()
      : ways.includes('client_secret_basic')
        ? ClientSecretBasic(secret)
        : ClientSecretPost(secret)
  const config = new Configuration(server, clientId, secret, authentication)
  config.timeout = ISSUER_SECONDS
  config[customFetch] = guarded
  for (const change of execute) change(config)
  return config
}

const refused = (message: string, cause?: unknown) =>
  new Failure('forbidden', 'access.oidc-refused', message, cause === undefined ? {} : { cause })

/** What the issuer said, without what a token may hold. */
function reasonOf(thrown: unknown, clientSecret: Pick<Secret, 'reveal'> | undefined): string {
  const { error, error_description: description, code, message } = thrown as Record<string, unknown>
  const told = [error, description].filter((part) => typeof part === 'string').join(', ')
  const text = told || String(code ?? message ?? 'no reason was given')
  return hide(text, clientSecret)
    .replace(/[^\x20-\x7e]/g, ' ')
    .slice(0, 200)
}
