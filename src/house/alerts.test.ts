/** Alerts through the front door: what begins one, who is told, what ends it, and what a person says meanwhile. */
import { afterAll, expect, test } from 'vitest'
import { DAY, MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { json, withProviders } from '../testing/local-provider.ts'
import { openSmtpReceiver } from '../testing/smtp-receiver.ts'

const receiver = await openSmtpReceiver({ user: 'air', password: 'secret-of-mail' })
const clock = stoppedClock('2026-12-01T08:00:00.000Z')
const airworthy = await testAirworthy({
  clock,
  environment: {
    AIRWORTHY_SMTP_URL: `smtp://air:secret-of-mail@127.0.0.1:${receiver.port}`,
    AIRWORTHY_MAIL_FROM: 'airworthy@example.org',
  },
})
afterAll(async () => {
  await airworthy.close()
  await receiver.close()
})
const { client } = airworthy
const params = { name: 'parcels' }
const KPI = 'Hours to an answer'
const CHARTER = { kpis: [{ name: KPI, unit: 'h', baseline: 40, target: 4, alertAt: 24, everyDays: 7 }] }
const INVENTORY = { sources: [{ name: 'help pages', freshnessDays: 30, refreshedOn: '2026-11-20' }] }

const open = async () =>
  (await client.listAlerts({ query: { application: 'parcels' } })).items
    .filter(({ state }) => state !== 'over')
    .map(({ kind, subject, state }) => `${kind} ${subject} ${state}`.replace('  ', ' '))

const measured = (value: number) =>
  client.recordKpiValues({ params, body: { values: [{ kpi: KPI, value, n: 30, source: 'the ticket system' }] } })

test('a KPI that crosses its line is an alert, told once by mail and in the audit log', async () => {
  const files = echoApplication('first')
  const settings = String(files['airworthy.yaml']).replace('Grace Owner', 'grace@example.org')
  await client.createApplication({ body: { name: 'parcels', files: { ...files, 'airworthy.yaml': settings } } })
  await client.putDocument({ params: { ...params, document: 'charter' }, body: { value: CHARTER } })
  await client.putDocument({ params: { ...params, document: 'inventory' }, body: { value: INVENTORY } })
  await measured(30)
  expect(await client.lookForAlerts()).toEqual({ opened: 1, ended: 0 })
  expect(await client.lookForAlerts()).toEqual({ opened: 0, ended: 0 })
  expect(await open()).toEqual([`kpi ${KPI} open`])

  await client.sendMails()
  await client.sendMails()
  const mails = receiver.mails.filter(({ to }) => to === 'grace@example.org')
  expect(mails.map(({ subject }) => subject)).toEqual([`Alert in parcels: ${KPI} crossed its line`])
  const { items } = await client.listAudit({ query: { application: 'parcels' } })
  expect(items.map(({ action }) => action)).toContain('governance.alert-open')
})

test('it is seen by a person and ends by itself; what is seen is no longer mailed', async () => {
  const [alert] = (await client.listAlerts({ query: { state: 'open' } })).items
  const id = alert?.id ?? ''
  const viewer = await airworthy.person('Vera Viewer', 'viewer')
  await expect(viewer.acknowledgeAlert({ params: { id }, body: {} })).rejects.toMatchObject({ status: 403 })
  const seen = await client.acknowledgeAlert({ params: { id }, body: { note: 'Two more colleagues answer.' } })
  expect(seen).toMatchObject({ state: 'seen', to: ['grace@example.org'] })
  await measured(6)
  expect(await client.lookForAlerts()).toEqual({ opened: 0, ended: 1 })
  await expect(client.acknowledgeAlert({ params: { id }, body: {} })).rejects.toMatchObject({
    code: 'governance.alert-over',
  })
})

test('time alone makes a value and a source over-due, and refreshing both ends it', async () => {
  clock.advance(20 * DAY)
  await client.lookForAlerts()
  expect((await open()).sort()).toEqual(['freshness help pages open', `kpi-old ${KPI} open`])
  await measured(5)
  const sources = [{ ...INVENTORY.sources[0], refreshedOn: '2026-12-20' }]
  await client.putDocument({ params: { ...params, document: 'inventory' }, body: { value: { sources } } })
  expect(await client.lookForAlerts()).toEqual({ opened: 0, ended: 2 })
  expect(await open()).toEqual([])
})

test('a swapped model that nobody measured on both, and documents that repeat themselves, are told without a page', async () => {
  const name = 'desk'
  const text = 'Parcels to Norway take nine days, and customs fees are paid by whoever receives them at the door.'
  const files = {
    ...echoApplication('first'),
    'knowledge/one.md': `# One\n\n${text}\n`,
    'knowledge/two.md': `# One\n\n${text}\n`,
  }
  await client.createApplication({ body: { name, files } })
  await client.freezeRelease({ params: { name }, body: {} })
  const raised = async () => {
    await client.lookForAlerts()
    const { items } = await client.listAlerts({ query: { application: name } })
    return items.filter(({ state }) => state !== 'over').map(({ kind, subject }) => `${kind} ${subject}`)
  }
  expect(await raised()).toEqual(['documents r1'])
  const good = { ...echoApplication('worse'), 'knowledge/one.md': `# One\n\n${text}\n` }
  await client.putBlueprint({ params: { name }, body: { files: good } })
  const { body: second } = await client.freezeRelease({ params: { name }, body: {} })
  expect(await raised()).toEqual(['swap r2'])
  const { body: begun } = await client.runModelSwapProbes({ params: { id: second.id }, body: {} })
  if (begun.kind !== 'started') throw new Error(`The probes did not begin: ${begun.kind}`)
  for (const id of begun.experiments)
    await expect
      .poll(async () => (await client.getExperiment({ params: { id } })).state, { timeout: 60_000 })
      .toBe('succeeded')
  expect(await raised()).toEqual(['swap r2 worse'])
  const { items } = await client.listAlerts({ query: { application: name } })
  expect(items.map(({ title }) => title).join('\n')).toMatch(/^r2 swaps answer\b.*, and nobody measured both$/m)
})

test('a quota that a provider says is nearly used is an alert of who asks it, ends when there is room, and what is not said is none', async () => {
  const local = withProviders({ client, url: airworthy.url, ownerToken: airworthy.options.token })
  let left: string | undefined = '100'
  await local.provider('narrow', (response) => {
    const said = { 'x-ratelimit-limit-tokens': '500', ...(left && { 'x-ratelimit-remaining-tokens': left }) }
    const usage = { prompt_tokens: 1, completion_tokens: 1 }
    json(response, { choices: [{ message: { content: 'parcel number 1' }, finish_reason: 'stop' }], usage }, 200, said)
  })
  await local.price('narrow/m', { input: '1', output: '2' })
  const name = 'narrow-shop'
  const files = echoApplication('first')
  const settings = JSON.parse(String(files['airworthy.yaml']))
  const models = { ...settings.models, answer: { model: 'narrow/m', parameters: { max_tokens: 10 } } }
  await client.createApplication({
    body: { name, files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, models }) } },
  })
  await client.freezeRelease({ params: { name }, body: {} })
  const raised = async () => {
    clock.advance(2_000)
    const { text, headers } = await local.post({
      model: name,
      messages: [{ role: 'user', content: `Where? ${clock()}` }],
    })
    expect(text).toContain('parcel number 1')
    await local.trace(headers.get('airworthy-trace'))
    await client.lookForAlerts()
    const { items } = await client.listAlerts({ query: { application: name } })
    return items.filter(({ kind, state }) => kind === 'quota' && state !== 'over').map(({ subject }) => subject)
  }
  expect(await raised()).toEqual(['narrow/m: tokens a minute'])
  const { items } = await client.listAlerts({ query: { application: name } })
  expect(items.find(({ kind }) => kind === 'quota')?.says).toContain('80 % of 500 were used')
  // Between two looks it was full again: a minute in which little was left is not overlooked.
  left = '499'
  expect(await raised()).toEqual(['narrow/m: tokens a minute'])
  // Who does not say how much is left says neither that there is enough nor that there is not.
  left = undefined
  clock.advance(16 * MINUTE)
  expect(await raised()).toEqual(['narrow/m: tokens a minute'])
  left = '499'
  expect(await raised()).toEqual([])
  local.close()
})
