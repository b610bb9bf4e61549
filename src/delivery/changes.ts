/** What changed between two releases, part by part, as sentences. */
import type { z } from 'zod'
import { type AdapterPart, adapterInWords } from '../core/adapter.ts'
import { guardInWords } from '../core/guardrail.ts'
import { behaviourParts, type Manifest, type Part, partsOf } from '../core/manifest.ts'
import { routesInWords } from '../core/routed-models.ts'
import { toolInWords } from '../core/tool.ts'
import { canonicalJson } from '../kernel/digest.ts'
import type { Change } from './served.ts'

type OneChange = z.infer<typeof Change>

export function changesBetween(before: Manifest, after: Manifest): OneChange[] {
  const old = partsOf(before).filter(isNamed)
  const now = partsOf(after).filter(isNamed)
  const behaviour = new Set([...behaviourParts(before), ...behaviourParts(after)].map(keyOf))
  const keys = [...new Set([...now, ...old].map(keyOf))]
  return keys.flatMap((key) => {
    const was = old.find((part) => keyOf(part) === key)
    const is = now.find((part) => keyOf(part) === key)
    const part = is ?? was
    if (!part || was?.digest === is?.digest) return []
    const change = was ? (is ? ('changed' as const) : ('removed' as const)) : ('added' as const)
    return [
      {
        kind: part.kind,
        name: part.name,
        change,
        before: was?.digest ?? null,
        after: is?.digest ?? null,
        words: inWords({ part, change, before, after }),
        behaviour: behaviour.has(key),
      },
    ]
  })
}

/** The release as a whole changes whenever a part does, so it says nothing of its own. */
const isNamed = ({ kind }: Part): boolean => kind !== 'release'
/** A release has one flow, one baseline, one index and one target, whatever they are called. */
const keyOf = ({ kind, name }: Part): string =>
  ['flow', 'baseline', 'index', 'target', 'price-book', 'cache', 'serving'].includes(kind) ? kind : `${kind} ${name}`

function inWords(given: { part: Part; change: OneChange['change']; before: Manifest; after: Manifest }): string {
  const { part, change, before, after } = given
  const title = `The ${part.kind.replace('-', ' ')} ${part.name}`
  if (change !== 'changed') return `${title} was ${change}${ownWords(change === 'added' ? after : before, part)}.`
  const details = [
    ...differences(contentOf(before, part), contentOf(after, part)),
    ...(part.kind === 'flow' ? [...routeDifferences(before, after), ...fallbackDifferences(before, after)] : []),
  ]
  const shown = details.slice(0, MOST_DETAILS)
  const more = details.length > shown.length ? `; and ${details.length - shown.length} more` : ''
  return details.length === 0 ? `${title} has changed.` : `${title} has changed: ${shown.join('; ')}${more}.`
}

/** What a guardrail or a tool did or does: its name alone says little. */
function ownWords({ guardrails = [], tools = [], models }: Manifest, { kind, name }: Part): string {
  const guard = kind === 'guardrail' ? guardrails.find((one) => one.name === name) : undefined
  if (guard) return `: it ${guardInWords(guard.guard)}`
  const adapter = kind === 'adapter' ? adapterOf({ models }, name) : undefined
  if (adapter) return `: ${adapterInWords(adapter)}`
  const tool = kind === 'tool' ? tools.find((one) => one.name === name) : undefined
  return tool ? `: ${toolInWords(tool)}` : ''
}

/** Its part has the name of its model before its own. */
const adapterOf = ({ models }: Pick<Manifest, 'models'>, part: string): AdapterPart | undefined =>
  models.find(({ name, adapter }) => adapter && `${name}/${adapter.name}` === part)?.adapter

const MOST_DETAILS = 6
const LONGEST_VALUE = 60

