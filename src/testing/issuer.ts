/**
 * An OpenID Connect issuer for tests, on a port of this machine: it signs with a key of its own, holds to PKCE, and
 * lies on demand. Its person is signed in there already, so that its page of consent is a redirect.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { secureBytes } from '../kernel/random.ts'
import { epochMs, systemClock } from '../kernel/time.ts'

type Grant = { challenge: string; nonce: string; redirectUri: string }

export type TestIssuer = {
  readonly url: string
  /** What the next tokens claim; `sub` is the person. */
  claims: JWTPayload
  /** What only the userinfo endpoint tells. */
  userinfo: Record<string, unknown>
  /** What goes into the next ID token in place of the truth. */
  lie: { nonce?: string; audience?: string; issuer?: string; isForeignKey?: boolean; expired?: boolean }
  /** Verifiers and client secrets that came to the token endpoint. */
  readonly seen: { verifier: string; authorization: string | undefined }[]
  close(): Promise<void>
}

export async function startIssuer({
  clientId,
  clientSecret,
}: {
  clientId: string
  clientSecret: string
}): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const { privateKey: foreignKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const grants = new Map<string, Grant>()
  const issuer = { claims: { sub: 'ada' }, userinfo: {}, lie: {}, seen: [] } as unknown as Mutable<TestIssuer>

  const server = createServer((request, response) => {
    void answer(request, response).catch((thrown) => {
      response.writeHead(500).end(String(thrown))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  issuer.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer.url)
    if (pathname === '/.well-known/openid-configuration') return json(response, metadata())
    if (pathname === '/jwks') return json(response, { keys: [jwk] })
    if (pathname === '/userinfo') return json(response, { sub: issuer.claims.sub, ...issuer.userinfo })
    if (pathname === '/authorize') return authorize(searchParams, response)
    if (pathname === '/token') return token(await formOf(request), request, response)
    response.writeHead(404).end()
  }

  const metadata = () => ({
    issuer: issuer.url,
    authorization_endpoint: `${issuer.url}/authorize`,
    token_endpoint: `${issuer.url}/token`,
    jwks_uri: `${issuer.url}/jwks`,
    userinfo_endpoint: `${issuer.url}/userinfo`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  })

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const asked = (name: string) => query.get(name) ?? ''
    if (asked('client_id') !== clientId || asked('code_challenge_method') !== 'S256') {
      response.writeHead(400).end('not this client, or no PKCE')
      return
    }
    const code = newText()
    grants.set(code, { challenge: asked('code_challenge'), nonce: asked('nonce'), redirectUri: asked('redirect_uri') })
    const back = new URL(asked('redirect_uri'))
    back.search = new URLSearchParams({ code, state: asked('state') }).toString()
    response.writeHead(302, { location: back.href }).end()
  }

  async function token(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization } = request.headers
    const verifier = form.get('code_verifier') ?? ''
    issuer.seen.push({ verifier, authorization })
    const grant = grants.get(form.get('code') ?? '')
    grants.delete(form.get('code') ?? '')
    const isRight =
      grant &&
      clientOf(authorization) === `${clientId}:${clientSecret}` &&
      grant.redirectUri === form.get('redirect_uri') &&
      createHash('sha256').update(verifier).digest('base64url') === grant.challenge
    if (!isRight) return json(response, { error: 'invalid_grant' }, 400)
    const { lie } = issuer
    const now = Math.floor(epochMs(systemClock()) / 1000)
    const idToken = await new SignJWT({ ...issuer.claims, nonce: lie.nonce ?? grant.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(lie.issuer ?? issuer.url)
      .setAudience(lie.audience ?? clientId)
      .setIssuedAt(lie.expired ? now - 7200 : now)
      .setExpirationTime(lie.expired ? now - 3600 : now + 300)
      .sign(lie.isForeignKey ? foreignKey : privateKey)
    json(response, {
      access_token: newText(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken,
    })
  }

  return issuer
}

const newText = () => Buffer.from(secureBytes(16)).toString('hex')

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] }

function json(response: ServerResponse, value: unknown, status = 200): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(value))
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}

/** RFC 6749, section 2.3.1: name and secret are form-encoded before they are put together. */
function clientOf(authorization = ''): string {
  const text = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString()
  return text
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
    .join(':')
}
