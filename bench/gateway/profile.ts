/**
 * Where the processor time of a process goes, by parts of a request: the samples of V8's profiler, each counted for
 * the innermost of our functions on its stack that belongs to a part.
 */
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'

type Frame = Profiler.ProfileNode

/** `all`: with what it calls in Node and undici; `own`: in our files, and in what is built into the language, alone. */
export type Part = { all: number; own: number }
export type Parts = Record<string, Part>

const SAMPLE_MICROSECONDS = 200
const OURS = /\/(?:src|bench)\//

/** The first that fits a file, or a file and a function, names the part. */
const PARTS: readonly (readonly [part: string, file: RegExp, name?: RegExp])[] = [
  ['spool', /src\/telemetry\//],
  ['settle', /src\/gateway\/exchange/, /settle/i],
  ['settle', /src\/access\/spending\//, /settle|record|stateOf/],
  ['settle', /src\/models\/price|src\/kernel\/money|src\/gateway\/passed/, /cost|pico|split|merged|rates|takeFacts/i],
  ['identify', /src\/access\/(?:identify|credentials|secrets|directory)/],
  ['reserve', /src\/access\/spending\/|src\/access\/limits|src\/flows\/upper-bound|src\/gateway\/reserve/],
  ['parse', /src\/gateway\/(?:client-request|read-body|subject|cache-key|protocols\/parsed-request)/],
  ['parse', /src\/gateway\/protocols\//, /^parse$|^messages$/],
  ['route', /src\/gateway\/(?:resolve|switched-off|approved|route-order|target-health|attempts|ask-route)|src\/wire\//],
  ['stream', /src\/gateway\/(?:json-answer|stream-answer|answer-reader|kept-bytes|passed|sse-events|protocols\/)/],
  ['stream', /src\/gateway\/(?:exchange|pass-through|provider-ask)/, /^(?:end|write|onPiece|onEnd|onHead|begin)$/],
  // The last bytes of an answer, which leave when the turn of the loop ends.
  ['stream', /src\/gateway\/exchange/, /^$/],
  ['stream', /src\/gateway\/turn-end/],
  ['stream', /src\/models\/call/, /^onResponse/],
  ['ask', /src\/models\/|src\/gateway\/(?:provider-ask|pass-through)|src\/kernel\/outward/],
  ['begin', /src\/gateway\/|src\/kernel\//],
]

export async function startProfile(): Promise<() => Promise<Parts>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS })
  await session.post('Profiler.start')
  return async () => {
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    return partsOf(profile)
  }
}

/** Microseconds by part. */
function partsOf(profile: Profiler.Profile): Parts {
  const frames = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const found: Parts = {}
  const { samples = [], timeDeltas = [] } = profile
  for (const [index, id] of samples.entries()) {
    const leaf = frames.get(id)?.callFrame
    if (!leaf || leaf.functionName === '(idle)') continue
    const { part, isOwn } = partOf(id, frames, parents)
    found[part] ??= { all: 0, own: 0 }
    const microseconds = timeDeltas[index] ?? 0
    found[part].all += microseconds
    if (isOwn) found[part].own += microseconds
  }
  return found
}

function partOf(
  id: number,
  frames: Map<number, Frame>,
  parents: Map<number, number>,
): { part: string; isOwn: boolean } {
  const leaf = frames.get(id)?.callFrame
  if (leaf?.functionName === '(garbage collector)') return { part: 'garbage', isOwn: false }
  if (leaf?.functionName === '(program)') return { part: 'system', isOwn: false }
  let isOwn = true
  let isUndici = false
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const { url = '', functionName = '' } = frames.get(at)?.callFrame ?? {}
    if (url.includes('/undici/')) isUndici = true
    if (url !== '' && !OURS.test(url)) isOwn = false
    if (!OURS.test(url)) continue
    const part = PARTS.find(([, file, name]) => file.test(url) && (name?.test(functionName) ?? true))?.[0]
    if (part) return { part, isOwn }
  }
  return { part: isUndici ? 'ask' : 'serve', isOwn: false }
}
