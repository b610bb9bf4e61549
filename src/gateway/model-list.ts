/** `/v1/models`: what this caller may ask for, in OpenAI's shape. */
import { Failure } from '../kernel/failure.ts'
import { type Caller, demand } from '../wire/caller.ts'
import type { GatewayDeps } from './deps.ts'
import { namesFor, unknownModel } from './resolve.ts'

type Listed = { id: string; object: 'model'; created: number; owned_by: string }

export function listNames(deps: GatewayDeps, caller: Caller): { object: 'list'; data: Listed[] } {
  demand(caller, 'infer')
  return { object: 'list', data: namesFor(askOf(deps, caller)).map(listed) }
}

/** One of them. Throws `gateway.model-unknown`. */
export function nameOf(deps: GatewayDeps, caller: Caller, encoded: string): Listed {
  demand(caller, 'infer')
  const model = decoded(encoded)
  const ask = askOf(deps, caller)
  if (namesFor(ask).includes(model)) return listed(model)
  throw unknownModel({ ...ask, model })
}

/** Routes, and `provider/model` that work now. */
export const workingNames = (models: GatewayDeps['models']): string[] => [
  ...models.routes.list().map(({ name }) => name),
  ...models.list().flatMap(({ model, works }) => (works ? [model] : [])),
]

const askOf = ({ live, models }: GatewayDeps, caller: Caller) => ({
  live: live(),
  caller,
  models: () => workingNames(models),
})

/** Applications have no date of their own here; clients ask for the field and not for its value. */
const listed = (id: string): Listed => ({
  id,
  object: 'model',
  created: 0,
  owned_by: id.includes('/') ? (id.split('/')[0] ?? '') : 'airworthy',
})

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new Failure('invalid', 'gateway.path-not-valid', `The path ${text} cannot be decoded.`, { cause })
  }
}
