/**
 * One call of a tool at an address, through the house's guard against places that it must not reach.
 *
 * Invariant: it ends within its time limit, and whatever comes back is a result or a `Failure` with a code of its own.
 */
import type { ToolFile } from '../core/tool.ts'
import { checkOf } from '../core/tool-check.ts'
import type { ToolSchema } from '../core/tool-schema.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import { sleep } from '../kernel/time.ts'
import { demandNoKey, type Endpoint, endpointHeaders, textOf, type Upstream } from '../models/index.ts'

export type CallToolDeps = {
  readonly send: Upstream['send']
  /** The key that a tool names; rejects when there is none, or when it belongs to another host. */
  readonly credentialFor: (name: string, url: string) => Promise<Secret>
}

export type ToolAsk = {
  readonly name: string
  readonly tool: ToolFile & { readonly call: { readonly kind: 'http' } }
  /** JSON that fits the schema of the tool. */
  readonly arguments: string
  readonly signal: AbortSignal
  /** Told of each attempt before it is made. */
  readonly onAttempt: () => void
}

/** What a model reads at most; more is refused, as half of a result would be read as all of it. */
const MOST_RESULT_BYTES = 256 * 1024
const BETWEEN_ATTEMPTS_MS = 200

/** Throws `flows.tool-…`, or the signal's reason. */
export async function callTool(deps: CallToolDeps, ask: ToolAsk): Promise<string> {
  const { retries } = ask.tool.call
  for (let left = retries; ; left--) {
    ask.onAttempt()
    try {
      return await callOnce(deps, ask)
    } catch (thrown) {
      if (left <= 0 || ask.signal.aborted || !(thrown instanceof Failure) || thrown.code !== UNAVAILABLE) throw thrown
      await sleep(BETWEEN_ATTEMPTS_MS, ask.signal)
    }
  }
}

const UNAVAILABLE = 'flows.tool-unavailable'

async function callOnce({ send, credentialFor }: CallToolDeps, ask: ToolAsk): Promise<string> {
  const { name, tool, signal } = ask
  const { url, credential, timeoutMs } = tool.call
  const host = new URL(url).host
  // Without a key it could be called, and would be refused by others; so whoever runs the server is told.
  const key = credential === undefined ? undefined : await credentialFor(credential, url)
  const endpoint: Endpoint = { name: host, dialect: 'openai', baseUrl: url, speaks: [], credential: key }
  const said = await withKind(name, signal, async () => {
    const answer = await send({
      url,
      headers: { ...endpointHeaders(endpoint), accept: 'application/json, text/plain' },
      body: ask.arguments,
      timeouts: { headersMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs },
      signal,
    })
    const text = await textOf(answer, { host, signal, limit: MOST_RESULT_BYTES })
    return { status: answer.status, text: demandNoKey(endpoint, text) }
  })
  if (said.status === 429 || said.status >= 500)
    throw new Failure('unavailable', UNAVAILABLE, `The tool ${name} answered ${said.status}.`)
  if (said.status < 200 || said.status > 299)
    throw new Failure('invalid', 'flows.tool-refused', `The tool ${name} refused the call with ${said.status}.`)
  demandFitting(ask, said.text)
  return said.text
}

const MAY_NOT = 'has an address that may not be called from here'

/** What goes wrong on the way is the tool's; its address is nobody's business but the operator's. */
async function withKind<Result>(name: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof Failure)) throw thrown
    const told = {
      'models.upstream-timeout': [UNAVAILABLE, 'did not answer in time'],
      'models.upstream-too-large': ['flows.tool-unreadable', `answered more than ${MOST_RESULT_BYTES} bytes`],
      'models.key-said-back': ['flows.tool-unreadable', 'says back the key that it is called with'],
      'kernel.address-refused': ['flows.tool-refused', MAY_NOT],
      'kernel.address-private': ['flows.tool-refused', MAY_NOT],
    }[thrown.code] ?? [UNAVAILABLE, 'could not be reached']
    const [code = UNAVAILABLE, what] = told
    throw new Failure('unavailable', code, `The tool ${name} ${what}.`, { cause: thrown })
  }
}

function demandFitting({ name, tool: { returns } }: ToolAsk, text: string): void {
  if (!returns) return
  const problems = problemsOf(returns, text)
  const [first] = problems
  if (!first) return
  const where = first.field === '' ? 'its result' : first.field
  throw new Failure(
    'unavailable',
    'flows.tool-unreadable',
    `The tool ${name} gave what its \`returns\` does not say: ${where} ${first.message}.`,
    { problems },
  )
}

function problemsOf(returns: ToolSchema, text: string): Problem[] {
  try {
    return checkOf(returns)(JSON.parse(text))
  } catch {
    return [{ field: '', message: 'is not JSON' }]
  }
}
