/** What can be seen of the places that a release uses: addresses of its models and its target, and the database. */
import type { Config } from '../config.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Reached } from '../governance/index.ts'
import { type Models, remoteModels } from '../models/index.ts'
import { connectionFacts } from '../store/connection-facts.ts'
import type { Store } from '../store/store.ts'

type Deps = {
  readonly config: Pick<Config, 'databaseUrl'>
  readonly store: Pick<Store, 'engine'>
  readonly models: Pick<Models, 'providers'>
}

export const reachedOf =
  ({ config, store, models }: Deps) =>
  async (manifest: Manifest | undefined): Promise<Reached> => ({
    database: { ...(await connectionFacts(store.engine)), host: hostOf(config.databaseUrl) },
    endpoints: manifest ? endpointsOf(models, manifest) : [],
  })

const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|)$/

const hostOf = (url: string | undefined): string | null => {
  const host = url === undefined ? '' : (URL.parse(url)?.hostname ?? '')
  return HERE.test(host) ? null : host
}

function endpointsOf({ providers }: Deps['models'], manifest: Manifest): Reached['endpoints'] {
  const asked = remoteModels(manifest).flatMap((name) => {
    const [provider = '', ...rest] = name.split('/')
    return providers.has(provider) ? [{ provider, model: rest.join('/'), url: providers.get(provider).baseUrl }] : []
  })
  const target = manifest.target ? [{ provider: 'target', model: 'target', url: manifest.target.url }] : []
  return [...asked, ...target].filter(({ url }) => !HERE.test(URL.parse(url)?.hostname ?? ''))
}
