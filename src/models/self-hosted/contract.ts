/** Servers of one's own: attached in one action, and how much they have to do. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { Provider } from '../contract.ts'

export const ServerKind = z.enum(['vllm', 'llamacpp', 'ollama', 'tgi', 'openai-compatible'])
export type ServerKind = z.infer<typeof ServerKind>

export const AttachInput = z.strictObject({
  /** Of the server, with or without `/v1`, for example `http://10.0.0.7:8000`. */
  address: z.url({ protocol: /^https?$/ }).max(2000),
  /** The name of the provider; made of what it is when it is not said. */
  name: Name.optional(),
  /** The key that the server was started with, if any; kept encrypted. */
  credential: z
    .string()
    .max(4096)
    .regex(/^[\x21-\x7e]+$/, 'a key is one line of visible ASCII characters')
    .optional(),
})
export type AttachInput = z.infer<typeof AttachInput>

const figure = z.number().nullable()

/** As the server says itself; null where it does not. */
export const ServerLoad = z.object({
  /** Null where it does not answer, or not as a server that is known. */
  server: ServerKind.nullable(),
  version: z.string().nullable(),
  /** It answers, and has its model in memory. */
  healthy: z.boolean(),
  reason: z.string().nullable(),
  /** Requests that are answered now, that wait, and that can be answered at once. */
  running: figure,
  waiting: figure,
  capacity: figure,
  /** Share of the memory for what was read, 0 to 1. */
  cacheUsed: figure,
  /** Tokens written in a second, over the time since the last look. */
  tokensPerSecond: figure,
  /** What is in memory, where the server says so. */
  loaded: z.array(z.string()).nullable(),
  at: Instant,
})
export type ServerLoad = z.infer<typeof ServerLoad>

export const Attached = z.object({
  provider: Provider,
  server: ServerKind,
  version: z.string().nullable(),
  /** `provider/model`, as they can be asked from now on. */
  models: z.array(z.string()),
  load: ServerLoad,
})
export type Attached = z.infer<typeof Attached>

export const attachProvider = route({
  name: 'attachProvider',
  method: 'POST',
  path: '/api/v1/providers',
  summary: 'Attach a server of your own (vLLM, llama.cpp, Ollama, TGI) by its address alone',
  permission: 'administer',
  example: { address: 'http://127.0.0.1:11434' },
  body: AttachInput,
  returns: { 201: Attached },
})

export const getProviderLoad = route({
  name: 'getProviderLoad',
  method: 'GET',
  path: '/api/v1/providers/:name/load',
  summary: 'How much a server of your own has to do, asked of it now',
  permission: 'view',
  params: z.object({ name: Name }),
  returns: { 200: ServerLoad },
})
