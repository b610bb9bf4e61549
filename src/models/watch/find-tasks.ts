/** What the catalogue says of models in use that somebody has to do something about. Pure. */
import type { Fingerprint } from '../../core/fingerprint.ts'
import { DAY, epochMs, type Instant } from '../../kernel/time.ts'
import type { CardField } from '../cards/index.ts'
import type { ModelTask } from './contract.ts'

export type InUse = {
  readonly model: string
  readonly applications: readonly string[]
  /** Where it is read, for a live index or a tool; those are asked no questions and stand on no list. */
  readonly fingerprint?: Fingerprint | undefined
}
/** What changed in a provider's list since it was read before. */
export type ListChange = {
  readonly vanished: readonly string[]
  readonly changed: readonly { readonly model: string; readonly fields: readonly string[] }[]
}
export type NewTask = Pick<ModelTask, 'model' | 'kind' | 'key' | 'title' | 'detail' | 'deadline' | 'applications'>

/** An end that is nearer than this opens a task. */
const AHEAD_DAYS = 180
/** Fields of which a change may break what was decided. */
const TERMS = new Set(['licence', 'regions', 'trainsOnInputs', 'retentionDays', 'contextTokens', 'outputTokens'])

export function findTasks(given: {
  inUse: readonly InUse[]
  fieldsOf: (model: string) => readonly CardField[]
  changes: readonly ListChange[]
  now: Instant
}): NewTask[] {
  const { inUse, fieldsOf, changes, now } = given
  return inUse.flatMap(({ model, applications, fingerprint }): NewTask[] => {
    if (fingerprint) return []
    const base = { model, applications: [...applications] }
    const end = fieldsOf(model).find(({ name }) => name === 'deprecatedOn')?.value
    const ends = typeof end === 'string' && end !== 'none' ? (`${end}T00:00:00.000Z` as Instant) : undefined
    const isNear = ends !== undefined && (epochMs(ends) - epochMs(now)) / DAY <= AHEAD_DAYS
    const changed = changes
      .flatMap((change) => change.changed.filter((one) => one.model === model))
      .flatMap(({ fields }) => fields.filter((field) => TERMS.has(field)))
    return [
      ...(isNear
        ? [
            {
              ...base,
              kind: 'ends' as const,
              key: `${model} ends ${end}`,
              title: `${model} is switched off on ${end}`,
              detail: 'Choose another model, measure it against this one, and roll it out before that day.',
              deadline: ends,
            },
          ]
        : []),
      ...(changes.some(({ vanished }) => vanished.includes(model))
        ? [
            {
              ...base,
              kind: 'vanished' as const,
              key: `${model} vanished ${now.slice(0, 10)}`,
              title: `${model} is no longer on its provider's list`,
              detail: 'It may end without notice. Ask the provider, or move to another model.',
              deadline: null,
            },
          ]
        : []),
      ...(changed.length > 0
        ? [
            {
              ...base,
              kind: 'terms-changed' as const,
              key: `${model} terms ${now.slice(0, 10)} ${changed.join(' ')}`,
              title: `What its provider says of ${model} has changed`,
              detail: `Changed: ${changed.join(', ')}. Look at its card, and whether its approval still holds.`,
              deadline: null,
            },
          ]
        : []),
    ]
  })
}
