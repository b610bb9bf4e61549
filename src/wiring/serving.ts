/** How a model is served, by where its provider is. */
import { reachOf } from '../kernel/reach.ts'
import type { Models, ServingMode } from '../models/index.ts'

const outside = reachOf('refuse')
/** Dialects of clouds' model services, and hosts that say so. */
const CLOUD_DIALECTS: ReadonlySet<string> = new Set(['bedrock', 'vertex', 'azure'])

/** A provider that is gone is taken for somebody else's. */
export function servingModeOf(models: Pick<Models, 'providers'>, model: string): ServingMode {
  if (/^(?:local|replay|scripted)\//.test(model)) return 'embedded'
  const name = model.slice(0, model.indexOf('/'))
  if (!models.providers.has(name)) return 'api'
  const { dialect, baseUrl } = models.providers.get(name)
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '')
  if (isInner(host)) return 'self-hosted'
  return CLOUD_DIALECTS.has(dialect) ? 'cloud' : 'api'
}

/** This machine, or a private network. */
const isInner = (host: string): boolean =>
  host === 'localhost' ||
  !/[.:]/.test(host) ||
  /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host) ||
  outside?.allows(host) === false
