/** Signing in with a password: invitations, refusals that tell nothing, lock-outs, and what is kept of it all. */
import { afterAll, expect, test } from 'vitest'
import { DAY, MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { testBrowser } from '../testing/browser.ts'

const clock = stoppedClock('2026-03-01T08:00:00.000Z')
const airworthy = await testAirworthy({ clock, environment: { AIRWORTHY_PROXY_HOPS: '1' } })
const { client, url } = airworthy
afterAll(() => airworthy.close())

const GOOD = 'correct horse battery staple'
let people = 0
/** An address of its own for each test, so that none is refused for what another one tried. */
const newAddress = () => `203.0.113.${++people}`

async function invited(signInName = `person-${++people}@example.org`) {
  const actor = await client.createActor({ body: { name: `Person ${people}`, role: 'builder', signInName } })
  const { url: link } = await client.createInvitation({ body: { actor: actor.id } })
  return { actor, signInName, link, token: new URL(link).hash.slice(1) }
}

/** Somebody who has a password, and the browser that set it. */
async function withPassword() {
  const person = await invited()
  const browser = testBrowser(url, newAddress())
  await browser.client.acceptInvitation({ body: { token: person.token, password: GOOD } })
  return { ...person, browser }
}
const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ status, code, message }) => ({ status, code, message }),
  )

test('an invitation says for whom it is, sets a password and signs in, once, within three days', async () => {
  const { actor, signInName, link, token } = await invited()
  expect(link).toMatch(new RegExp(`^${url}/invitation#awi_[0-9a-z]{40}$`))
  const browser = testBrowser(url, newAddress())
  expect(await browser.client.readInvitation({ body: { token } })).toMatchObject({ name: actor.name, signInName })
  await browser.client.acceptInvitation({ body: { token, password: GOOD } })
  expect((await browser.client.getMe()).actor).toBe(actor.id)
  expect((await browser.client.listSessions()).items).toMatchObject([
    { method: 'password', device: 'Firefox on Linux' },
  ])
  const again = { status: 404, code: 'access.invitation-void' }
  expect(await failure(browser.client.acceptInvitation({ body: { token, password: GOOD } }))).toMatchObject(again)

  const late = await invited()
  clock.advance(3 * DAY)
  expect(await failure(browser.client.readInvitation({ body: { token: late.token } }))).toMatchObject(again)
  const first = await invited()
  const { url: second } = await client.createInvitation({ body: { actor: first.actor.id } })
  expect(await failure(browser.client.readInvitation({ body: { token: first.token } }))).toMatchObject(again)
  await browser.client.readInvitation({ body: { token: new URL(second).hash.slice(1) } })
})

test('name and password sign in, whatever the case of the name', async () => {
  const { actor, signInName } = await withPassword()
  const browser = testBrowser(url, newAddress())
  await browser.client.signInWithPassword({ body: { signInName: signInName.toUpperCase(), password: GOOD } })
  expect((await browser.client.getMe()).actor).toBe(actor.id)
  await browser.client.signOut()
  expect((await failure(browser.client.getMe()))?.status).toBe(401)
})

test('a name that nobody has, a wrong password and somebody without the right to act get the same answer', async () => {
  const known = await withPassword()
  const gone = await withPassword()
  await client.updateActor({ params: { actor: gone.actor.id }, body: { mayAct: false } })
  const bare = await invited()
  const answers = await Promise.all(
    [
      { signInName: known.signInName, password: 'wrong password altogether' },
      { signInName: 'nobody@example.org', password: GOOD },
      { signInName: gone.signInName, password: GOOD },
      { signInName: bare.signInName, password: GOOD },
    ].map(async (body) => {
      const response = await fetch(`${url}/api/v1/sessions`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'x-forwarded-for': newAddress() },
      })
      const headers = [...response.headers.keys()].sort()
      return { status: response.status, headers, text: await response.text() }
    }),
  )
  expect(answers[0]).toMatchObject({ status: 401, text: expect.stringContaining('access.sign-in-refused') })
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('the sixth attempt under a name is refused for a quarter of an hour, the right password included', async () => {
  const { signInName, actor } = await withPassword()
  const attempt = (password: string) =>
    failure(testBrowser(url, newAddress()).client.signInWithPassword({ body: { signInName, password } }))
  // All at once, so that counting after looking would let them through.
  const first = await Promise.all(Array.from({ length: 5 }, (_, n) => attempt(`wrong password number ${n}`)))
  expect(first.map((answer) => answer?.code)).toEqual(Array(5).fill('access.sign-in-refused'))
  const locked = await attempt(GOOD)
  expect(locked).toMatchObject({ status: 429, code: 'access.sign-in-locked' })
  expect(locked?.message).toMatch(/^Too many attempts under this name\. Try again after 2026-\S+Z, or ask an owner/)
  const unknown = `nobody-${people}@example.org`
  for (let n = 0; n < 5; n++)
    await failure(
      testBrowser(url, newAddress()).client.signInWithPassword({ body: { signInName: unknown, password: GOOD } }),
    )
  expect(
    await failure(
      testBrowser(url, newAddress()).client.signInWithPassword({ body: { signInName: unknown, password: GOOD } }),
    ),
  ).toEqual(locked)

  const { items } = await client.listAudit({ query: { action: 'access.refuse-sign-in', subject: actor.id } })
  expect(items).toHaveLength(5)
  expect(items[0]?.detail).toMatchObject({ why: 'password', device: 'Firefox on Linux' })
  const locks = await client.listAudit({ query: { action: 'access.lock-sign-in' } })
  expect(locks.items).toHaveLength(2)
  expect(JSON.stringify([...items, ...locks.items])).not.toMatch(/203\.0\.113|wrong password|nobody-/)

  clock.advance(15 * MINUTE)
  expect(await attempt(GOOD)).toBeUndefined()
})

