/** The organisation's sign-on, against an issuer on this machine: PKCE, state, nonce, roles by claims, and lies. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { type TestBrowser, testBrowser } from '../testing/browser.ts'
import { startIssuer } from '../testing/issuer.ts'

const CLIENT = { clientId: 'airworthy', clientSecret: 'a secret of the client' }
const issuer = await startIssuer(CLIENT)
const airworthy = await testAirworthy({
  environment: {
    AIRWORTHY_OIDC_ISSUER: issuer.url,
    AIRWORTHY_OIDC_CLIENT_ID: CLIENT.clientId,
    AIRWORTHY_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    AIRWORTHY_OIDC_NAME: 'Example Works',
    AIRWORTHY_OIDC_ROLES: 'ml-leads=owner,reviewers=approver,ml-team=builder',
  },
})
const { client, url } = airworthy
afterAll(async () => {
  await airworthy.close()
  await issuer.close()
})

let people = 0
beforeEach(() => {
  issuer.claims = { sub: `person-${++people}`, name: `Person ${people}`, groups: ['ml-team'] }
  issuer.userinfo = {}
  issuer.lie = {}
})

/** Goes to the issuer and comes back, as a browser does; returns where it was led in the end. */
async function signOn(browser: TestBrowser): Promise<string> {
  const out = await browser.go(`${url}/sign-in/oidc`)
  expect(out.status).toBe(303)
  const back = await fetch(out.headers.get('location') ?? '', { redirect: 'manual' })
  const home = await browser.go(back.headers.get('location') ?? '')
  return home.headers.get('location') ?? String(home.status)
}
const me = (browser: TestBrowser) => browser.client.getMe()

test('a person of the organisation is signed in with the role of their group, by code, PKCE, state and nonce', async () => {
  expect(await client.listSignInMethods()).toMatchObject({ oidc: { name: 'Example Works' } })
  const browser = testBrowser(url)
  const out = await browser.go(`${url}/sign-in/oidc`)
  const asked = new URL(out.headers.get('location') ?? '')
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'airworthy',
    redirect_uri: `${url}/sign-in/oidc/callback`,
    scope: 'openid profile email',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(out.headers.get('set-cookie')).toMatch(
    /^airworthy_sign_on=[\w-]+; Path=\/sign-in\/oidc\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/,
  )
  expect(await signOn(browser)).toBe('/')
  expect(await me(browser)).toMatchObject({ name: `Person ${people}`, role: 'builder', key: null })
  expect([...browser.cookies.keys()]).toEqual(['airworthy_session'])
  expect((await browser.client.listSessions()).items).toMatchObject([{ method: 'oidc' }])
  const { verifier } = issuer.seen.at(-1) ?? {}
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(asked.href).not.toContain(verifier)
})

test('the same person is the same person again, and the role follows the groups', async () => {
  const browser = testBrowser(url)
  await signOn(browser)
  const { actor } = await me(browser)
  issuer.claims = { ...issuer.claims, groups: ['reviewers', 'ml-team'] }
  const later = testBrowser(url)
  await signOn(later)
  expect(await me(later)).toMatchObject({ actor, role: 'approver' })
  expect(await me(browser)).toMatchObject({ actor, role: 'approver' })
  const { items } = await client.listAudit({ query: { subject: actor, action: 'access.change-actor' } })
  expect(items[0]?.detail).toEqual({ role: { before: 'builder', after: 'approver' } })
})

test('who has no group that counts is refused, and what they had open ends', async () => {
  const browser = testBrowser(url)
  await signOn(browser)
  issuer.claims = { ...issuer.claims, groups: ['canteen'] }
  expect(await signOn(testBrowser(url))).toBe('/?refused=access.oidc-no-role')
  await expect(me(browser)).rejects.toMatchObject({ status: 401 })
  issuer.claims = { sub: 'stranger' }
  expect(await signOn(testBrowser(url))).toBe('/?refused=access.oidc-no-role')
  const { items } = await client.listAudit({ query: { action: 'access.refuse-sign-in', limit: 1 } })
  expect(items).toMatchObject([{ detail: { why: 'access.oidc-no-role', device: 'Firefox on Linux' } }])
})

test('groups that only the userinfo endpoint tells are asked for', async () => {
  issuer.claims = { sub: issuer.claims.sub ?? '', name: 'Quiet' }
  issuer.userinfo = { groups: ['ml-leads'] }
  const browser = testBrowser(url)
  expect(await signOn(browser)).toBe('/')
  expect(await me(browser)).toMatchObject({ role: 'owner' })
})

