/** Handing mail in: against a server that keeps what it hears, and the decisions without one. */
import { afterAll, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'
import { openSmtpReceiver } from '../testing/smtp-receiver.ts'
import { messageOf } from './message.ts'
import { handIn } from './smtp.ts'
import { nextOf, smtpServerOf } from './smtp-server.ts'

const receiver = await openSmtpReceiver({ user: 'airworthy', password: 'pass word' })
afterAll(() => receiver.close())
const server = (login = 'airworthy:pass%20word@') =>
  smtpServerOf(new Secret(`smtp://${login}127.0.0.1:${receiver.port}`))
const message = (change: object = {}) =>
  messageOf({
    ...{
      id: 'eml_1',
      from: 'air@example.org',
      to: 'grace@example.org',
      subject: 'Signature for Zoë',
      text: 'One\n.\nTwo',
    },
    at: '2026-12-01T10:00:00.000Z' as Instant,
    ...change,
  })
const mail = (data: string, to = 'grace@example.org') => ({ from: 'air@example.org', to, data })

test('a mail arrives as it was written, a lone dot and letters of any language included', async () => {
  await handIn(server(), mail(message()))
  const [got] = receiver.mails
  expect(got).toMatchObject({ from: 'air@example.org', to: 'grace@example.org', user: 'airworthy' })
  expect(got?.text).toBe('One\r\n.\r\nTwo')
  expect(got?.subject).toBe('Signature for Zoë')
  expect(got?.data).toContain('Date: Tue, 01 Dec 2026 10:00:00 +0000')
  // Sent as it stands, a line that begins with a dot is doubled on the way and halved on arrival.
  await handIn(server(), mail('Subject: x\r\n\r\n.hidden\r\n..\r\nend'))
  expect(receiver.mails[1]?.data).toBe('Subject: x\r\n\r\n.hidden\r\n..\r\nend')
})

test('a wrong password and an unknown recipient are told, and tried no more', async () => {
  await expect(handIn(server('airworthy:wrong@'), mail(message()))).rejects.toMatchObject({
    code: 'mail.refused',
    facts: { smtpCode: 535, isFinal: true },
  })
  await expect(handIn(server(), mail(message(), 'nobody@example.org'))).rejects.toMatchObject({
    facts: { smtpCode: 550, isFinal: true },
  })
  await expect(handIn(server(), mail(message(), 'later@example.org'))).rejects.toMatchObject({
    facts: { smtpCode: 451, isFinal: false },
  })
})

test('a subject with a line break makes no header', () => {
  const made = message({ subject: 'x\r\nBcc: everybody@example.org' })
  expect(made).not.toMatch(/^Bcc:/m)
})

const far = { host: 'mail.example.org', login: { user: 'a', password: new Secret('b') } }
test.for([
  {
    name: 'encrypts where it can',
    given: far,
    said: { isEncrypted: false, can: ['STARTTLS', 'AUTH PLAIN'] },
    next: 'encrypt',
  },
  {
    name: 'logs in once it is encrypted',
    given: far,
    said: { isEncrypted: true, can: ['AUTH LOGIN PLAIN'] },
    next: 'plain',
  },
  { name: 'knows the other login', given: far, said: { isEncrypted: true, can: ['AUTH LOGIN'] }, next: 'login' },
  {
    name: 'sends without a login',
    given: { ...far, login: undefined },
    said: { isEncrypted: true, can: [] },
    next: 'send',
  },
])('it $name', ({ given, said, next }) => {
  expect(nextOf(given, said)).toBe(next)
})

test('nothing goes over a network in clear, and an unknown login is told', () => {
  expect(() => nextOf(far, { isEncrypted: false, can: ['AUTH PLAIN'] })).toThrow(/offers no encryption/)
  expect(() => nextOf(far, { isEncrypted: true, can: ['AUTH XOAUTH2'] })).toThrow(/no login that is known/)
})
