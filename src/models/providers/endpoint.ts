/** An address of a provider with its key opened, and how it refuses. */
import type { Failure } from '../../kernel/failure.ts'
import type { Secret } from '../../kernel/secret.ts'
import { type Dialect, type ProviderCall, speechOf } from '../speech.ts'
import { type Timeouts, textOf, type UpstreamAnswer } from '../upstream.ts'
import { refusalOf } from '../upstream-failure.ts'

export type Endpoint = {
  readonly name: string
  readonly dialect: Dialect
  /** Ends where `/chat/completions` or `/messages` begins. */
  readonly baseUrl: string
  readonly credential: Secret | undefined
  /** What it answers in its own words. */
  readonly speaks: readonly ProviderCall[]
  readonly timeouts?: Partial<Timeouts>
}

export const endpointUrl = ({ baseUrl }: Pick<Endpoint, 'baseUrl'>, path: string): string =>
  `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`

export function endpointHeaders({ dialect, credential }: Pick<Endpoint, 'dialect' | 'credential'>) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const pairs = speechOf(dialect).headersOf(credential)
  for (let at = 0; at < pairs.length; at += 2) headers[pairs[at] ?? ''] = pairs[at + 1] ?? ''
  return headers
}

/** The failure of an answer that is an error. */
export async function refused(endpoint: Endpoint, answer: UpstreamAnswer, signal: AbortSignal): Promise<Failure> {
  const retryAfter = answer.headers['retry-after']
  return refusalOf({
    provider: endpoint.name,
    status: answer.status,
    body: await textOf(answer, { host: endpoint.name, signal, limit: 1024 * 1024 }),
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    credential: endpoint.credential,
  })
}
