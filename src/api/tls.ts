/**
 * The port's own TLS: a certificate and its key from files, read anew when they change, because certificates are renewed
 * every few weeks and connections should not end for it.
 */
import { readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { Failure, messageOf } from '../kernel/failure.ts'
import { MINUTE } from '../kernel/time.ts'

export type TlsFiles = { readonly certificate: string; readonly key: string }

/** How often the files are looked at. */
const LOOK_MS = MINUTE

/** Throws `api.tls-unusable` for files that are not there or do not belong together. */
export function createTlsServer(
  files: TlsFiles,
  {
    keepAliveTimeout,
    answer,
    report,
    lookMs = LOOK_MS,
  }: {
    keepAliveTimeout: number
    answer: (request: IncomingMessage, response: ServerResponse) => void
    report: (thrown: unknown, where: string) => void
    lookMs?: number
  },
): Server {
  let seen = stampOf(files)
  const server = usable(files, () =>
    createServer({ ...contentOf(files), keepAliveTimeout, minVersion: 'TLSv1.2' }, answer),
  )
  const timer = setInterval(() => {
    const now = stampOf(files)
    if (now === seen) return
    seen = now
    try {
      usable(files, () => server.setSecureContext({ ...contentOf(files), minVersion: 'TLSv1.2' }))
    } catch (thrown) {
      // The old ones hold until both files fit again.
      report(thrown, 'TLS')
    }
  }, lookMs)
  timer.unref()
  server.once('close', () => clearInterval(timer))
  return server
}

const contentOf = ({ certificate, key }: TlsFiles) => ({ cert: readFileSync(certificate), key: readFileSync(key) })

const stampOf = ({ certificate, key }: TlsFiles): string =>
  [certificate, key].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 'gone').join(' ')

function usable<Made>({ certificate, key }: TlsFiles, make: () => Made): Made {
  try {
    return make()
  } catch (cause) {
    throw new Failure(
      'invalid',
      'api.tls-unusable',
      `The certificate ${certificate} and its key ${key} cannot be used: ${messageOf(cause)}. Mend AIRWORTHY_TLS_CERT and AIRWORTHY_TLS_KEY.`,
      { cause },
    )
  }
}