/** What a person would compare: the part without digests. */
function contentOf(manifest: Manifest, { kind, name }: Part): unknown {
  const named = <Item extends { name: string }>(items: readonly Item[]) => items.find((item) => item.name === name)
  switch (kind) {
    case 'prompt':
      return named(manifest.prompts)
    case 'model':
      return named(manifest.models)
    case 'adapter':
      return adapterOf(manifest, name)
    case 'tool':
      return named(manifest.tools ?? [])?.tool
    case 'guardrail':
      return named(manifest.guardrails ?? [])?.guard
    case 'dataset':
      return named(manifest.datasets)
    case 'suite':
      return named(manifest.suites)
    case 'flow':
      return stepsById(manifest.flow)
    case 'baseline':
      return manifest.baseline && stepsById(manifest.baseline)
    case 'index':
      return manifest.index
    case 'live-index':
      return named(manifest.liveIndexes ?? [])
    case 'target':
      return manifest.target
    case 'evaluator':
      return manifest.evaluators.find(({ id }) => id === name)
    case 'judge':
      return manifest.evaluators.find(({ id, judge }) => judge && name === `${id} by ${judge.model}`)
    case 'price-book':
      return manifest.priceBook
    case 'cache':
      return manifest.cache?.byMeaning
    case 'serving':
      return manifest.serving
    default:
      return undefined
  }
}

/** Without routes and fallbacks, which are told by what they mean. */
const stepsById = ({ steps }: Manifest['flow']): Record<string, unknown> => ({
  ...Object.fromEntries(
    steps.map((step) => {
      const { id, ...rest } = step
      if (rest.use !== 'generate') return [id, rest]
      const { fallbacks: _, route: __, ...own } = rest
      return [id, own]
    }),
  ),
  order: steps.map(({ id }) => id).join(' → '),
})

/** Whom the route of a step asks, step by step. */
function routeDifferences(before: Manifest, after: Manifest): string[] {
  const [was, is] = [routesInWords(before), routesInWords(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((step) => {
    const [old, now] = [was.get(step), is.get(step)]
    if (old === now) return []
    if (!now) return [`${step} has no route any more; it asked ${old}`]
    return [`the route of ${step} asks ${now}; ${old ? `it asked ${old}` : 'before, it had none'}`]
  })
}

/** Who answers when the model of a step fails, step by step. */
function fallbackDifferences(before: Manifest, after: Manifest): string[] {
  const [was, is] = [fallbacksByStep(before), fallbacksByStep(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((step) => {
    const [old, now] = [was.get(step), is.get(step)]
    if ((old?.others ?? '') === (now?.others ?? '')) return []
    if (!now?.others)
      return [`when ${old?.first} fails in ${step}, nobody answers instead any more; it was ${old?.others}`]
    if (!old?.others) return [`when ${now.first} fails in ${step}, ${now.others} answers instead; before, nobody did`]
    return [`when ${now.first} fails in ${step}, ${now.others} answers instead; it was ${old.others}`]
  })
}

const fallbacksByStep = ({ flow, models }: Manifest): Map<string, { first: string; others: string }> =>
  new Map(
    flow.steps.flatMap((step) => {
      if (step.use !== 'generate') return []
      const modelOf = (name: string) => models.find((part) => part.name === name)?.model ?? name
      const others = (step.fallbacks ?? []).map(modelOf).join(', then ')
      return [[step.id, { first: modelOf(step.model), others }] as const]
    }),
  )

/** Not what every object answers to, such as `constructor`. */
const ownOf = (object: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** `find.k is 12 instead of 2`, for each leaf that differs. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return []
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys
      .filter((key) => !['digest', 'file', 'name'].includes(key))
      .flatMap((key) => differences(ownOf(before, key), ownOf(after, key), path ? `${path}.${key}` : key))
  }
  if (typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n')))
    return [`${path}: ${linesInWords(before, after)}`]
  if (before === undefined) return [`${path} is new: ${shown(after)}`]
  if (after === undefined) return [`${path} is gone, it was ${shown(before)}`]
  return [`${path} is ${shown(after)} instead of ${shown(before)}`]
}

function linesInWords(before: string, after: string): string {
  const old = before.split('\n')
  const now = after.split('\n')
  const added = now.filter((line) => !old.includes(line)).length
  const removed = old.filter((line) => !now.includes(line)).length
  if (added + removed === 0) return 'the order of its lines differs'
  return `${added} ${added === 1 ? 'line' : 'lines'} added, ${removed} removed`
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : canonicalJson(value ?? null)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
