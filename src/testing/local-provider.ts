/** Providers of a test's own beside the running house, and requests to it as a client sends them. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Client } from '../../sdk/index.ts'

type Body = Record<string, unknown>
export type Heard = { readonly path: string; readonly headers: NodeJS.Dict<string | string[]>; readonly text: string }
export type Says = (response: ServerResponse, heard: Heard, times: number) => void
export type Told = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The data of each event of a stream. */
  readonly events: readonly string[]
}

type House = { readonly client: Client; readonly url: string; readonly ownerToken: string }

/** Call `close` at the end. */
export function withProviders({ client, url, ownerToken }: House) {
  const servers: Server[] = []
  /** A provider under a name, that says what it is told to; and all that it heard. */
  async function provider(
    name: string,
    says: Says,
    { dialect = 'openai', speaks, credential }: Partial<Parameters<Client['putProvider']>[0]['body']> = {},
  ) {
    const heard: Heard[] = []
    const server = createServer(async (request, response) => {
      let text = ''
      response.on('error', () => {})
      for await (const piece of request) text += piece
      const one = { path: request.url ?? '', headers: request.headers, text }
      heard.push(one)
      says(response, one, heard.length)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const body = { dialect, baseUrl: address, ...(speaks && { speaks }), ...(credential && { credential }) }
    await client.putProvider({ params: { name }, body })
    return { heard, address, bodies: () => heard.map(({ text }) => JSON.parse(text) as Body) }
  }

  async function post(
    body: unknown,
    { path = '/v1/chat/completions', headers = {}, signal, at = url }: PostOptions = {},
  ) {
    const response = await fetch(at + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal && { signal }),
    })
    const text = await response.text()
    const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data)
    return { status: response.status, headers: response.headers, text, events } satisfies Told
  }

  return {
    provider,
    post,
    close(): void {
      for (const server of servers.splice(0)) server.close().closeAllConnections()
    },
    /** Dollars per million tokens. */
    async price(model: string, rates: Body) {
      await client.putOwnPrice({ params: { model }, body: { rates: rates as never, reason: 'for a test' } })
    },
    route: (name: string, targets: readonly string[], more: Body = {}) =>
      client.putModelRoute({
        params: { name },
        body: { strategy: 'priority', targets: targets.map((model) => ({ model, weight: 1 })), ...more } as never,
      }),
    /** What was kept of an answer, as soon as it is in the database. */
    async trace(id: string | null) {
      for (;;) {
        const found = await client.getTrace({ params: { id: id ?? '' } }).catch(() => undefined)
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
}

type PostOptions = {
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
  readonly at?: string
}

export const ask = (model: string, more: Body = {}): Body => ({
  model,
  messages: [{ role: 'user', content: 'Where is it?' }],
  ...more,
})

export const isStream = ({ text }: Heard): boolean => (JSON.parse(text) as { stream?: boolean }).stream === true

export const chunk = (delta: Body, finish: string | null = null, more: Body = {}): string =>
  `data: ${JSON.stringify({ id: 'up-1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`
export const completion = (content: string, more: Body = {}): Body => ({
  id: 'up-1',
  object: 'chat.completion',
  model: 'm-2026',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  ...more,
})
export const json = (response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
export const stream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' })

/** Answers, as whoever asks wants it. */
export const well: Says = (response, heard, times) => {
  if (!isStream(heard)) return json(response, completion(`Answer ${times}.`))
  const usage = { prompt_tokens: 1000, completion_tokens: 100 }
  stream(response).end(
    `${chunk({ content: `Answer ${times}.` })}${chunk({}, 'stop')}${chunk({}, null, { choices: [], usage })}data: [DONE]\n\n`,
  )
}
