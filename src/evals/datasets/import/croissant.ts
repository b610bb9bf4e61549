/**
 * Croissant (MLCommons, format 1.0): what a data set is, under which licence, and which files with which SHA-256 it is
 * made of. The rows are in those files, unless a record set holds them itself.
 */
import { Failure } from '../../../kernel/failure.ts'
import type { DatasetCard } from '../dataset.ts'
import { isObject, type ReadRow } from './read-row.ts'

export type Croissant = {
  readonly card: DatasetCard
  readonly description: string
  readonly rows: ReadRow[]
  readonly notes: string[]
}

/** Throws `datasets.croissant-invalid`. */
export function readCroissant(text: string): Croissant {
  const value = jsonOf(text)
  if (!isObject(value) || !/Dataset$/.test(String(value['@type'])))
    throw new Failure(
      'invalid',
      'datasets.croissant-invalid',
      'This is no Croissant description: its `@type` is no sc:Dataset.',
    )
  const files = objectsIn(value.distribution).map((file) => ({
    name: String(file.name ?? file['@id'] ?? 'file').slice(0, 500),
    sha256: /^[0-9a-f]{64}$/.test(String(file.sha256)) ? String(file.sha256) : null,
  }))
  const rows = objectsIn(value.recordSet).flatMap((set) => inlineRows(set))
  const sets = objectsIn(value.recordSet).map((set) => {
    const fields = objectsIn(set.field).map((field) => String(field.name ?? field['@id']).replace(/^.*\//, ''))
    return `Record set ${String(set.name ?? set['@id'])}: ${fields.join(', ')}.`
  })
  const unverified = files.filter(({ sha256 }) => sha256 === null).length
  return {
    card: {
      licence: textOf(value.license, 200),
      origin: textOf(value.url, 2000),
      citation: textOf(value.citeAs ?? value.citation, 5000),
      files: files.slice(0, 1000),
    },
    description: textOf(value.description, 2000) ?? '',
    rows,
    notes: [
      ...sets,
      ...(rows.length === 0 && files.length > 0
        ? [
            `Its rows are in ${files.map(({ name }) => name).join(', ')}: import ${files.length === 1 ? 'it' : 'each of them'} next; the digest is compared.`,
          ]
        : []),
      ...(unverified > 0
        ? [`${unverified} of its ${files.length} files have no SHA-256; what is imported for them is not verified.`]
        : []),
    ],
  }
}

/** Rows that stand in the description itself, as `cr:data`. */
function inlineRows(set: Record<string, unknown>): ReadRow[] {
  const data = Array.isArray(set.data) ? set.data : Array.isArray(set['cr:data']) ? set['cr:data'] : []
  return data.map((row, at) => ({
    line: at + 1,
    text: JSON.stringify(row),
    value: isObject(row)
      ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/^.*\//, ''), value]))
      : row,
  }))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', 'datasets.croissant-invalid', `This is no JSON: ${(cause as Error).message}.`, {
      cause,
    })
  }
}

const objectsIn = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : [])

const textOf = (value: unknown, most: number): string | null => {
  const text = Array.isArray(value) ? value.join(', ') : value
  return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, most) : null
}
