/** What waits to be decided on: rows that cannot be read, that a rule keeps out, or that hold personal data. */
import { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import { admit, brokenRule, type Standing } from './admit.ts'
import type { PageAsk, Reader } from './allowed.ts'
import type { createChanging } from './changing.ts'
import type { Dataset, Lineage, QuarantinedRow, VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { rowsToPut } from './put-rows.ts'
import { heldBy } from './standing.ts'
import { addQuarantined, countWaiting, decideQuarantined, findWaiting, listGenerated, listWaiting } from './store.ts'
import type { DatasetDoor } from './version-of.ts'

const MOST_SHOWN = 20_000
/** Of what a model made, as many as a person looks at before saying so. */
const LOOKED_AT_ONCE = 20

export type Decision = {
  readonly name: string
  readonly caller: Reader
  readonly ids: readonly QuarantinedRow['id'][]
  /**
   * synthetic, allowed: of personal data, who says so answers for it · accepted: of what a model made · mended: with
   * `example` in its place · discarded.
   */
  readonly decision: 'synthetic' | 'allowed' | 'accepted' | 'mended' | 'discarded'
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
  function released(row: QuarantinedRow, { decision, example, looked }: Looked, standing: Standing): Example {
    if (decision === 'mended') {
      if (example) return mended(row, example, standing)
      throw new Failure('invalid', 'datasets.example-missing', 'Send the mended row as `example`.', {
        problems: [{ field: 'example', message: 'is missing', remedy: 'Send the row as it should be.' }],
      })
    }
    if (row.kind === 'generated' && decision === 'accepted') {
      const made = Example.parse(row.example)
      return { ...made, metadata: { ...made.metadata, looked } }
    }
    if (row.kind !== 'personal' || decision === 'accepted')
      throw new Failure(
        'conflict',
        'datasets.not-personal',
        `Row ${row.line} of ${row.file} waits because ${row.message}. ${wayOut[row.kind]}`,
      )
    const there = Example.parse(row.example)
    return { ...there, metadata: { ...there.metadata, personalData: decision } }
  }

  /** Held to what every row that comes in is held to. */
  function mended({ file, line, kind }: QuarantinedRow, value: Record<string, unknown>, standing: Standing): Example {
    const rules = {
      split: undefined,
      source: () => `${file}:${line}`,
      // What a model made stays so, whoever mends it.
      synthetic: kind === 'generated',
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
    async list({ name, caller, cursor, limit }: PageAsk<string>) {
      const { dataset } = await door.findToRead(name, caller)
      const rows = await listWaiting(db, { dataset: dataset.id, after: cursor, limit: limit + 1 })
      const shown = page(rows, limit, ({ id }) => id)
      return { ...shown, items: shown.items.map(cut), counts: await countWaiting(db, dataset.id) }
    },

    /** Rows that a model made, to wait until a person looked at them. */
    async hold({
      dataset,
      file,
      by,
      rows,
    }: {
      dataset: Pick<Dataset, 'id' | 'name' | 'application'>
      file: string
      by: ActorId
      rows: readonly { example: Example; message: string }[]
    }): Promise<void> {
      const held = rows.map(
        ({ example, message }, at): QuarantinedRow => ({
          id: deps.newId('qua'),
          dataset: dataset.id,
          organisation: deps.organisation,
          kind: 'generated',
          file,
          line: at + 1,
          field: 'row',
          message,
          remedy: wayOut.generated,
          text: JSON.stringify(example),
          example,
          decision: null,
          decidedBy: null,
          reason: null,
          at: deps.clock(),
        }),
      )
      await inTransaction(db, async (tx) => {
        await addQuarantined(tx, held)
        await deps.record(tx, {
          actor: by,
          action: 'datasets.quarantine',
          subject: dataset.id,
          application: dataset.application,
          detail: { dataset: dataset.name, reason: file, quarantined: held.length },
        })
      })
      deps.publish({ topic: 'dataset', id: dataset.name, application: dataset.application })
    },

    /** All that models made for a dataset, decided or not. */
    generated: (dataset: Dataset['id']): Promise<QuarantinedRow[]> => listGenerated(db, dataset),

    async decide(
      ask: Decision,
      { looked = 'each' }: { looked?: Looked['looked'] } = {},
    ): Promise<{ decided: number; version: VersionSummary | null }> {
      const { name, caller, ids, decision, reason } = ask
      if (decision === 'accepted' && looked === 'each' && ids.length > LOOKED_AT_ONCE)
        throw new Failure(
          'invalid',
          'datasets.look-first',
          `Accept at most ${LOOKED_AT_ONCE} rows at a time, which you looked at; or look at the sample of the generation and let in the rest.`,
        )
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
        const example = released(row, { ...ask, looked }, held.standing)
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
        put: rowsToPut(put, () => false),
        marks: held.marks,
        reason,
        lineage: lineageOf(rows, ask),
        by: caller.actor,
        also: async (tx) => {
          await decideQuarantined(tx, ids, decided)
        },
      })
      return { decided: rows.length, version: version ?? null }
    },
  }
}

type Looked = Decision & { readonly looked: 'each' | 'sample' }

const wayOut: Readonly<Record<QuarantinedRow['kind'], string>> = {
  broken: 'Send it mended, or discard it.',
  rule: 'Send it mended, or discard it.',
  personal: 'Say that it is synthetic or allowed, or discard it.',
  generated: 'Look at it: accept it, send it mended, or discard it.',
}

/** Of what a model made, who made it: it says so itself. */
function lineageOf(rows: readonly QuarantinedRow[], { decision, reason }: Decision): Lineage {
  const [first] = rows
  const generated = Generated.safeParse(first?.example)
  const isMade = rows.every(({ kind }) => kind === 'generated') && generated.success
  const made = isMade ? generated.data.metadata.generated : undefined
  return {
    kind: isMade ? 'generator' : 'quarantine',
    from: first?.file ?? '',
    digest: null,
    format: null,
    producer: made ? (made.snapshot ?? made.model) : null,
    steps: [
      ...(made
        ? [{ name: 'drafted', version: made.model, detail: `asked with ${made.prompt}, near duplicates left out` }]
        : []),
      { name: decision, version: '1', detail: reason },
    ],
  }
}

const Generated = z.object({
  metadata: z.object({
    generated: z.object({ model: z.string(), snapshot: z.string().nullable(), prompt: z.string() }),
  }),
})

/** Of a row of megabytes its beginning; the whole stays where it is. */
const cut = (row: QuarantinedRow): QuarantinedRow =>
  row.text.length <= MOST_SHOWN
    ? row
    : { ...row, text: `${row.text.slice(0, MOST_SHOWN).toWellFormed()}…`, example: null }
