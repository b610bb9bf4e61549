/** Finds the key or the session in the headers of a request, for the web's `Headers` and for Node's plain object. */
import { Failure } from '../kernel/failure.ts'
import { SESSION_COOKIE } from './session.ts'

export type HeaderReader = { get(name: string): string | null }
export type PlainHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Headers of `node:http` (names in lower case) read as the web's. */
export const readerOf = (headers: PlainHeaders): HeaderReader => ({
  get(name) {
    const value = headers[name]
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ')
  },
})

/** The key that a request carries. Throws `access.keys-differ` when it carries two. */
export function keyTextOf(headers: HeaderReader): string | undefined {
  const bearer = /^bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim()
  let found: string | undefined
  for (const text of [bearer, headers.get('x-api-key'), headers.get('api-key'), headers.get('x-goog-api-key')]) {
    if (!text) continue
    if (found !== undefined && found !== text)
      throw new Failure(
        'unauthenticated',
        'access.keys-differ',
        'This request carries two different keys. Send one, as `Authorization: Bearer …`.',
      )
    found = text
  }
  return found
}

/** The session token of the cookie. */
export function sessionTextOf(headers: HeaderReader): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === SESSION_COOKIE && value) return value
  }
  return undefined
}