test('a verified address joins the person who is here already, so that one human is not two', async () => {
  const ada = await client.createActor({ body: { name: 'Ada', role: 'viewer', signInName: 'ada@example.org' } })
  issuer.claims = { ...issuer.claims, email: 'Ada@Example.org', email_verified: true }
  const browser = testBrowser(url)
  await signOn(browser)
  expect(await me(browser)).toMatchObject({ actor: ada.id, role: 'builder' })
  issuer.claims = { ...issuer.claims, sub: 'another-subject' }
  expect(await signOn(testBrowser(url))).toBe('/?refused=access.oidc-name-taken')
})

test('an address that is not verified joins nobody', async () => {
  const grace = await client.createActor({ body: { name: 'Grace', role: 'owner', signInName: 'grace@example.org' } })
  issuer.claims = { ...issuer.claims, email: 'grace@example.org', email_verified: false }
  const browser = testBrowser(url)
  await signOn(browser)
  const { actor, role } = await me(browser)
  expect(actor).not.toBe(grace.id)
  expect(role).toBe('builder')
})

test('who may not act any more does not come in by the sign-on either', async () => {
  const browser = testBrowser(url)
  await signOn(browser)
  const { actor } = await me(browser)
  await client.updateActor({ params: { actor }, body: { mayAct: false } })
  expect(await signOn(testBrowser(url))).toBe('/?refused=access.actor-disabled')
})

test.for([
  ['another nonce', { nonce: 'not-the-one' }],
  ['another audience', { audience: 'somebody-else' }],
  ['another issuer', { issuer: 'https://evil.example' }],
  ['a signature of another key', { isForeignKey: true }],
  ['an end that has passed', { expired: true }],
] as const)('a token with %s signs nobody in', async ([, lie]) => {
  issuer.lie = lie
  const browser = testBrowser(url)
  expect(await signOn(browser)).toBe('/?refused=access.oidc-refused')
  await expect(me(browser)).rejects.toMatchObject({ status: 401 })
})

test('an answer is worth nothing in another browser, with another state, or a second time', async () => {
  const [one, other] = [testBrowser(url), testBrowser(url)]
  const begin = async (browser: TestBrowser) => {
    const out = await browser.go(`${url}/sign-in/oidc`)
    const back = await fetch(out.headers.get('location') ?? '', { redirect: 'manual' })
    return back.headers.get('location') ?? ''
  }
  const ones = await begin(one)
  // Somebody else's answer, planted in a browser: with no sign-on begun, and with one of its own under way.
  expect((await other.go(ones)).headers.get('location')).toBe('/?refused=access.oidc-refused')
  await begin(other)
  expect((await other.go(ones)).headers.get('location')).toBe('/?refused=access.oidc-refused')
  await expect(me(other)).rejects.toMatchObject({ status: 401 })

  const kept = one.cookies.get('airworthy_sign_on') ?? ''
  expect((await one.go(ones)).headers.get('location')).toBe('/')
  const again = await fetch(ones, { redirect: 'manual', headers: { cookie: `airworthy_sign_on=${kept}` } })
  expect(again.headers.get('location')).toBe('/?refused=access.oidc-refused')
  expect(again.headers.getSetCookie().join()).not.toContain('airworthy_session')
})

test('what the issuer says goes into no address, and no token into the log', async () => {
  const browser = testBrowser(url)
  await browser.go(`${url}/sign-in/oidc`)
  const answer = await browser.go(
    `${url}/sign-in/oidc/callback?error=access_denied&error_description=%0d%0aSet-Cookie:x&state=x`,
  )
  expect(answer.headers.get('location')).toBe('/?refused=access.oidc-refused')
  const { items } = await client.listAudit({ query: { limit: 1000 } })
  expect(JSON.stringify(items)).not.toMatch(/Set-Cookie|eyJ|access_token/)
})

test('without a sign-on, or while its issuer is gone, that is what is said', async () => {
  const none = await testAirworthy()
  try {
    const response = await fetch(`${none.url}/sign-in/oidc`, { redirect: 'manual' })
    expect(await response.json()).toMatchObject({ status: 404, code: 'access.oidc-not-set-up' })
  } finally {
    await none.close()
  }
  const gone = await testAirworthy({
    environment: {
      AIRWORTHY_OIDC_ISSUER: 'http://127.0.0.1:9',
      AIRWORTHY_OIDC_CLIENT_ID: 'airworthy',
      AIRWORTHY_OIDC_DEFAULT_ROLE: 'viewer',
    },
  })
  try {
    const response = await fetch(`${gone.url}/sign-in/oidc`, { redirect: 'manual' })
    expect(await response.json()).toMatchObject({ status: 503, code: 'access.oidc-unreachable' })
  } finally {
    await gone.close()
  }
})
