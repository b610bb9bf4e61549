/** A browser for tests of signing in: it keeps cookies, names its own origin, and comes from an address of its choice. */
import { type Client, createClient } from '../../sdk/index.ts'

export type TestBrowser = {
  readonly client: Client
  readonly cookies: ReadonlyMap<string, string>
  /** Follows no redirect; keeps what cookies the answer sets. */
  go(url: string): Promise<Response>
}

/** @param address what a proxy in front would say; it takes a server that trusts one */
export function testBrowser(url: string, address = '203.0.113.1'): TestBrowser {
  const cookies = new Map<string, string>()
  const asked = async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers)
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    headers.set('x-forwarded-for', address)
    if (request.method !== 'GET') {
      headers.set('origin', url)
      headers.set('sec-fetch-site', 'same-origin')
    }
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(new Request(request, { headers, redirect: 'manual' }))
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    client: createClient({ baseUrl: url, retries: 0, fetch: (request) => asked(request as Request) }),
    go: (address) => asked(new Request(address)),
  }
}
