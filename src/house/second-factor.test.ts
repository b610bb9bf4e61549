/** The authenticator app: setting it up, approving with it, losing it. The installation of this test demands it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient, type Role } from '../../sdk/index.ts'
import { MINUTE, SECOND, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { codeOf, fromBase32 } from '../testing/authenticator.ts'
import { testBrowser } from '../testing/browser.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-03-01T08:00:00.000Z')
const airworthy = await testAirworthy({ clock, environment: { AIRWORTHY_SECOND_FACTOR: 'approvals' } })
const { client, url } = airworthy
afterAll(() => airworthy.close())

let release = ''
beforeAll(async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  release = (await client.freezeRelease({ params: { name: 'parcels' }, body: {} })).body.id
})

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ status, code, message }) => ({ status, code, message }),
  )

/** What the app shows now; the clock is moved on first, because a code is taken once. */
function nextCode(secret: string): string {
  clock.advance(30 * SECOND)
  return codeOf(secret, clock())
}

let people = 0
async function person(role: Role = 'approver') {
  const actor = await client.createActor({ body: { name: `Person ${++people}`, role } })
  const { url: link } = await client.createSignInLink({ body: { actor: actor.id } })
  const browser = testBrowser(url)
  await browser.go(link)
  return { actor, browser: browser.client }
}

async function withApp(role?: Role) {
  const one = await person(role)
  const { secret, uri } = await one.browser.beginSecondFactor({ body: {} })
  const { recoveryCodes } = await one.browser.confirmSecondFactor({ body: { code: nextCode(secret) } })
  return { ...one, secret, uri, recoveryCodes }
}

/** Each of the three acts of approval, on something that is there or not: who may is asked first. */
const ACTS: readonly (readonly [string, (as: Client) => Promise<unknown>])[] = [
  ['promoting', (as) => as.promoteRelease({ params: { id: release }, body: { into: 'poc' } })],
  [
    'attesting',
    (as) =>
      as.attestEvidence({
        body: { release, check: 'no.such-check', duty: 'risk', reason: 'I have read it with Grace.' },
      }),
  ],
  [
    'deciding a waiver',
    (as) => as.decideWaiver({ params: { id: `wai_${'0'.repeat(26)}` }, body: { decision: 'grant' } }),
  ],
]

test('an app is set up with a secret as text and as an address, and counts from its first code on', async () => {
  const { browser } = await person()
  expect(await browser.getSecondFactor()).toMatchObject({ state: 'none', demanded: true, recoveryCodesLeft: 0 })
  const { secret, uri } = await browser.beginSecondFactor({ body: {} })
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(uri).toBe(
    `otpauth://totp/Airworthy%20127.0.0.1:Person%20${people}?secret=${secret}&issuer=Airworthy%20127.0.0.1&algorithm=SHA1&digits=6&period=30`,
  )
  expect(await browser.getSecondFactor()).toMatchObject({ state: 'pending' })
  expect(await failure(browser.confirmSecondFactor({ body: { code: '000000' } }))).toMatchObject({
    status: 403,
    code: 'access.code-wrong',
  })
  const { recoveryCodes } = await browser.confirmSecondFactor({ body: { code: nextCode(secret) } })
  expect(new Set(recoveryCodes).size).toBe(10)
  for (const code of recoveryCodes) expect(code).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}$/)
  expect(await browser.getSecondFactor()).toMatchObject({ state: 'active', since: clock(), recoveryCodesLeft: 10 })
})

test.for(ACTS)('%s takes an app, then a code, and no code for a quarter of an hour after', async ([, act]) => {
  const bare = await person()
  expect(await failure(act(bare.browser))).toMatchObject({ status: 403, code: 'access.second-factor-missing' })

  const { browser, secret } = await withApp()
  expect(await failure(act(browser))).toMatchObject({ status: 403, code: 'access.second-factor-needed' })
  expect(await failure(browser.confirmSession({ body: { code: '123456' } }))).toMatchObject({
    code: 'access.code-wrong',
  })
  await browser.confirmSession({ body: { code: nextCode(secret) } })
  expect((await failure(act(browser)))?.code ?? '').not.toMatch(/second-factor|code/)
  clock.advance(15 * MINUTE - 1)
  expect((await failure(act(browser)))?.code ?? '').not.toMatch(/second-factor|code/)
  clock.advance(1)
  expect(await failure(act(browser))).toMatchObject({ code: 'access.second-factor-needed' })
})

test('a key of a person approves with a code in the header, each code once', async () => {
  const { actor, secret } = await withApp('builder')
  const { secret: token } = await client.createKey({ body: { name: 'cli', role: 'builder', actor: actor.id } })
  const as = createClient({ baseUrl: url, token })
  const promote = (oneTimeCode?: string) =>
    failure(
      as.promoteRelease(
        { params: { id: release }, body: { into: 'poc' } },
        oneTimeCode === undefined ? {} : { oneTimeCode },
      ),
    )
  expect(await promote()).toMatchObject({ code: 'access.second-factor-needed' })
  const code = nextCode(secret)
  expect(await promote(code)).toBeUndefined()
  expect(await promote(code)).toMatchObject({ status: 403, code: 'access.code-wrong' })
})

