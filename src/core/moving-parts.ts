/** What of a release moves behind its name and says so by a fingerprint: live indexes, and tools at an address. */
import { type Fingerprint, watchedAs } from './fingerprint.ts'
import type { Manifest } from './manifest.ts'

export type MovingPart = { readonly watched: string; readonly fingerprint: Fingerprint }

export const movingParts = ({
  liveIndexes = [],
  tools = [],
}: Pick<Manifest, 'liveIndexes' | 'tools'>): MovingPart[] => [
  ...liveIndexes.map(({ name, fingerprint }) => ({ watched: watchedAs('live-index', name, fingerprint), fingerprint })),
  ...tools.flatMap(({ name, tool: { call } }) =>
    call.kind === 'http' && call.fingerprint
      ? [{ watched: watchedAs('tool', name, call.fingerprint), fingerprint: call.fingerprint }]
      : [],
  ),
]
