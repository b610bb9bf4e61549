/** Browser sessions: how they end, who sees them, and who may end whose. */
import { afterAll, expect, test } from 'vitest'
import { type Client, createClient, type Role } from '../../sdk/index.ts'
import { HOUR, MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'

const clock = stoppedClock('2026-03-01T08:00:00.000Z')
const airworthy = await testAirworthy({
  clock,
  environment: { AIRWORTHY_SESSION_HOURS: '8', AIRWORTHY_SESSION_IDLE_MINUTES: '30' },
})
const { client, url } = airworthy
afterAll(() => airworthy.close())

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

async function person(name: string, role: Role) {
  return client.createActor({ body: { name, role } })
}

/** A browser of a person: signs in by link and asks with its cookie from then on. */
async function browser(actor: string, userAgent = FIREFOX): Promise<Client> {
  const link = await client.createSignInLink({ body: { actor } })
  const signedIn = await fetch(link.url, { redirect: 'manual', headers: { 'user-agent': userAgent } })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(cookie).toMatch(/^airworthy_session=aws_/)
  return createClient({
    baseUrl: url,
    retries: 0,
    fetch: (request) => {
      const asked = request as Request
      asked.headers.set('cookie', cookie)
      asked.headers.set('origin', url)
      return fetch(asked)
    },
  })
}
const refused = { status: 401, code: 'access.key-missing' }

test('a session ends thirty minutes after its last request, and eight hours after it began', async () => {
  const ada = await person('Ada', 'builder')
  const idle = await browser(ada.id)
  clock.advance(30 * MINUTE - 1)
  await idle.getMe()
  clock.advance(30 * MINUTE - 1)
  await idle.getMe()
  clock.advance(30 * MINUTE)
  await expect(idle.getMe()).rejects.toMatchObject(refused)

  const busy = await browser(ada.id)
  for (let half = 1; half < 16; half++) {
    clock.advance(30 * MINUTE - 1)
    await busy.getMe()
  }
  clock.advance(30 * MINUTE - 1)
  await busy.getMe()
  clock.advance(16)
  await expect(busy.getMe()).rejects.toMatchObject(refused)
})

test('people see their own sessions, an owner sees those of everybody, and no address stands in them', async () => {
  const [ada, grace] = [await person('Ada two', 'builder'), await person('Grace two', 'viewer')]
  const one = await browser(ada.id)
  const other = await browser(ada.id, 'curl/8')
  const hers = await browser(grace.id)
  const own = (await one.listSessions()).items
  expect(own).toMatchObject([
    { actor: ada.id, device: 'A program', method: 'link', current: false },
    { actor: ada.id, device: 'Firefox on Linux', method: 'link', current: true, confirmedAt: null },
  ])
  expect(JSON.stringify(own)).not.toMatch(/hmac|127\.0\.0\.1|aws_/)
  await expect(one.listSessions({ query: { everybody: 'true' } })).rejects.toMatchObject({
    status: 403,
    code: 'access.forbidden',
  })
  const all = (await client.listSessions({ query: { everybody: 'true' } })).items.map(({ actor }) => actor)
  expect(all).toEqual(expect.arrayContaining([ada.id, grace.id]))
  await Promise.all([other.getMe(), hers.getMe()])
})

test('one ends one’s own sessions and nobody else’s; an owner ends anybody’s', async () => {
  const [ada, grace] = [await person('Ada three', 'builder'), await person('Grace three', 'approver')]
  const [one, other, hers] = [await browser(ada.id), await browser(ada.id), await browser(grace.id)]
  const [graces] = (await hers.listSessions()).items
  const session = graces?.id ?? ''
  await expect(one.endSession({ params: { session } })).rejects.toMatchObject({ code: 'access.session-unknown' })
  await hers.getMe()

  expect(await one.endOtherSessions()).toEqual({ ended: 1 })
  await expect(other.getMe()).rejects.toMatchObject(refused)
  await one.getMe()

  await client.endSession({ params: { session } })
  await expect(hers.getMe()).rejects.toMatchObject(refused)
  await airworthy.access.reload()
  await expect(hers.getMe()).rejects.toMatchObject(refused)
  const { items } = await client.listAudit({ query: { action: 'access.end-session', subject: session } })
  expect(items).toMatchObject([{ detail: { actor: grace.id, device: 'Firefox on Linux' } }])
})

test('who loses the right to act is signed out everywhere', async () => {
  const ada = await person('Ada four', 'builder')
  const one = await browser(ada.id)
  await one.getMe()
  await client.updateActor({ params: { actor: ada.id }, body: { mayAct: false } })
  await expect(one.getMe()).rejects.toMatchObject(refused)
  await client.updateActor({ params: { actor: ada.id }, body: { mayAct: true } })
  await expect(one.getMe()).rejects.toMatchObject(refused)
})

test('a session that another process ended or made is known here after a refresh', async () => {
  const ada = await person('Ada five', 'builder')
  const one = await browser(ada.id)
  clock.advance(5 * MINUTE)
  await one.getMe()
  // What is not written yet is not lost by reading anew.
  await airworthy.access.reload()
  clock.advance(HOUR / 2 - 1)
  await one.getMe()
  expect(await airworthy.access.refresh()).toBe(false)
  await client.createActor({ body: { name: 'Somebody', role: 'viewer' } })
  expect(await airworthy.access.refresh()).toBe(true)
})
