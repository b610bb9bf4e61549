/** An address of a provider with its key opened, how it is asked, and how it refuses. */
import type { Quirks } from '../../dialects/index.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Secret } from '../../kernel/secret.ts'
import { type Clock, epochMs, systemClock } from '../../kernel/time.ts'
import { askedToWait } from '../asked-to-wait.ts'
import type { SignedAsk } from '../aws-signature.ts'
import { type Dialect, type ProviderCall, type SpeechAsk, speechOf } from '../speech.ts'
import { type Timeouts, textOf, type UpstreamAnswer } from '../upstream.ts'
import { refusalOf } from '../upstream-failure.ts'

export type Endpoint = {
  readonly name: string
  readonly dialect: Dialect
  /** Ends where `/chat/completions`, `/messages`, `/models/<model>` or `/model/<model>` begins; its query goes along. */
  readonly baseUrl: string
  readonly credential: Secret | undefined
  /** For a credential that is fetched, when it is not there yet. */
  readonly fetchCredential?: (() => Promise<Secret>) | undefined
  /** Told when an answer holds the credential. */
  readonly onSaidBack?: (() => void) | undefined
  /** It is a token: sent as a bearer, whatever header a key of this dialect goes into. */
  readonly isToken?: boolean | undefined
  /** What it answers in its own words. */
  readonly speaks: readonly ProviderCall[]
  readonly quirks?: Quirks | undefined
  /** Where its models are listed, when its dialect does not say; null when nowhere. */
  readonly list?: string | null | undefined
  readonly timeouts?: Partial<Timeouts>
  /** When its requests are signed; the machine's when it is not said. */
  readonly clock?: Clock
}

export type EndpointAsk = Pick<SpeechAsk, 'model' | 'stream'> & {
  readonly call: ProviderCall
  readonly body: string | Uint8Array
}

/** Address and headers (flat pairs) of a call; some providers want the model in the address and the body signed. */
export function addressed(endpoint: Endpoint, ask: EndpointAsk): { url: string; headers: string[] } {
  const url = endpointUrl(endpoint, speechOf(endpoint.dialect).pathOf(ask.call, { ...ask, baseUrl: endpoint.baseUrl }))
  return { url, headers: provenHeaders(endpoint, { method: 'POST', url, body: ask.body }) }
}

/** Flat pairs. */
const provenHeaders = (
  { dialect, credential, isToken, clock = systemClock }: Endpoint,
  { url, method, body }: Omit<SignedAsk, 'at' | 'url'> & { url: string },
): string[] =>
  isToken && credential
    ? ['authorization', `Bearer ${credential.reveal()}`]
    : speechOf(dialect).headersOf(credential, new Unproven(url, method, body, clock))

/** Few prove their requests: the address is read, and the time asked for, by those alone. */
class Unproven implements SignedAsk {
  readonly method: SignedAsk['method']
  readonly body: SignedAsk['body']
  readonly #url: string
  readonly #clock: Clock

  constructor(url: string, method: SignedAsk['method'], body: SignedAsk['body'], clock: Clock) {
    this.#url = url
    this.method = method
    this.body = body
    this.#clock = clock
  }

  get url(): URL {
    return new URL(this.#url)
  }

  get at(): SignedAsk['at'] {
    return this.#clock()
  }
}

/** Where and how it lists its models. Throws `models.no-list`. */
export function listAsk(endpoint: Endpoint): { url: string; headers: Record<string, string> } {
  if (endpoint.list === null)
    throw new Failure(
      'unmet',
      'models.no-list',
      `${endpoint.name} lists its models nowhere. Ask one of them to see whether address and key work.`,
    )
  const path = endpoint.list ?? speechOf(endpoint.dialect).listOf(endpoint.baseUrl)
  const url = /^https?:/.test(path) ? path : endpointUrl(endpoint, path)
  return { url, headers: named(provenHeaders(endpoint, { method: 'GET', url, body: '' })) }
}

const known = new Map<string, string>()
const MOST_KNOWN = 1000

/** The path goes before the query, and a query of its own behind it. */
export function endpointUrl({ baseUrl }: Pick<Endpoint, 'baseUrl'>, path: string): string {
  const name = `${baseUrl} ${path}`
  const there = known.get(name)
  if (there !== undefined) return there
  const url = joined(baseUrl, path)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, url)
  return url
}

function joined(baseUrl: string, path: string): string {
  const [base = '', query] = baseUrl.split('?', 2)
  const url = `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
  return query === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** For what is asked at the address itself, in no dialect's words. */
export const endpointHeaders = (endpoint: Endpoint): Record<string, string> =>
  named(provenHeaders(endpoint, { method: 'POST', url: endpoint.baseUrl, body: '' }))

/** As an object, with the kind of the body. */
export function named(pairs: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (let at = 0; at < pairs.length; at += 2) headers[pairs[at] ?? ''] = pairs[at + 1] ?? ''
  return headers
}

/** The failure of an answer that is an error. */
export async function refused(endpoint: Endpoint, answer: UpstreamAnswer, signal: AbortSignal): Promise<Failure> {
  const { status, headers } = answer
  const text = await textOf(answer, { host: endpoint.name, signal, limit: 1024 * 1024 })
  const waitMs = askedToWait({ headers, text, nowMs: epochMs((endpoint.clock ?? systemClock)()) })
  return refusalAs(endpoint, { status, text, waitMs })
}

/** The same, of one that was read. */
export const refusalAs = (
  { name, credential }: Endpoint,
  { status, text, waitMs }: { status: number; text: string; waitMs: number | undefined },
): Failure => refusalOf({ provider: name, status, body: text, waitMs, credential })
