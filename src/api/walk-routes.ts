/** Walks a table of routes and finds those that answer a stranger: for the whole-house test. */
import type { Mounted } from '../wire/handle.ts'

export type Unguarded = { readonly route: string; readonly status: number; readonly why: string }

/**
 * Asks each route without a key, and with one that nobody has. A guarded route must answer 401 to both,
 * with nonsense for parameters, because who is asking is checked before what is asked.
 * @returns the routes that did otherwise; empty is good
 */
export async function findUnguarded({
  mounted,
  baseUrl,
  fetch,
}: {
  mounted: readonly Mounted[]
  baseUrl: string
  fetch: typeof globalThis.fetch
}): Promise<Unguarded[]> {
  const found: Unguarded[] = []
  for (const { route } of mounted) {
    const path = route.path.replace(/:\w+|\*/g, 'nonsense')
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(new URL(path, baseUrl), {
        method: route.method,
        redirect: 'manual',
        headers,
        ...(route.body && { body: 'no json' }),
      })
      await response.body?.cancel()
      return response.status
    }
    const name = `${route.method} ${route.path}`
    const bare = await ask({})
    if (route.permission === 'open') {
      if (bare === 401 && route.name !== 'signIn')
        found.push({ route: name, status: bare, why: 'is open and asks for a key' })
      continue
    }
    if (bare !== 401) found.push({ route: name, status: bare, why: 'answers without a key' })
    const strange = await ask({ authorization: 'Bearer awk_nobody' })
    if (strange !== 401) found.push({ route: name, status: strange, why: 'answers to a key that nobody has' })
  }
  return found
}
