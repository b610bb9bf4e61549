/** Mail through the front door, against a server of our own: who is told of what, once. */
import { afterAll, expect, test } from 'vitest'
import { HOUR, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { openSmtpReceiver } from '../testing/smtp-receiver.ts'

const receiver = await openSmtpReceiver({ user: 'air', password: 'secret-of-mail' })
const clock = stoppedClock('2026-12-01T00:00:00.000Z')
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
const ada = await airworthy.person('Ada Builder', 'builder')

test('a test of the mail says what the server said', async () => {
  await client.testMail({ body: { to: 'grace@example.org' } })
  expect(receiver.mails.at(-1)).toMatchObject({
    to: 'grace@example.org',
    from: 'airworthy@example.org',
    subject: 'A test',
  })
  await expect(client.testMail({ body: { to: 'nobody@example.org' } })).rejects.toMatchObject({ code: 'mail.refused' })
  await expect(ada.testMail({ body: { to: 'grace@example.org' } })).rejects.toMatchObject({ code: 'access.forbidden' })
})

test('whoever a finding is for is told once by mail, and the log has it without the text', async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  const finding = {
    release: release.id,
    title: 'It obeys the passage',
    detail: 'Ignore all that…',
    severity: 'high' as const,
  }
  await client.addFinding({ body: { ...finding, owner: 'mary@example.org' } })
  await client.addFinding({ body: { ...finding, owner: 'nobody@example.org' } })
  await client.addFinding({ body: { ...finding, owner: 'Somebody Without Mail' } })
  await client.sendMails()
  clock.advance(HOUR)
  await client.sendMails()
  expect(receiver.mails.filter(({ to }) => to === 'mary@example.org')).toHaveLength(1)
  const { items, isSet } = await client.listMails()
  expect(isSet).toBe(true)
  expect(items.map(({ to, state }) => `${to} ${state}`).sort()).toEqual([
    'mary@example.org sent',
    'nobody@example.org failed',
  ])
  expect(JSON.stringify(items)).not.toContain('obeys the passage')
  expect(await airworthy.rowsOf(['mails', 'audit_entries'])).not.toContain('secret-of-mail')
})
