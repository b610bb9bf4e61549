/** Reading rows: pages of a version, the difference of two, and a version as a file. Held-out rows only when asked for. */
import type { Example, Split } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { textOf } from './admit.ts'
import type { Reader } from './allowed.ts'
import type { DatasetVersion } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { csvOf, jsonLineOf } from './export.ts'
import type { DatasetDoor, Found } from './version-of.ts'
import { rowById, rowsOf, unshared } from './version-rows.ts'
import { markOf } from './version-writer.ts'

/** Longer rows are shown cut; one row by itself is shown whole. */
const MOST_SHOWN = 20_000
/** Of one page; what is beyond comes with the next. */
const MOST_OF_PAGE = 4_000_000
/** Rows that one request looks through for words. */
const MOST_SEARCHED = 20_000

export type ShownRow = { readonly number: number; readonly isCut: boolean; readonly row: Example }

export type RowsAsk = {
  readonly name: string
  readonly caller: Reader
  readonly version?: number | undefined
  readonly split?: Split | undefined
  readonly text?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export type RowChange = {
  readonly id: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: Example | null
  readonly after: Example | null
}

export function createReading({ door, examplesOf }: Pick<DatasetsDeps, 'examplesOf'> & { door: DatasetDoor }) {
  /** What the caller may see of a version: all but the holdout, or the holdout, counted. */
  async function open(
    found: Found,
    caller: Reader,
    read: { version: DatasetVersion; split: Split | undefined; purpose: string },
  ) {
    const { version, split, purpose } = read
    if (split !== 'holdout')
      return (row: Example) => row.split !== 'holdout' && (split === undefined || row.split === split)
    await door.countHoldoutRead(found, caller, { version: version.number, rows: version.splits.holdout ?? 0, purpose })
    return (row: Example) => row.split === 'holdout'
  }

  async function versionOf(found: Found, number: number | undefined): Promise<DatasetVersion> {
    const version = await door.version(found.dataset, number)
    if (version) return version
    throw new Failure(
      'unknown',
      'datasets.version-unknown',
      `The dataset ${found.dataset.name} has no rows yet. Import some: \`airworthy datasets import ${found.dataset.name} rows.jsonl\`.`,
    )
  }

  return {
    async rows(ask: RowsAsk): Promise<{ items: ShownRow[]; next: string | null; hidden: number; version: number }> {
      const found = await door.findToRead(ask.name, ask.caller)
      const version = await door.version(found.dataset, ask.version)
      if (!version) return { items: [], next: null, hidden: 0, version: 0 }
      const from = numberOf(ask.cursor)
      // Going on to the next page of one reading is the same reading.
      const mayShow =
        ask.split === 'holdout' && from > 0 && found.access.holdout
          ? (row: Example) => row.split === 'holdout'
          : await open(found, ask.caller, { version, split: ask.split, purpose: 'rows' })
      const words = ask.text?.toLowerCase()
      const items: ShownRow[] = []
      let [size, looked, next] = [0, 0, null as string | null]
      for await (const { at, row } of rowsOf(version, examplesOf, { from, split: ask.split })) {
        if (items.length >= ask.limit || size >= MOST_OF_PAGE || looked >= MOST_SEARCHED) {
          next = String(at)
          break
        }
        looked += 1
        if (!mayShow(row) || (words && !holds(row, words))) continue
        const shown = shownRow(at + 1, row)
        size += JSON.stringify(shown).length
        items.push(shown)
      }
      const hidden = ask.split === undefined ? (version.splits.holdout ?? 0) : 0
      return { items, next, hidden, version: version.number }
    },

    /** One row by its id, whole. */
    async row({ name, caller, version: number, id }: Pick<RowsAsk, 'name' | 'caller' | 'version'> & { id: string }) {
      const found = await door.findToRead(name, caller)
      const version = await versionOf(found, number)
      const there = await rowById(version, examplesOf, id)
      if (there) {
        if (there.row.split === 'holdout') await open(found, caller, { version, split: 'holdout', purpose: 'row' })
        return { number: there.at + 1, isCut: false, row: there.row, version: version.number }
      }
      throw new Failure('unknown', 'datasets.row-unknown', `Version ${version.number} of ${name} has no row ${id}.`)
    },

    /** What changed between two versions, by id; of held-out rows only how many did. */
    async diff(ask: Pick<RowsAsk, 'name' | 'caller' | 'cursor' | 'limit'> & { from: number; to?: number | undefined }) {
      const found = await door.findToRead(ask.name, ask.caller)
      const [one, other] = [await versionOf(found, ask.from), await versionOf(found, ask.to)]
      const { one: left, other: right } = unshared(one, other)
      const before = new Map<string, Example>()
      for await (const { row } of rowsOf({ chunks: left }, examplesOf)) before.set(row.id, row)
      const changes: RowChange[] = []
      for await (const { row } of rowsOf({ chunks: right }, examplesOf)) {
        const was = before.get(row.id)
        before.delete(row.id)
        if (!was) changes.push({ id: row.id, kind: 'added', before: null, after: row })
        else if (markOf(was) !== markOf(row)) changes.push({ id: row.id, kind: 'changed', before: was, after: row })
      }
      for (const row of before.values()) changes.push({ id: row.id, kind: 'removed', before: row, after: null })
      const shown = changes.filter((change) => [change.before, change.after].every((row) => row?.split !== 'holdout'))
      const from = numberOf(ask.cursor)
      const items = shown.slice(from, from + ask.limit).map(cutChange)
      return {
        from: one.number,
        to: other.number,
        items,
        next: from + ask.limit < shown.length ? String(from + ask.limit) : null,
        added: changes.filter(({ kind }) => kind === 'added').length,
        removed: changes.filter(({ kind }) => kind === 'removed').length,
        changed: changes.filter(({ kind }) => kind === 'changed').length,
        hidden: changes.length - shown.length,
      }
    },

    /** All rows that the caller may see, as the text of a file. */
    async export(ask: Pick<RowsAsk, 'name' | 'caller' | 'version' | 'split'> & { format: 'jsonl' | 'csv' }) {
      const found = await door.findToRead(ask.name, ask.caller)
      const version = await versionOf(found, ask.version)
      const mayShow = await open(found, ask.caller, { version, split: ask.split, purpose: 'export' })
      async function* shown() {
        for await (const { row } of rowsOf(version, examplesOf, { split: ask.split })) if (mayShow(row)) yield row
      }
      const file = `${found.dataset.name}-${version.number}.${ask.format}`
      return { file, digest: version.digest, text: ask.format === 'csv' ? csvOf(shown) : linesOf(shown()) }
    },
  }
}

async function* linesOf(rows: AsyncIterable<Example>): AsyncGenerator<string> {
  for await (const row of rows) yield jsonLineOf(row)
}

const holds = (row: Example, words: string): boolean =>
  row.id.toLowerCase().includes(words) || textOf(row).toLowerCase().includes(words)

function shownRow(number: number, row: Example): ShownRow {
  const size = JSON.stringify(row).length
  return size <= MOST_SHOWN ? { number, isCut: false, row } : { number, isCut: true, row: cut(row) }
}

const cutChange = ({ before, after, ...change }: RowChange): RowChange => ({
  ...change,
  before: before && shownRow(0, before).row,
  after: after && shownRow(0, after).row,
})

/** The beginning of what it says; the rest is left out. */
function cut({ id, input, expected, split, cluster, source, synthetic }: Example): Example {
  const start = (text: string) => (text.length > 2000 ? `${text.slice(0, 2000).toWellFormed()}…` : text)
  const turns =
    typeof input === 'string'
      ? start(input)
      : input.slice(0, 5).map((turn) => ({ ...turn, content: start(turn.content) }))
  const answer = Array.isArray(expected) ? expected.slice(0, 5).map(start) : expected && start(expected)
  return {
    id,
    input: turns,
    split,
    ...(answer !== undefined && { expected: answer }),
    ...(cluster !== undefined && { cluster }),
    ...(source !== undefined && { source }),
    ...(synthetic !== undefined && { synthetic }),
  }
}

function numberOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new Failure('invalid', 'datasets.cursor-invalid', 'Use the `next` of the page before as the cursor.')
}
