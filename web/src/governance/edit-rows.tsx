/** Editing one row of a document that is a file of the blueprint: what others wrote in it stays. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { say } from '../words/say.ts'
import { type DocumentName, document } from './queries.ts'
import { type FieldPlan, type Row, RowForm } from './row-form.tsx'

type Rows = {
  readonly name: string
  readonly document: DocumentName
  /** Where the rows stand in the document. */
  readonly list: string
  /** What identifies a row. */
  readonly key: 'id' | 'name' | 'what'
  /** The document to begin with when there is none. */
  readonly prefilled: Row
  readonly fields: readonly FieldPlan[]
  /** A new row, before anybody filled it in. */
  readonly fresh: Row
  readonly what: string
  /** A row as its form shows it, where that is not how it is written. */
  readonly toForm?: (row: Row) => Row
  /** The other way round; `rows` are all that there are. */
  readonly fromForm?: (row: Row, rows: readonly Row[]) => Row
}

/** Gives `open(key)` for a row that is there, `open(null)` for a new one, `begin` for one begun, and the dialog. */
export function useRowEditing(rows: Rows) {
  const [editing, setEditing] = useState<{ row: Row; isNew: boolean } | undefined>()
  const query = useQuery(document(rows.name, rows.document))
  const cache = useQueryClient()
  const value: Row = query.data?.value ?? rows.prefilled
  const list = (value[rows.list] ?? []) as readonly Row[]
  const put = useMutation({
    mutationFn: (next: readonly Row[]) =>
      client.putDocument({
        params: { name: rows.name, document: rows.document },
        body: { value: { ...value, [rows.list]: next } },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      setEditing(undefined)
    },
  })
  const isSame = (one: Row, other: Row) => one[rows.key] === other[rows.key]
  const dialog = editing && (
    <RowForm
      title={
        editing.isNew
          ? say('edit-rows.new', { what: rows.what })
          : String(editing.row.title ?? editing.row.name ?? editing.row.what ?? editing.row.type ?? editing.row.phase)
      }
      fields={rows.fields}
      row={rows.toForm?.(editing.row) ?? editing.row}
      busy={put.isPending}
      failure={put.error}
      onClose={() => setEditing(undefined)}
      onSave={(filled) => {
        const row = rows.fromForm?.(filled, list) ?? filled
        put.mutate(
          editing.isNew
            ? [...list, rows.key === 'id' ? { ...row, id: row.id ?? idFor(row, list) } : row]
            : list.map((one) => (isSame(one, editing.row) ? row : one)),
        )
      }}
      onRemove={editing.isNew ? undefined : () => put.mutate(list.filter((one) => !isSame(one, editing.row)))}
    />
  )
  return {
    dialog,
    open(key: string | null) {
      put.reset()
      const row = key === null ? rows.fresh : list.find((one) => one[rows.key] === key)
      if (row) setEditing({ row, isNew: key === null })
    },
    /** A new row of which something is known, its id too. */
    begin(row: Row) {
      put.reset()
      setEditing({ row: { ...rows.fresh, ...row }, isNew: true })
    },
  }
}

function idFor(row: Row, list: readonly Row[]): string {
  const stem =
    String(row.title ?? row.type ?? row.phase ?? 'row')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'row'
  const taken = new Set(list.map(({ id }) => id))
  for (let at = 1; ; at += 1) {
    const id = at === 1 ? stem : `${stem}-${at}`
    if (!taken.has(id)) return id
  }
}
