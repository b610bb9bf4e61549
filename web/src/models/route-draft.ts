/** A route as its form holds it, and back: texts as they are typed, and nothing lost that the form does not show. Pure. */
import type { ModelRoute } from '../data/shapes.ts'

export type TargetDraft = {
  /** Tells rows apart while they are moved. */
  readonly key: number
  readonly model: string
  readonly weight: string
  readonly tasks: string
  readonly atLeast: string
  readonly atMost: string
  readonly languages: string
}

export type RouteDraft = {
  readonly strategy: ModelRoute['strategy']
  readonly targets: readonly TargetDraft[]
  readonly retries: string
  /** Seconds to the first piece. */
  readonly firstTokenSeconds: string
  /** Empty: nothing is kept. */
  readonly cacheMinutes: string
  readonly cacheSharedBy: 'key' | 'organisation'
  readonly onDisconnect: ModelRoute['onDisconnect']
  readonly onUnknownPrice: '' | NonNullable<ModelRoute['onUnknownPrice']>
  readonly onUnsupported: '' | NonNullable<ModelRoute['onUnsupported']>
  readonly affinity: '' | NonNullable<ModelRoute['affinity']>
}

type Input = Omit<ModelRoute, 'name' | 'updatedAt'>

const SECOND = 1_000
const MINUTE = 60 * SECOND

export const emptyTarget = (key: number): TargetDraft => ({
  ...{ key, model: '', weight: '1', tasks: '', atLeast: '', atMost: '', languages: '' },
})

export function draftOf(route: ModelRoute | undefined): RouteDraft {
  return {
    strategy: route?.strategy ?? 'priority',
    targets: route?.targets.map(targetDraft) ?? [emptyTarget(0)],
    retries: shown(route?.retries),
    firstTokenSeconds: shown(route?.timeouts?.firstTokenMs, SECOND),
    cacheMinutes: shown(route?.cache?.ttlMs, MINUTE),
    cacheSharedBy: route?.cache?.sharedBy ?? 'key',
    onDisconnect: route?.onDisconnect ?? 'cancel',
    onUnknownPrice: route?.onUnknownPrice ?? '',
    onUnsupported: route?.onUnsupported ?? '',
    affinity: route?.affinity ?? '',
  }
}

/** @param before the route that is changed: what the form does not show is kept */
export function routeOf(draft: RouteDraft, before: ModelRoute | undefined): Input {
  const { firstTokenMs: _, ...otherTimeouts } = before?.timeouts ?? {}
  const timeouts = { ...otherTimeouts, ...amount('firstTokenMs', draft.firstTokenSeconds, SECOND) }
  return {
    strategy: draft.strategy,
    targets: draft.targets.filter(({ model }) => model.trim() !== '').map(targetOf),
    ...amount('retries', draft.retries),
    ...(Object.keys(timeouts).length > 0 && { timeouts }),
    ...(draft.cacheMinutes !== '' && {
      cache: { ttlMs: Math.round(Number(draft.cacheMinutes) * MINUTE), sharedBy: draft.cacheSharedBy },
    }),
    onDisconnect: draft.onDisconnect,
    ...(draft.onUnknownPrice !== '' && { onUnknownPrice: draft.onUnknownPrice }),
    ...(draft.onUnsupported !== '' && { onUnsupported: draft.onUnsupported }),
    ...(draft.affinity !== '' && { affinity: draft.affinity }),
  }
}

const targetDraft = ({ model, weight, when }: ModelRoute['targets'][number], key: number): TargetDraft => ({
  ...{ key, model, weight: String(weight) },
  tasks: when?.tasks?.join(', ') ?? '',
  atLeast: shown(when?.inputTokens?.atLeast),
  atMost: shown(when?.inputTokens?.atMost),
  languages: when?.languages?.join(', ') ?? '',
})

function targetOf({ model, weight, tasks, atLeast, atMost, languages }: TargetDraft): Input['targets'][number] {
  const inputTokens = { ...amount('atLeast', atLeast), ...amount('atMost', atMost) }
  const when = {
    ...list('tasks', tasks),
    ...(Object.keys(inputTokens).length > 0 && { inputTokens }),
    ...list('languages', languages),
  }
  return { model: model.trim(), weight: Number(weight), ...(Object.keys(when).length > 0 && { when }) }
}

const shown = (value: number | undefined, unit = 1): string => (value === undefined ? '' : String(value / unit))

const amount = <Name extends string>(name: Name, text: string, unit = 1): { [key in Name]?: number } =>
  text.trim() === '' ? {} : ({ [name]: Number(text) * unit } as { [key in Name]?: number })

function list<Name extends string>(name: Name, text: string): { [key in Name]?: string[] } {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  return words.length === 0 ? {} : ({ [name]: words } as { [key in Name]?: string[] })
}
