/** Attaches servers of one's own, and reads how much they have to do. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { type Clock, monotonicMs } from '../../kernel/time.ts'
import type { ProviderTable } from '../provider-table.ts'
import { textOf, type Upstream } from '../upstream.ts'
import type { Attached, AttachInput, ServerLoad } from './contract.ts'
import { readMetricsText } from './prometheus.ts'
import { type KnownServer, type Look, SERVERS } from './servers.ts'

export type SelfHostedDeps = {
  readonly clock: Clock
  readonly send: Upstream['send']
  readonly table: Pick<ProviderTable, 'put' | 'has' | 'get' | 'endpoint'>
  /** Asks it for its models, so that they are in the catalogue. */
  readonly listModels: (provider: string, signal: AbortSignal) => Promise<string[]>
}

const LOOK_MS = 5_000
const MOST_BYTES = 4 * 1024 * 1024

type Recognised = { readonly server: KnownServer; readonly version: string | null }

export function createSelfHosted({ clock, send, table, listModels }: SelfHostedDeps) {
  /** By address: what it is, and how many tokens it had written when it was looked at last. */
  const known = new Map<string, Recognised>()
  const before = new Map<string, { written: number; atMs: number }>()

  const lookAt =
    (root: string, credential: Secret | undefined, signal: AbortSignal): Look =>
    async (path) => {
      const answer = await send({
        url: `${root}${path}`,
        method: 'GET',
        headers: { accept: '*/*', ...(credential && { authorization: `Bearer ${credential.reveal()}` }) },
        timeouts: { headersMs: LOOK_MS, totalMs: LOOK_MS },
        signal,
      })
      const text = await textOf(answer, { host: new URL(root).host, signal, limit: MOST_BYTES })
      if (answer.status === 401 || answer.status === 403) throw keyWanted(root)
      return answer.status === 200 ? { status: 200, text, json: parsed(text) } : undefined
    }

  async function recognise(root: string, look: Look): Promise<Recognised> {
    for (const server of SERVERS) {
      const found = await server.recognise(look)
      if (found) return { server, ...found }
    }
    throw new Failure(
      'invalid',
      'models.server-unknown',
      `${new URL(root).host} answers, but neither as Ollama, TGI, llama.cpp or vLLM, nor with a list at /v1/models. Is the address right? Configure it with PUT /api/v1/providers/:name otherwise.`,
      { problems: [{ field: 'address', message: 'is no server of models that is known' }] },
    )
  }

  async function read(root: string, { server, version }: Recognised, look: Look): Promise<ServerLoad> {
    const metrics = async () => {
      const answer = await look('/metrics').catch(() => undefined)
      return answer && readMetricsText(answer.text)
    }
    const { written, speed, trouble, ...figures } = await server.read(look, metrics)
    const atMs = monotonicMs()
    const last = before.get(root)
    if (written !== null) before.set(root, { written, atMs })
    // A counter that fell was begun anew with its server.
    const over =
      written === null || !last || written < last.written
        ? null
        : (written - last.written) / ((atMs - last.atMs) / 1000)
    return {
      server: server.kind,
      version,
      healthy: trouble === null,
      reason: trouble,
      ...figures,
      tokensPerSecond: rounded(over ?? speed),
      at: clock(),
    }
  }

  return {
    /** Throws for an address that must not be asked, does not answer, or answers as nobody known does. */
    async attach(
      { address, name: wanted, credential }: AttachInput,
      by: ActorId,
      signal: AbortSignal,
    ): Promise<Attached> {
      const root = rootOf(address)
      const look = lookAt(root, credential === undefined ? undefined : new Secret(credential), signal)
      const recognised = await recognise(root, look).catch((thrown: unknown) => {
        throw thrown instanceof Failure && thrown.kind === 'unavailable' ? notReached(thrown) : thrown
      })
      const { server, version } = recognised
      const name = wanted ?? freeName(server.kind, root)
      const provider = await table.put(
        name,
        {
          dialect: 'openai',
          baseUrl: `${root}/v1`,
          ...(credential !== undefined && { credential }),
          ...(server.kind !== 'tgi' && { speaks: ['chat', 'embeddings'] }),
        },
        by,
      )
      known.set(root, recognised)
      const models = await listModels(name, signal)
      return {
        provider,
        server: server.kind,
        version,
        models: models.map((model) => `${name}/${model}`),
        load: await read(root, recognised, look),
      }
    },
    /** A server that is away, or that says nothing of itself, is an answer too. */
    async load(name: string, signal: AbortSignal): Promise<ServerLoad> {
      const { baseUrl, credential } = table.endpoint(name)
      const root = rootOf(baseUrl)
      const look = lookAt(root, credential, signal)
      try {
        const recognised = known.get(root) ?? (await recognise(root, look))
        known.set(root, recognised)
        return await read(root, recognised, look)
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        const there = known.get(root)
        return {
          server: there?.server.kind ?? null,
          version: there?.version ?? null,
          healthy: false,
          reason: thrown.message,
          ...NOTHING_SAID,
          at: clock(),
        }
      }
    },
  }

  /** As the server is called, unless another one has the name already. */
  function freeName(kind: string, root: string): string {
    const isFree = (name: string) => !table.has(name) || rootOf(table.get(name).baseUrl) === root
    const base = kind === 'openai-compatible' ? 'server' : kind
    if (isFree(base)) return base
    for (let n = 2; ; n += 1) if (isFree(`${base}-${n}`)) return `${base}-${n}`
  }
}

export type SelfHosted = ReturnType<typeof createSelfHosted>

const NOTHING_SAID = {
  running: null,
  waiting: null,
  capacity: null,
  cacheUsed: null,
  tokensPerSecond: null,
  loaded: null,
}

const rootOf = (address: string): string => address.split('?')[0]?.replace(/\/+$/, '').replace(/\/v1$/, '') ?? ''

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)

/** Nobody is at the address, which is a mistake in what was sent rather than a fault of ours. */
const notReached = (cause: Failure): Failure =>
  new Failure('invalid', 'models.server-unreachable', cause.message, {
    problems: [{ field: 'address', message: 'does not answer' }],
    cause,
  })

const keyWanted = (root: string): Failure =>
  new Failure(
    'unmet',
    'models.key-missing',
    `${new URL(root).host} wants a key, or another one. Give the key that the server was started with as \`credential\`.`,
    { problems: [{ field: 'credential', message: 'is wanted by the server' }] },
  )
