/** What a provider's own words say of the bill beyond the tokens: its numbers as sent, how it served, and its tools. */
import { isRecord, type Json } from './field-reader.ts'

export type Billed = {
  /** By dotted path. */
  readonly raw?: Record<string, number>
  readonly tier?: string
  /** By name. */
  readonly toolCalls?: Record<string, number>
}

/** At most so many numbers are kept, and none deeper. */
const MOST_RAW = 48
const DEEPEST = 3
const LONGEST_NAME = 80

/** Of a `usage` as it came. */
export function billedInUsage(usage: Json): Billed {
  const gathered: Gathered = { raw: {}, count: 0 }
  gather(usage, '', 0, gathered)
  return {
    raw: gathered.raw,
    ...(typeof usage.service_tier === 'string' && { tier: usage.service_tier.slice(0, 40) }),
    ...(typeof usage.trafficType === 'string' && trafficOf(usage.trafficType)),
    ...(isRecord(usage.server_tool_use) && toolsOf(usage.server_tool_use)),
  }
}

/** Of a whole answer, or of an event that carries one (`response`) or its beginning (`message`). */
export function billedIn(body: Json): Billed {
  const about = isRecord(body.response) ? body.response : isRecord(body.message) ? body.message : body
  const searches = Array.isArray(about.output)
    ? about.output.filter((item) => isRecord(item) && item.type === 'web_search_call').length
    : 0
  return {
    ...usageIn(about, body),
    ...(typeof about.service_tier === 'string' && { tier: about.service_tier.slice(0, 40) }),
    ...(searches > 0 && { toolCalls: { web_search: searches } }),
  }
}

/** Where it stands: at Google, in Converse's last event, in Cohere's, or where most have it. */
function usageIn(about: Json, { usage, metadata, delta }: Json): Billed {
  const inside = [isRecord(metadata) && metadata.usage, isRecord(delta) && delta.usage]
  const found = [about.usage, about.usageMetadata, usage, ...inside].find(isRecord)
  return found ? billedInUsage(found) : {}
}

/** Later words of a stream complete the earlier ones. */
const joined = (before: Billed, after: Billed): Billed => ({
  ...before,
  ...after,
  ...((before.raw || after.raw) && { raw: { ...before.raw, ...after.raw } }),
  ...((before.toolCalls || after.toolCalls) && { toolCalls: { ...before.toolCalls, ...after.toolCalls } }),
})

/** Reads a stream beside its reader; few events speak of the bill, and only those are read twice. */
export function createBilledReader() {
  let billed: Billed = {}
  return {
    push(data: string): void {
      if (/"usage(?:Metadata)?"/.test(data)) billed = joined(billed, billedInData(data))
    },
    take: (): Billed => billed,
  }
}

function billedInData(data: string): Billed {
  try {
    const value: unknown = JSON.parse(data)
    return isRecord(value) ? billedIn(value) : {}
  } catch {
    // The reader says what is wrong with it.
    return {}
  }
}

/** Vertex AI's word: `ON_DEMAND` for the usual way, `ON_DEMAND_PRIORITY`, `FLEX`, `BATCH`, `PROVISIONED_THROUGHPUT`. */
function trafficOf(type: string): Pick<Billed, 'tier'> {
  if (type === 'ON_DEMAND' || type === 'TRAFFIC_TYPE_UNSPECIFIED') return {}
  return { tier: type.replace('ON_DEMAND_', '').toLowerCase().slice(0, 40) }
}

type Gathered = { readonly raw: Record<string, number>; count: number }

function gather(value: Json, path: string, depth: number, into: Gathered): void {
  for (const name of Object.keys(value)) {
    const one = value[name]
    if (into.count >= MOST_RAW || path.length + name.length > LONGEST_NAME) return
    if (typeof one === 'number' && Number.isFinite(one)) {
      into.raw[`${path}${name}`] = one
      into.count += 1
    } else if (isRecord(one) && depth < DEEPEST) gather(one, `${path}${name}.`, depth + 1, into)
  }
}

/** Anthropic's `{web_search_requests: 2}`. */
function toolsOf(use: Json): Pick<Billed, 'toolCalls'> {
  const calls = Object.entries(use).flatMap(([name, times]) =>
    Number.isSafeInteger(times) && Number(times) > 0 ? [[name.replace(/_requests$/, ''), Number(times)] as const] : [],
  )
  return calls.length > 0 ? { toolCalls: Object.fromEntries(calls.slice(0, 16)) } : {}
}
