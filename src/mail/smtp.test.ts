/** Handing mail in, against a server that keeps what it hears. */
import { afterAll, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'
import { openSmtpReceiver } from '../testing/smtp-receiver.ts'
import { failureOf, handIn, type Message } from './smtp.ts'
import { smtpServerOf } from './smtp-server.ts'

const receiver = await openSmtpReceiver({ user: 'airworthy', password: 'pass word' })
afterAll(() => receiver.close())
const server = ({ login = 'airworthy:pass%20word@', host = '127.0.0.1', port = receiver.port } = {}) =>
  smtpServerOf(new Secret(`smtp://${login}${host}:${port}`))
const message = (change: Partial<Message> = {}): Message => ({
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

test('a mail arrives as it was written, a lone dot and letters of any language included', async () => {
  await handIn(server(), message())
  const [got] = receiver.mails
  expect(got).toMatchObject({ from: 'air@example.org', to: 'grace@example.org', user: 'airworthy' })
  expect(got?.text).toBe('One\r\n.\r\nTwo')
  expect(got?.subject).toBe('Signature for Zoë')
  expect(got?.data).toContain('Date: Tue, 01 Dec 2026 10:00:00 +0000')
  expect(got?.data).toContain('Message-ID: <eml_1@example.org>')
  expect(got?.data).toContain('Auto-Submitted: auto-generated')
})

test('a wrong password and an unknown recipient are told, and tried no more', async () => {
  await expect(handIn(server({ login: 'airworthy:wrong@' }), message())).rejects.toMatchObject({
    code: 'mail.refused',
    facts: { smtpCode: 535, isFinal: true },
  })
  await expect(handIn(server(), message({ to: 'nobody@example.org' }))).rejects.toMatchObject({
    facts: { smtpCode: 550, isFinal: true },
  })
  await expect(handIn(server(), message({ to: 'later@example.org' }))).rejects.toMatchObject({
    facts: { smtpCode: 451, isFinal: false },
  })
})

test('a subject with a line break makes no header', async () => {
  await handIn(server(), message({ subject: 'x\r\nBcc: everybody@example.org' }))
  expect(receiver.mails.at(-1)?.data).not.toMatch(/^Bcc:/m)
})

test('nothing goes in clear to a server that is not this machine', async () => {
  // An address that leads here, and does not say so.
  await expect(handIn(server({ host: '0.0.0.0' }), message({ id: 'eml_clear' }))).rejects.toMatchObject({
    code: 'mail.not-encrypted',
  })
  expect(receiver.mails.some(({ data }) => data.includes('eml_clear'))).toBe(false)
})

test('a server that is not there is told', async () => {
  await expect(handIn(server({ port: 1 }), message())).rejects.toMatchObject({ code: 'mail.unreachable' })
})

test.for([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('a certificate with %s is told as one', (originalCode) => {
  const told = failureOf('mail.example.org', { code: 'ESOCKET', command: 'CONN', originalCode, message: 'x' })
  expect(told.code).toBe('mail.not-trusted')
  expect(told.message).toContain(originalCode)
})

test.for([
  { address: 'smtps://mail.example.org', is: { port: 465, isEncrypted: true, isHere: false, login: undefined } },
  { address: 'smtp://mail.example.org', is: { port: 587, isEncrypted: false, isHere: false } },
  { address: 'smtp://[::1]:25', is: { host: '::1', port: 25, isHere: true } },
])('$address is read', ({ address, is }) => {
  expect(smtpServerOf(new Secret(address))).toMatchObject(is)
})
