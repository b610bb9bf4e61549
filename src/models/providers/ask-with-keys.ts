/** One request to a provider with one of its keys after the other, until one of them is not at fault. */
import { Failure } from '../../kernel/failure.ts'
import { epochMs, systemClock } from '../../kernel/time.ts'
import type { Asked } from '../answered.ts'
import type { UpstreamHeaders } from '../call.ts'
import { actionOf, type Trouble, troubleOf } from '../failure-action.ts'
import { textOf, type UpstreamAnswer } from '../upstream.ts'
import { type Endpoint, refusalAs } from './endpoint.ts'

type Chosen = { readonly endpoint: Endpoint; readonly credential?: string | undefined }
export type EndpointOf = {
  /**
   * Asked for each request, so that a changed key counts from the next one on. `without` names the keys that have
   * failed for this request: then it is undefined when there is no other.
   */
  endpointOf(without?: ReadonlySet<string>): Chosen | undefined
  /** A key has failed. */
  rest?: ((credential: string, trouble: Trouble) => void) | undefined
  /** An answer began, whatever it is. */
  heard?: ((model: string, credential: string | undefined, headers: UpstreamHeaders) => void) | undefined
}

/** Of an address that has one key at most. */
export const onlyOf =
  (endpoint: Endpoint): EndpointOf['endpointOf'] =>
  (without) =>
    without ? undefined : { endpoint }

/** Throws the refusal that nobody else heals, or why nobody could be asked. */
export async function askWithKeys<Told extends { readonly answer: UpstreamAnswer }>(
  { endpointOf, rest, heard }: EndpointOf,
  { model, rest: name, signal }: Pick<Asked, 'model' | 'rest' | 'signal'>,
  askOnce: (endpoint: Endpoint) => Promise<Told>,
): Promise<Told & { readonly endpoint: Endpoint }> {
  const tried = new Set<string>()
  let next = endpointOf()
  for (;;) {
    if (!next) throw new Failure('unmet', 'models.key-missing', `${model} has no key that can be used.`)
    const { endpoint, credential }: Chosen = next
    const another = () => (credential === undefined ? undefined : endpointOf(tried.add(credential)))
    const told = await askOnce(endpoint).catch((thrown) => {
      // There was no token for this one, so that nothing was sent.
      next = actionOf(thrown) === 'rotate-key' ? another() : undefined
      if (!next) throw thrown
    })
    if (!told) continue
    const { answer } = told
    heard?.(name, credential, answer.headers)
    if (answer.status >= 200 && answer.status < 300) return { ...told, endpoint }
    const text = await textOf(answer, { host: endpoint.name, signal, limit: 1024 * 1024 })
    const { status, headers } = answer
    const trouble = troubleOf({ status, headers, text, nowMs: epochMs((endpoint.clock ?? systemClock)()) })
    if (credential !== undefined && trouble.action === 'rotate-key') {
      rest?.(credential, trouble)
      next = another()
      if (next) continue
    }
    throw refusalAs(endpoint, { status, text, waitMs: trouble.waitMs })
  }
}
