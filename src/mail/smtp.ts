/**
 * Hands one mail in at a server (RFC 6409, over RFC 5321), by nodemailer.
 *
 * Invariant: nothing but the greeting goes in clear over a network; a mail is one plain text to one recipient, and names
 * no file and no address that would be opened for it.
 */
import { createTransport } from 'nodemailer'
import { Failure } from '../kernel/failure.ts'
import { epochMs, type Instant, SECOND } from '../kernel/time.ts'
import type { SmtpServer } from './smtp-server.ts'

export type Message = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly at: Instant
}

const SILENCE_MS = 30 * SECOND
/** What Node calls a certificate that it does not believe (`tls`, X509 certificate error codes). */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

/**
 * Rejects with `mail.refused`, whose facts say the code and whether another try is in vain, with `mail.not-encrypted`,
 * `mail.not-trusted` or `mail.unreachable`.
 */
export async function handIn(server: SmtpServer, { id, from, to, subject, text, at }: Message): Promise<void> {
  const { host, port, isEncrypted, isHere, login } = server
  const transport = createTransport({
    ...{ host, port, secure: isEncrypted, requireTLS: !isEncrypted && !isHere, name: 'airworthy.invalid' },
    ...{
      connectionTimeout: SILENCE_MS,
      greetingTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
      dnsTimeout: SILENCE_MS,
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(login && { auth: { user: login.user, pass: login.password.reveal() } }),
  })
  try {
    await transport.sendMail({
      ...{ from: { name: 'Airworthy', address: from }, to: { name: '', address: to }, subject, text },
      envelope: { from, to },
      date: new Date(epochMs(at)),
      messageId: `<${id}@${from.split('@')[1]}>`,
      // So that no absence notice answers it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (thrown) {
    throw failureOf(host, thrown)
  } finally {
    transport.close()
  }
}

/** What to tell of an error of nodemailer, whose `originalCode` is the one of the socket or of TLS. */
export function failureOf(host: string, thrown: unknown): Failure {
  const { code, originalCode, command, responseCode, response, message } = thrown as {
    readonly [key in 'code' | 'originalCode' | 'command' | 'response' | 'message']?: string
  } & { readonly responseCode?: number }
  if (originalCode !== undefined && CERTIFICATE.test(originalCode))
    return new Failure(
      'unavailable',
      'mail.not-trusted',
      `The certificate of ${host} is not trusted (${originalCode}), so nothing was sent. Name the server as its certificate does, renew it, or put the certificate of your own authority into a file and its path into NODE_EXTRA_CA_CERTS.`,
    )
  if (code === 'ETLS' && command === 'STARTTLS' && responseCode !== undefined)
    return new Failure(
      'unavailable',
      'mail.not-encrypted',
      `${host} offers no encryption, and neither mail nor a password goes to it in clear. Use smtps://, or a server with STARTTLS.`,
    )
  if (responseCode !== undefined)
    return new Failure('unavailable', 'mail.refused', `The mail server refused: ${response ?? message}`, {
      facts: { smtpCode: responseCode, isFinal: responseCode >= 500 },
    })
  return new Failure('unavailable', 'mail.unreachable', `The mail server ${host} cannot be reached: ${message}.`)
}
