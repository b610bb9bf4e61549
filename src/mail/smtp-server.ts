/** Where mail is handed in, as one address says it: `smtps://user:password@host:465`, or `smtp://host:587`. Pure. */
import { Failure } from '../kernel/failure.ts'
import { Secret } from '../kernel/secret.ts'

export type SmtpServer = {
  readonly host: string
  readonly port: number
  /** True when the connection is encrypted from its first byte. */
  readonly isEncrypted: boolean
  readonly login: { readonly user: string; readonly password: Secret } | undefined
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

export function smtpServerOf(address: Secret): SmtpServer {
  const url = new URL(address.reveal())
  const isEncrypted = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isEncrypted ? 465 : 587) : Number(url.port),
    isEncrypted,
    login:
      url.username === ''
        ? undefined
        : { user: decodeURIComponent(url.username), password: new Secret(decodeURIComponent(url.password)) },
  }
}

/** What to do next, by what the server said that it can (`EHLO`). Throws when mail would go in clear over a network. */
export function nextOf(
  { host, login }: Pick<SmtpServer, 'host' | 'login'>,
  { isEncrypted, can }: { isEncrypted: boolean; can: readonly string[] },
): 'encrypt' | 'plain' | 'login' | 'send' {
  if (!isEncrypted && can.includes('STARTTLS')) return 'encrypt'
  if (!isEncrypted && !LOOPBACK.test(host))
    throw new Failure(
      'unavailable',
      'mail.not-encrypted',
      `${host} offers no encryption, and neither mail nor a password goes to it in clear. Use smtps://, or a server with STARTTLS.`,
    )
  if (!login) return 'send'
  const ways = can.find((one) => one.startsWith('AUTH '))?.split(' ') ?? []
  if (ways.includes('PLAIN')) return 'plain'
  if (ways.includes('LOGIN')) return 'login'
  throw new Failure('unavailable', 'mail.no-login', `${host} takes no login that is known here (PLAIN, LOGIN).`)
}
