/** The last reading of a provider's list of models, and what had changed since the one before. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { canonicalJson } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { FactName } from './facts.ts'
import type { Listed } from './provider-list.ts'
import type { ModelSource } from './source.ts'

const Changed = z.object({ model: z.string(), fields: z.array(FactName) })

export const ListReading = z.object({
  organisation: Organisation,
  provider: Name,
  /** When it was last read well; null when it never was. */
  readAt: Instant.nullable(),
  /** Why the last try failed; null when it did not. */
  failure: z.string().nullable(),
  triedAt: Instant,
  /** What the list names, as `provider/model`. */
  models: z.array(z.string()),
  appeared: z.array(z.string()),
  vanished: z.array(z.string()),
  changed: z.array(Changed),
})
export type ListReading = z.infer<typeof ListReading>

/** What is new, gone and different. Nothing is new on the first reading. */
export function compareLists(
  provider: string,
  listed: readonly Listed[],
  before: { readonly models: readonly string[]; readonly sources: readonly ModelSource[] } | undefined,
): Pick<ListReading, 'models' | 'appeared' | 'vanished' | 'changed'> {
  const models = [...new Set(listed.map(({ id }) => `${provider}/${id}`))].sort()
  if (!before) return { models, appeared: [], vanished: [], changed: [] }
  const now = new Set(models)
  const then = new Set(before.models)
  return {
    models,
    appeared: models.filter((model) => !then.has(model)),
    vanished: before.models.filter((model) => !now.has(model)),
    changed: listed.flatMap(({ id, facts }) => {
      const model = `${provider}/${id}`
      const old = before.sources.find((source) => source.model === model)
      if (!old) return []
      const fields = FactName.options.filter((name) => said(old.facts[name]) !== said(facts[name]))
      return fields.length === 0 ? [] : [{ model, fields }]
    }),
  }
}

const said = (value: unknown): string => canonicalJson(value ?? null)