test('a program promotes where a gate decides, and gives no word of a person', async () => {
  const { secret: token } = await client.createKey({ body: { name: 'ci', role: 'approver' } })
  const program = createClient({ baseUrl: url, token })
  const answers = await Promise.all(ACTS.map(([, act]) => failure(act(program))))
  expect(answers.map((answer) => answer?.code)).toEqual([
    undefined,
    'access.second-factor-person',
    'access.second-factor-person',
  ])
  expect(await failure(program.beginSecondFactor({ body: {} }))).toMatchObject({ code: 'access.second-factor-person' })
})

test('five wrong codes lock the person’s codes for a quarter of an hour, and the log says so', async () => {
  const { actor, browser, secret } = await withApp()
  for (let n = 0; n < 5; n++)
    expect((await failure(browser.confirmSession({ body: { code: `00000${n}` } })))?.code).toBe('access.code-wrong')
  expect(await failure(browser.confirmSession({ body: { code: nextCode(secret) } }))).toMatchObject({
    status: 429,
    code: 'access.sign-in-locked',
  })
  const { items } = await client.listAudit({ query: { action: 'access.refuse-code', subject: actor.id } })
  expect(items).toHaveLength(5)
  clock.advance(15 * MINUTE)
  await browser.confirmSession({ body: { code: nextCode(secret) } })
})

test('a recovery code works once, in place of the app, and the log says so', async () => {
  const { actor, browser, recoveryCodes } = await withApp()
  const code = recoveryCodes[3] ?? ''
  await browser.confirmSession({ body: { code: code.toUpperCase() } })
  expect(await failure(browser.confirmSession({ body: { code } }))).toMatchObject({ code: 'access.code-wrong' })
  expect(await browser.getSecondFactor()).toMatchObject({ recoveryCodesLeft: 9 })
  const { items } = await client.listAudit({ query: { action: 'access.use-recovery-code', subject: actor.id } })
  expect(items).toHaveLength(1)
})

test('an app is replaced or taken away with its own code alone; an owner helps who has lost everything', async () => {
  const { actor, browser, secret } = await withApp()
  expect(await failure(browser.beginSecondFactor({ body: {} }))).toMatchObject({ code: 'access.code-wrong' })
  expect(await failure(browser.removeSecondFactor({ body: {} }))).toMatchObject({ code: 'access.code-wrong' })
  const { secret: next } = await browser.beginSecondFactor({ body: { code: nextCode(secret) } })
  expect(await browser.getSecondFactor()).toMatchObject({ state: 'pending' })
  await browser.confirmSecondFactor({ body: { code: nextCode(next) } })
  expect(await failure(browser.confirmSession({ body: { code: nextCode(secret) } }))).toMatchObject({
    code: 'access.code-wrong',
  })
  await client.resetSecondFactor({ params: { actor: actor.id } })
  expect(await browser.getSecondFactor()).toMatchObject({ state: 'none', recoveryCodesLeft: 0 })
})

test('who signs in with a password shows a code along with it, and may approve at once', async () => {
  const actor = await client.createActor({ body: { name: 'With both', role: 'approver', signInName: 'both' } })
  const { url: link } = await client.createInvitation({ body: { actor: actor.id } })
  const first = testBrowser(url).client
  const password = 'correct horse battery staple'
  await first.acceptInvitation({ body: { token: new URL(link).hash.slice(1), password } })
  const { secret } = await first.beginSecondFactor({ body: {} })
  await first.confirmSecondFactor({ body: { code: nextCode(secret) } })

  const second = testBrowser(url).client
  const signIn = (code?: string) =>
    failure(second.signInWithPassword({ body: { signInName: 'both', password, ...(code && { code }) } }))
  expect(await signIn()).toMatchObject({ status: 401, code: 'access.code-needed' })
  expect(await signIn('000000')).toMatchObject({ status: 403, code: 'access.code-wrong' })
  expect(await signIn(nextCode(secret))).toBeUndefined()
  const promote = ACTS[0]?.[1]
  expect(await failure(promote?.(second) ?? Promise.reject())).toBeUndefined()
})

test('no row holds a secret or a recovery code in clear', async () => {
  const { secret, recoveryCodes } = await withApp()
  const dump = await airworthy.rowsOf(['second_factors', 'recovery_codes', 'audit_entries'])
  expect(dump.length).toBeGreaterThan(1000)
  const bytes = fromBase32(secret)
  for (const text of [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...recoveryCodes.flatMap((code) => [code, code.replace('-', '')]),
  ])
    expect(dump).not.toContain(text)
})

test('where it is not demanded, nobody is asked for it', async () => {
  const other = await testAirworthy()
  try {
    await other.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
    const { body } = await other.client.freezeRelease({ params: { name: 'parcels' }, body: {} })
    const answer = await other.client.promoteRelease({ params: { id: body.id }, body: { into: 'poc' } })
    expect(answer.status).toBe(409)
    expect(await other.client.getSecondFactor()).toMatchObject({ demanded: false })
  } finally {
    await other.close()
  }
})
