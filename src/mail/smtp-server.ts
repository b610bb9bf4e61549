/** Where mail is handed in, as one address says it: `smtps://user:password@host:465`, or `smtp://host:587`. Pure. */
import { Secret } from '../kernel/secret.ts'

export type SmtpServer = {
  readonly host: string
  readonly port: number
  /** True when the connection is encrypted from its first byte. */
  readonly isEncrypted: boolean
  /** True for this machine itself, to which mail may go in clear. */
  readonly isHere: boolean
  readonly login: { readonly user: string; readonly password: Secret } | undefined
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

export function smtpServerOf(address: Secret): SmtpServer {
  const url = new URL(address.reveal())
  const isEncrypted = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    ...{ host, isEncrypted, isHere: LOOPBACK.test(host) },
    port: url.port === '' ? (isEncrypted ? 465 : 587) : Number(url.port),
    login:
      url.username === ''
        ? undefined
        : { user: decodeURIComponent(url.username), password: new Secret(decodeURIComponent(url.password)) },
  }
}
