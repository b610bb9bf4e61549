/** A gateway before one provider, for tests: what the provider says, and what it was asked. */
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import type { Answer } from '../dialects/index.ts'
import { forwardTo, type Upstream } from '../models/index.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { SPOKEN, type SpokenProvider } from './spoken-provider.example.ts'

type Body = Record<string, unknown>
export type Behave = (response: ServerResponse, says: SpokenProvider, stream: boolean, body: Body) => void

/** What touches the network is handed in by the test. */
export const inFrontOf =
  <Opened extends object>({
    listen,
    open,
    upstream,
  }: {
    listen: (handle: RequestListener) => Promise<string>
    open: (change: Partial<GatewayDeps>) => Promise<Opened>
    upstream: Upstream
  }) =>
  async (name: string, behave: Behave) => {
    const says = SPOKEN[name]
    if (!says) throw new Error(name)
    const { spoken } = says
    const asked: { path: string; headers: IncomingHttpHeaders; body: Body }[] = []
    const url = await listen(async (request, response) => {
      let text = ''
      for await (const piece of request) text += piece
      const body = JSON.parse(text) as Body
      asked.push({ path: request.url ?? '', headers: request.headers, body })
      behave(response, says, says.isStream(request.url ?? '', body), body)
    })
    const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
      forwardTo(upstream, { name: 'remote', ...spoken, baseUrl: url, credential: undefined }, ask, sink)
    const models = {
      ...fakeModels,
      forward,
      providers: { ...fakeModels.providers, has: () => true, spoken: () => spoken },
    }
    return { ...(await open({ models })), asked }
  }

/** As one piece, or byte by byte so that characters and events are cut everywhere. */
export function say(
  response: ServerResponse,
  says: SpokenProvider,
  { stream, said }: { stream: boolean; said: Answer },
) {
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(says.whole(said)))
    return
  }
  response.writeHead(200, { 'content-type': says.kind })
  for (const byte of says.stream(said)) response.write(Buffer.of(byte))
  response.end()
}
