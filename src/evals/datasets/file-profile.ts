/**
 * What a file held when it came in: its form, its fields and what was not taken. Pure; rows are seen once, in order.
 *
 * Invariant: a value is shown as an example only of a row that entered, is not held out and was not said to hold
 * personal data. Everything else is counted.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import type { Example } from '../../core/dataset.ts'
import { Digest, digestOfBytes } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import type { Refused } from './admit.ts'
import { DatasetId, QuarantinedRow } from './dataset.ts'
import { isObject, type ReadRow } from './import/read-row.ts'

const FieldType = z.enum(['text', 'number', 'boolean', 'list', 'object'])
type FieldType = z.infer<typeof FieldType>

export const FieldProfile = z.object({
  /** As an example has it; what it has no place for stands under `metadata`. */
  name: z.string(),
  /** Values by type; a field of one type has one entry. */
  types: z.partialRecord(FieldType, z.number().int()),
  /** Share of the rows that could be read in which it is absent, null or empty. */
  missing: z.number().min(0).max(1),
  /** Different values; at `isDistinctCut` there are more than this. */
  distinct: z.number().int(),
  isDistinctCut: z.boolean(),
  examples: z.array(z.string()),
})
export type FieldProfile = z.infer<typeof FieldProfile>

export const FileProfile = z.object({
  format: z.string(),
  /** Null for a format that is no text. */
  encoding: z.string().nullable(),
  bytes: z.number().int(),
  digest: Digest,
  /** Rows of the file, those that could not be read too. */
  records: z.number().int(),
  readable: z.number().int(),
  fields: z.array(FieldProfile),
  /** Fields beyond those that are listed. */
  furtherFields: z.number().int(),
  /** Why rows were not taken, the most frequent first. */
  quarantined: z.array(
    z.object({
      kind: QuarantinedRow.shape.kind,
      field: z.string(),
      message: z.string(),
      rows: z.number().int(),
      firstLine: z.number().int(),
    }),
  ),
})
export type FileProfile = z.infer<typeof FileProfile>

export const ImportedFile = z.object({
  id: idOf('imf'),
  dataset: DatasetId,
  organisation: Organisation,
  file: z.string(),
  /** The version that it made; null when nothing new entered. */
  version: z.number().int().nullable(),
  profile: FileProfile,
  at: Instant,
  by: ActorId,
})
export type ImportedFile = z.infer<typeof ImportedFile>

const MOST_FIELDS = 100
const MOST_DISTINCT = 1000
const MOST_EXAMPLES = 3
const LONGEST_EXAMPLE = 80
const MOST_REASONS = 50
const NUMBER = /^\s*[-+]?\d{1,15}([.,]\d{1,15})?\s*$/

type Counted = {
  types: Partial<Record<FieldType, number>>
  there: number
  distinct: Set<string>
  examples: Set<string>
}

export type FileProfiler = ReturnType<typeof createFileProfiler>

/** @param isTable whether all that the file has are cells of text, so that numbers are seen by their digits */
export function createFileProfiler({ isTable }: { isTable: boolean }) {
  const fields = new Map<string, Counted>()
  const reasons = new Map<string, FileProfile['quarantined'][number]>()
  const seen = { records: 0, readable: 0 }

  function count(name: string, value: unknown, isShown: boolean): void {
    const field = fields.get(name) ?? { types: {}, there: 0, distinct: new Set<string>(), examples: new Set<string>() }
    fields.set(name, field)
    const type = isTable && typeof value === 'string' && NUMBER.test(value) ? 'number' : typeOf(value)
    if (type === null) return
    field.there += 1
    field.types[type] = (field.types[type] ?? 0) + 1
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    if (field.distinct.size <= MOST_DISTINCT) field.distinct.add(text.length > 80 ? digestOfBytes(text) : text)
    if (isShown && text.length <= LONGEST_EXAMPLE && field.examples.size < MOST_EXAMPLES) field.examples.add(text)
  }

  return {
    /** @param entered the row that it became; undefined when it was not taken, and `refused` says why */
    add(read: ReadRow, { entered, refused }: { entered?: Example; refused?: Refused }): void {
      seen.records += 1
      if (refused) addReason(reasons, refused)
      if (read.problem || !isObject(read.value)) return
      seen.readable += 1
      const isShown = entered !== undefined && entered.split !== 'holdout' && !entered.metadata?.personalData
      for (const [name, value] of Object.entries(read.value))
        if (name === 'metadata' && isObject(value))
          for (const [key, one] of Object.entries(value)) count(`metadata.${key}`, one, isShown)
        else count(name, value, isShown)
    },

    end(file: Pick<FileProfile, 'format' | 'encoding' | 'bytes' | 'digest'>): FileProfile {
      const listed = [...fields].slice(0, MOST_FIELDS).map(
        ([name, { types, there, distinct, examples }]): FieldProfile => ({
          name,
          types,
          missing: seen.readable === 0 ? 1 : 1 - there / seen.readable,
          distinct: Math.min(distinct.size, MOST_DISTINCT),
          isDistinctCut: distinct.size > MOST_DISTINCT,
          examples: [...examples],
        }),
      )
      const quarantined = [...reasons.values()].sort((one, other) => other.rows - one.rows).slice(0, MOST_REASONS)
      const furtherFields = Math.max(0, fields.size - MOST_FIELDS)
      return { ...file, ...seen, fields: listed, furtherFields, quarantined }
    },
  }
}

function addReason(reasons: Map<string, FileProfile['quarantined'][number]>, refused: Refused): void {
  const { kind, field, line } = refused
  const message = refused.message.slice(0, 300)
  // Numbers differ from row to row, and the reason is the same.
  const key = JSON.stringify([kind, field, message.replaceAll(/\d+/g, '0')])
  const known = reasons.get(key)
  if (known) known.rows += 1
  else if (reasons.size < MOST_DISTINCT) reasons.set(key, { kind, field, message, rows: 1, firstLine: line })
}

/** Null where there is nothing. */
function typeOf(value: unknown): FieldType | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'object')
    return typeof value as FieldType
  return 'text'
}
