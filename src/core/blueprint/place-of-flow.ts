/** Where the steps of a flow stand: a file of its own, or airworthy.yaml under the name of their field. */
import type { Settings } from './schema.ts'

export function placeOf(
  flow: { readonly name: string },
  settings: Pick<Settings, 'flow' | 'baseline'>,
): { readonly file: string; readonly list: string } {
  const isInline = Array.isArray(settings[flow.name as 'flow' | 'baseline'])
  return isInline ? { file: 'airworthy.yaml', list: flow.name } : { file: `flows/${flow.name}.yaml`, list: 'steps' }
}
