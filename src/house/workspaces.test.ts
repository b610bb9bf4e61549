/** A sandbox workspace through the front door: what its key reaches, what may not come in, what it may spend, where it stays. */
import { afterAll, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
const params = { name: 'first-try' }
const opened = await client.openWorkspace({
  body: {
    ...{ application: 'first-try', purpose: 'Find out whether it answers', files: echoApplication('first') },
    ...{ costMicroUsdPerMonth: '1000', expiresInDays: 7 },
  },
})
const inside = createClient({ baseUrl: airworthy.url, token: opened.secret })
const put = (path: string, text: string) =>
  inside.putBlueprintFile({ params: { ...params, path }, body: new TextEncoder().encode(text) })

test('a workspace is a new application with caps, whatever its files say, and only an owner opens one', async () => {
  expect(opened.workspace).toMatchObject({ application: 'first-try', expiresAt: '2026-12-08T00:00:00.000Z' })
  expect((await inside.getLimits({ params })).limits).toMatchObject({
    requestsPerMinute: 60,
    costMicroUsdPerMonth: '1000',
  })
  const ada = await airworthy.person('Ada Builder', 'builder')
  const body = { application: 'second-try', purpose: 'The same once more' }
  await expect(ada.openWorkspace({ body })).rejects.toMatchObject({ status: 403 })
  await expect(client.openWorkspace({ body: { ...body, application: 'parcels' } })).rejects.toMatchObject({
    code: 'governance.workspace-taken',
  })
})

test('its key asks and builds in it, and reads, asks and changes nothing else', async () => {
  const { body: release } = await inside.freezeRelease({ params, body: {} })
  const turns = [{ role: 'user' as const, content: 'parcel number 7' }]
  expect((await inside.answerRelease({ params: { id: release.id }, body: { turns } })).answer).toContain('number 7')
  for (const refused of [
    inside.getApplication({ params: { name: 'parcels' } }),
    inside.listTestPages({ params: { name: 'parcels' } }),
    inside.setLimits({ params, body: { costMicroUsdPerMonth: '2000' } }),
    inside.createKey({ body: { name: 'another', role: 'builder' } }),
  ])
    await expect(refused).rejects.toMatchObject({ status: 403 })
})

test('a file with personal data is refused line by line without saying it, and so is one that nobody can read', async () => {
  const notes = 'Returns take 30 days.\nWrite to ada.lovelace@example.com for more.'
  const refused = put('knowledge/notes.md', notes)
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'governance.workspace-personal-data' })
  await expect(refused).rejects.toThrow(/knowledge\/notes\.md:2 looks like personal data: email/)
  await expect(refused).rejects.not.toThrow(/lovelace/)
  await expect(put('knowledge/scan.pdf', '%PDF-1.7 \0')).rejects.toThrow(/is no text/)
  await put('knowledge/notes.md', 'Returns take 30 days.')
})

test('it calls nothing outside', async () => {
  const tool = {
    description: 'Where an order is.',
    effect: 'read',
    call: { kind: 'http', url: 'https://shop.example/orders' },
  }
  await expect(put('tools/orders.yaml', JSON.stringify(tool))).rejects.toMatchObject({
    code: 'governance.workspace-reaches-out',
  })
})

test('its cap on money is enforced before anybody is asked', async () => {
  await client.putOwnPrice({
    params: { model: 'scripted/echo' },
    body: { rates: { input: '1', output: '1' }, reason: 'a test of caps' },
  })
  const asked = await fetch(`${airworthy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${opened.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'first-try', messages: [{ role: 'user', content: 'parcel number 7' }] }),
  })
  expect(asked.status).toBe(429)
})

test('it enters no stage until it left, its key ends with it, and the log has both', async () => {
  const [release] = (await client.listReleases({ params, query: {} })).items
  const promote = () =>
    client.promoteRelease({ params: { id: release?.id ?? 'rel_none' }, body: { into: 'poc', rollout: 'none' } })
  await expect(promote()).rejects.toMatchObject({ status: 409, code: 'governance.workspace-stays' })
  clock.advance(8 * DAY)
  await expect(inside.listWorkspaces({})).rejects.toMatchObject({ status: 401 })
  const closed = await client.closeWorkspace({ params: { application: 'first-try' } })
  expect(closed.closedAt).toBe(clock())
  // From here on the gate alone decides.
  expect(await promote()).toMatchObject({ status: 409, body: { kind: 'held' } })
  const { items } = await client.listAudit({ query: { subject: 'first-try' } })
  expect(items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['governance.workspace-open', 'governance.workspace-close']),
  )
})
