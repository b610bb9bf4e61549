/**
 * The servers that are known: how each is recognised, and where it says how it is. Sources, read in November 2026:
 * vLLM docs.vllm.ai/en/latest/usage/metrics · llama.cpp tools/server/README.md of its repository · Ollama
 * docs/api.md of its repository · TGI huggingface.co/docs/text-generation-inference/reference/metrics and its OpenAPI.
 */
import type { ServerKind, ServerLoad } from './contract.ts'
import type { Metrics } from './prometheus.ts'

/** What an address answers at a path: parsed JSON, or text; undefined for everything but 200. */
export type Look = (path: string) => Promise<{ status: number; json: unknown; text: string } | undefined>

export type Figures = Pick<ServerLoad, 'running' | 'waiting' | 'capacity' | 'cacheUsed' | 'loaded'> & {
  /** Tokens written since the start, of which the speed is made. */
  readonly written: number | null
  /** Where the server says its speed itself. */
  readonly speed: number | null
  readonly trouble: string | null
}

export type KnownServer = {
  readonly kind: ServerKind
  /** Its version when it is one, which may be unknown; undefined when it is another. */
  recognise(look: Look): Promise<{ version: string | null } | undefined>
  read(look: Look, metrics: () => Promise<Metrics | undefined>): Promise<Figures>
}

const NOTHING: Figures = {
  running: null,
  waiting: null,
  capacity: null,
  cacheUsed: null,
  loaded: null,
  written: null,
  speed: null,
  trouble: null,
}
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const of = (metrics: Metrics | undefined, ...names: string[]): number | null => {
  for (const name of names) {
    const value = metrics?.get(name)
    if (value !== undefined) return value
  }
  return null
}
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(recordOf) : [])

const ollama: KnownServer = {
  kind: 'ollama',
  async recognise(look) {
    const tags = await look('/api/tags')
    if (!Array.isArray(recordOf(tags?.json).models)) return undefined
    return { version: textOf(recordOf((await look('/api/version'))?.json).version) }
  },
  async read(look) {
    // It has no metrics; what is in memory is what it says.
    const running = await look('/api/ps')
    const models =
      running && list(recordOf(running.json).models).flatMap(({ name, model }) => textOf(name ?? model) ?? [])
    return { ...NOTHING, loaded: models ?? null }
  },
}

const tgi: KnownServer = {
  kind: 'tgi',
  async recognise(look) {
    const info = recordOf((await look('/info'))?.json)
    return typeof info.model_id === 'string' && 'max_concurrent_requests' in info
      ? { version: textOf(info.version) }
      : undefined
  },
  async read(look, readMetrics) {
    const [metrics, info] = await Promise.all([readMetrics(), look('/info')])
    const { max_concurrent_requests, model_id } = recordOf(info?.json)
    const model = textOf(model_id)
    return {
      ...NOTHING,
      running: of(metrics, 'tgi_batch_current_size'),
      waiting: of(metrics, 'tgi_queue_size'),
      capacity: numberOf(max_concurrent_requests),
      loaded: model === null ? null : [model],
      written: of(metrics, 'tgi_request_generated_tokens_sum'),
    }
  },
}

const llamacpp: KnownServer = {
  kind: 'llamacpp',
  async recognise(look) {
    const props = recordOf((await look('/props'))?.json)
    return 'default_generation_settings' in props ? { version: textOf(props.build_info) } : undefined
  },
  async read(look, readMetrics) {
    const [metrics, props, health] = await Promise.all([readMetrics(), look('/props'), look('/health')])
    const { total_slots, model_path, model_alias } = recordOf(props?.json)
    const model = textOf(model_alias) ?? textOf(model_path)
    const slots = numberOf(total_slots)
    return {
      ...NOTHING,
      running: of(metrics, 'llamacpp:requests_processing'),
      waiting: of(metrics, 'llamacpp:requests_deferred'),
      capacity: slots,
      cacheUsed: of(metrics, 'llamacpp:kv_cache_usage_ratio'),
      loaded: model === null ? null : [model],
      written: of(metrics, 'llamacpp:tokens_predicted_total'),
      speed: of(metrics, 'llamacpp:predicted_tokens_seconds'),
      trouble: health === undefined ? 'It is loading its model, or cannot.' : null,
    }
  },
}

const vllm: KnownServer = {
  kind: 'vllm',
  async recognise(look) {
    const models = list(recordOf((await look('/v1/models'))?.json).data)
    const version = textOf(recordOf((await look('/version'))?.json).version)
    return models.some(({ owned_by }) => owned_by === 'vllm') ? { version } : undefined
  },
  async read(look, readMetrics) {
    const [metrics, health] = await Promise.all([readMetrics(), look('/health')])
    return {
      ...NOTHING,
      running: of(metrics, 'vllm:num_requests_running'),
      waiting: of(metrics, 'vllm:num_requests_waiting'),
      cacheUsed: of(metrics, 'vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'),
      written: of(metrics, 'vllm:generation_tokens_total'),
      trouble: health === undefined ? 'Its engine says that it is not well.' : null,
    }
  },
}

const compatible: KnownServer = {
  kind: 'openai-compatible',
  async recognise(look) {
    return Array.isArray(recordOf((await look('/v1/models'))?.json).data) ? { version: null } : undefined
  },
  async read(look) {
    const models = await look('/v1/models')
    return { ...NOTHING, trouble: models === undefined ? 'It does not answer at /v1/models.' : null }
  },
}

/** In the order in which they are tried: those that only one server can be come first. */
export const SERVERS: readonly KnownServer[] = [ollama, tgi, llamacpp, vllm, compatible]
