/** Whether a model is served by ourselves: its provider's address lies on this machine or in a private network. */
import { reachOf } from '../kernel/reach.ts'
import type { Models } from '../models/index.ts'

const outside = reachOf('refuse')

/** A provider that is gone is nobody's. */
export function isSelfHosted(models: Pick<Models, 'providers'>, model: string): boolean {
  const name = model.slice(0, model.indexOf('/'))
  if (!models.providers.has(name)) return false
  const host = new URL(models.providers.get(name).baseUrl).hostname.replace(/^\[|\]$/g, '')
  const isInner =
    host === 'localhost' || !/[.:]/.test(host) || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host)
  return isInner || outside?.allows(host) === false
}
