/** What waits to be decided on: rows that cannot be read, that a rule keeps out, or that hold personal data. */
import { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import { admit, brokenRule, type Standing } from './admit.ts'
import type { Reader } from './allowed.ts'
import type { createChanging } from './changing.ts'
import type { Dataset, QuarantinedRow, VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { heldBy } from './standing.ts'
import { countWaiting, decideQuarantined, findWaiting, listWaiting } from './store.ts'
import type { DatasetDoor } from './version-of.ts'

const MOST_SHOWN = 20_000

export type Decision = {
  readonly name: string
  readonly caller: Reader
  readonly ids: readonly QuarantinedRow['id'][]
  /** synthetic, allowed: of personal data, who says so answers for it · mended: with `example` in its place · discarded. */
  readonly decision: 'synthetic' | 'allowed' | 'mended' | 'discarded'
  readonly example?: Record<string, unknown> | undefined
  readonly reason: string
}

export function createQuarantine(
  deps: DatasetsDeps & { door: DatasetDoor; changing: Pick<ReturnType<typeof createChanging>, 'write'> },
) {
  const { db, door, examplesOf } = deps

  async function waiting(dataset: Dataset, ids: Decision['ids']): Promise<QuarantinedRow[]> {
    const rows = await findWaiting(db, dataset.id, ids)
    const absent = ids.find((id) => !rows.some((row) => row.id === id))
    if (absent === undefined) return rows
    throw new Failure(
      'unknown',
      'datasets.quarantine-unknown',
      `No row ${absent} waits in the quarantine of ${dataset.name}.`,
    )
  }

  /** The row as it enters. Throws when it may not. */
  function released(row: QuarantinedRow, { decision, example }: Decision, standing: Standing): Example {
    if (decision === 'mended') {
      if (example) return mended(row, example, standing)
      throw new Failure('invalid', 'datasets.example-missing', 'Send the mended row as `example`.', {
        problems: [{ field: 'example', message: 'is missing', remedy: 'Send the row as it should be.' }],
      })
    }
    if (row.kind !== 'personal')
      throw new Failure(
        'conflict',
        'datasets.not-personal',
        `Row ${row.line} of ${row.file} waits because ${row.message}. Send it mended, or discard it.`,
      )
    const there = Example.parse(row.example)
    return { ...there, metadata: { ...there.metadata, personalData: decision } }
  }

  /** Held to what every row that comes in is held to. */
  function mended({ file, line }: QuarantinedRow, value: Record<string, unknown>, standing: Standing): Example {
    const rules = {
      split: undefined,
      source: () => `${file}:${line}`,
      synthetic: false,
      personalDataIn: deps.personalDataIn,
      standing,
    }
    const admission = admit({ line, text: JSON.stringify(value), value }, new Map(), rules)
    if (admission.kind === 'entered') return admission.row
    const { field, message, remedy } = admission.refused
    throw new Failure('invalid', 'datasets.example-invalid', `example.${field}: ${message}. ${remedy}`, {
      problems: [{ field: `example.${field}`, message, remedy }],
    })
  }

  return {
    async list({
      name,
      caller,
      cursor,
      limit,
    }: {
      name: string
      caller: Reader
      cursor?: string | undefined
      limit: number
    }) {
      const { dataset } = await door.findToRead(name, caller)
      const rows = await listWaiting(db, { dataset: dataset.id, after: cursor, limit: limit + 1 })
      const shown = page(rows, limit, ({ id }) => id)
      return { ...shown, items: shown.items.map(cut), counts: await countWaiting(db, dataset.id) }
    },

    async decide(ask: Decision): Promise<{ decided: number; version: VersionSummary | null }> {
      const { name, caller, ids, decision, reason } = ask
      const { dataset } = await door.findToRead(name, caller)
      const rows = await waiting(dataset, ids)
      if (decision === 'mended' && rows.length !== 1)
        throw new Failure('invalid', 'datasets.mend-one', 'Mend one row at a time.')
      const decided = { decision, decidedBy: caller.actor, reason }
      if (decision === 'discarded') {
        await inTransaction(db, async (tx) => {
          await decideQuarantined(tx, ids, decided)
          const { id: subject, application } = dataset
          const detail = { dataset: name, decision, rows: rows.length, reason }
          await deps.record(tx, {
            actor: caller.actor,
            action: 'datasets.decide-quarantine',
            subject,
            application,
            detail,
          })
        })
        return { decided: rows.length, version: null }
      }
      const held = await heldBy(await door.version(dataset), examplesOf)
      const put: Example[] = []
      for (const row of rows) {
        const example = released(row, ask, held.standing)
        const broken = brokenRule(example, held.standing)
        if (broken)
          throw new Failure(
            'conflict',
            'datasets.rule-broken',
            `Row ${example.id}: ${broken.message}. ${broken.remedy}`,
          )
        if (held.marks.has(example.id) || put.some(({ id }) => id === example.id))
          throw new Failure(
            'conflict',
            'datasets.id-taken',
            `The id ${example.id} is in the dataset already. Give the row another one.`,
          )
        held.remember(example)
        put.push(example)
      }
      const version = await deps.changing.write({
        dataset,
        put,
        marks: held.marks,
        reason,
        lineage: {
          kind: 'quarantine',
          from: rows[0]?.file ?? '',
          digest: null,
          format: null,
          producer: null,
          steps: [{ name: decision, version: '1', detail: reason }],
        },
        by: caller.actor,
        also: async (tx) => {
          await decideQuarantined(tx, ids, decided)
        },
      })
      return { decided: rows.length, version: version ?? null }
    },
  }
}

/** Of a row of megabytes its beginning; the whole stays where it is. */
const cut = (row: QuarantinedRow): QuarantinedRow =>
  row.text.length <= MOST_SHOWN
    ? row
    : { ...row, text: `${row.text.slice(0, MOST_SHOWN).toWellFormed()}…`, example: null }