test('thirty attempts from one address are refused, whatever names they try; others go on', async () => {
  const { signInName } = await withPassword()
  const address = newAddress()
  for (let n = 0; n < 30; n++)
    await failure(
      testBrowser(url, address).client.signInWithPassword({
        body: { signInName: `guess-${n}@example.org`, password: GOOD },
      }),
    )
  const body = { signInName, password: GOOD }
  expect(await failure(testBrowser(url, address).client.signInWithPassword({ body }))).toMatchObject({
    status: 429,
    code: 'access.sign-in-locked',
    message: expect.stringContaining('from this address'),
  })
  // What a client writes into the header itself stands further left, and does not count.
  expect(await failure(testBrowser(url, `198.51.100.9, ${address}`).client.signInWithPassword({ body }))).toMatchObject(
    { code: 'access.sign-in-locked' },
  )
  expect(await failure(testBrowser(url, newAddress()).client.signInWithPassword({ body }))).toBeUndefined()
}, 60_000)

test('one changes one’s password with the present one, and all other sessions end', async () => {
  const { signInName, browser } = await withPassword()
  const other = testBrowser(url, newAddress())
  await other.client.signInWithPassword({ body: { signInName, password: GOOD } })
  const next = 'a wholly different sentence'
  const change = (body: { current?: string; password: string }) => failure(browser.client.setPassword({ body }))
  expect(await change({ password: next })).toMatchObject({ status: 403, code: 'access.password-wrong' })
  expect(await change({ current: 'not the present one', password: next })).toMatchObject({
    code: 'access.password-wrong',
  })
  expect(await change({ current: GOOD, password: 'short' })).toMatchObject({
    status: 400,
    code: 'access.password-weak',
  })
  expect(await change({ current: GOOD, password: next })).toBeUndefined()
  await browser.client.getMe()
  expect((await failure(other.client.getMe()))?.status).toBe(401)
  expect((await failure(other.client.signInWithPassword({ body: { signInName, password: GOOD } })))?.code).toBe(
    'access.sign-in-refused',
  )
  await other.client.signInWithPassword({ body: { signInName, password: next } })
})

test('whoever came by link gives themself a name and a password', async () => {
  const actor = await client.createActor({ body: { name: 'By link', role: 'viewer' } })
  const { url: link } = await client.createSignInLink({ body: { actor: actor.id } })
  const browser = testBrowser(url, newAddress())
  await browser.go(link)
  expect(await failure(browser.client.setPassword({ body: { password: GOOD } }))).toMatchObject({
    code: 'access.sign-in-name-missing',
  })
  await browser.client.setPassword({ body: { password: GOOD, signInName: 'by-link' } })
  await testBrowser(url, newAddress()).client.signInWithPassword({ body: { signInName: 'by-link', password: GOOD } })
  expect(await failure(client.createInvitation({ body: { actor: (await client.getMe()).actor } }))).toMatchObject({
    code: 'access.not-invitable',
  })
})

test('a page of somebody else can sign nobody in', async () => {
  const { signInName } = await withPassword()
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const response = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ signInName, password: GOOD }),
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'api.origin-refused' })
    expect(response.headers.get('set-cookie')).toBeNull()
  }
})

test('there is no password until somebody set one, and no row holds one', async () => {
  const fresh = await testAirworthy()
  try {
    expect(await fresh.client.listSignInMethods()).toEqual({ password: false, oidc: null })
  } finally {
    await fresh.close()
  }
  const { link } = await withPassword()
  const dump = await airworthy.rowsOf(['passwords', 'invitations', 'sign_in_attempts', 'sessions', 'audit_entries'])
  expect(dump).toContain('$argon2id$')
  for (const text of [GOOD, new URL(link).hash.slice(5)]) expect(dump).not.toContain(text)
  expect(dump).not.toMatch(/203\.0\.113/)
})
