/** What a new version of a pack changes: which of its items, which checks these touch, and which applications (S1.23b). Pure. */
import { z } from 'zod'
import { digestOf } from '../../kernel/digest.ts'

export const PACK_KINDS = ['law', 'crosswalk', 'advisor'] as const
export const PackKind = z.enum(PACK_KINDS)
export type PackKind = z.infer<typeof PackKind>

/** An obligation, a question, a control or a rule, with the checks that it names. */
export type PackItem = {
  readonly id: string
  readonly title: string
  readonly checks: readonly string[]
  readonly content: unknown
}
export type ReadPack = {
  readonly name: string
  readonly version: string
  readonly asOf: string
  readonly items: readonly PackItem[]
}

export const ChangedItem = z.object({
  id: z.string(),
  title: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  checks: z.array(z.string()),
})
export type ChangedItem = z.infer<typeof ChangedItem>

export const PackChanges = z.object({
  kind: PackKind,
  name: z.string(),
  /** Null when there is no such pack yet. */
  before: z.object({ version: z.string(), asOf: z.iso.date() }).nullable(),
  after: z.object({ version: z.string(), asOf: z.iso.date() }),
  items: z.array(ChangedItem),
  /** Checks that the changed items name. */
  checks: z.array(z.string()),
  applications: z.array(z.object({ application: z.string(), because: z.string() })),
})
export type PackChanges = z.infer<typeof PackChanges>

export function changedItems(before: readonly PackItem[], after: readonly PackItem[]): ChangedItem[] {
  const old = new Map(before.map((item) => [item.id, item]))
  const now = new Map(after.map((item) => [item.id, item]))
  const changed = after.flatMap((item): ChangedItem[] => {
    const was = old.get(item.id)
    if (was && digestOf(was.content) === digestOf(item.content)) return []
    const checks = [...new Set([...(was?.checks ?? []), ...item.checks])]
    return [{ id: item.id, title: item.title, change: was ? 'changed' : 'added', checks }]
  })
  const removed = before
    .filter(({ id }) => !now.has(id))
    .map(({ id, title, checks }): ChangedItem => ({ id, title, change: 'removed', checks: [...checks] }))
  return [...changed, ...removed]
}
