/**
 * Training: records of who learnt what, imported from wherever people are taught, and the answer to
 * `train.builders`. The answer is `imported` evidence: a tool's record, not our own measurement.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Document } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { readTrainingRecords } from './read-records.ts'
import { counts, PASSING_SCORE, personKey, samePerson, type TrainingRecord } from './record.ts'
import { listAllTrainingRecords, listTrainingRecords, saveTrainingRecord } from './store.ts'

export type TrainingDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  /** The audit log, in the transaction of the change. */
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** The document `builders` of an application, as it stands. */
  readonly buildersOf: (application: string) => Promise<Document | undefined>
}

export type ImportAsk = { readonly content: string; readonly by: ActorId; readonly example?: boolean }

export type Training = {
  /** Takes all records or none. Throws `governance.training-records-invalid` with every problem. */
  importRecords(ask: ImportAsk): Promise<{ readonly imported: number }>
  listRecords(ask: {
    person?: string | undefined
    after?: TrainingRecord['id'] | undefined
    limit: number
  }): Promise<TrainingRecord[]>
  /** Answers `train.builders` from the records that are there. */
  readonly producer: Producer
  /** The `training-records` importer of evidence: keeps the records, then answers. */
  readonly importer: (
    content: string,
    context: { release: ReleaseId; application: string; by: ActorId; example?: boolean },
  ) => Promise<EvidenceDraft[]>
}

const NAME = 'governance/training'

export function createTraining(deps: TrainingDeps): Training {
  const { db, clock, newId, organisation, record, publish } = deps

  async function importRecords({ content, by, example = false }: ImportAsk): Promise<{ imported: number }> {
    const rows = readTrainingRecords(content)
    const importedAt = clock()
    await inTransaction(db, async (tx) => {
      for (const row of rows)
        await saveTrainingRecord(tx, { ...row, id: newId('trn'), organisation, example, importedAt, importedBy: by })
      await record(tx, {
        actor: by,
        action: 'governance.import-training-records',
        subject: 'training-records',
        detail: { records: rows.length, example },
      })
    })
    publish({ topic: 'training', id: 'training-records', application: null })
    return { imported: rows.length }
  }

  async function answer(about: About, document: Document | undefined): Promise<EvidenceDraft[]> {
    const builders = buildersOf(document?.value)
    if (!document || builders.length === 0) return []
    const records = await listAllTrainingRecords(db, organisation)
    return [draft(about, { records, now: clock(), builders, digest: document.digest })]
  }

  return {
    importRecords,
    listRecords: ({ person, after, limit }) => listTrainingRecords(db, { organisation, person, after, limit }),
    producer: {
      name: NAME,
      checks: ['train.builders'],
      quote: async () => FREE,
      run: ({ release, application, by }) =>
        answer({ release: release.id, application: release.application, by }, application.documents.builders),
    },
    async importer(content, { release, application, by, example = false }) {
      await importRecords({ content, by, example })
      return answer({ release, application, by }, await deps.buildersOf(application))
    },
  }
}

/** Names, each person once. */
function buildersOf(value: unknown): string[] {
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
  return [...new Map(names.map((name) => [personKey(name), name])).values()]
}

type About = { readonly release: ReleaseId; readonly application: string; readonly by: ActorId }
type Found = {
  readonly records: readonly TrainingRecord[]
  readonly now: Instant
  readonly builders: readonly string[]
  readonly digest: EvidenceDraft['inputs'][number]['digest']
}

function draft(about: About, { records, now, builders, digest }: Found): EvidenceDraft {
  const passed = (builder: string) => records.find((one) => samePerson(one.person, builder) && counts(one, now))
  const untrained = builders.filter((builder) => !passed(builder))
  return {
    ...about,
    check: 'train.builders',
    summary:
      untrained.length === 0
        ? `All ${builders.length} builders passed a module with ${PASSING_SCORE * 100} % or more within a year.`
        : `${untrained.length} of ${builders.length} builders have no passing record of the last year: ${untrained.join(', ')}.`,
    facts: { builders: { value: builders.length }, untrained: { value: untrained.length, n: builders.length } },
    inputs: [{ kind: 'document', name: 'builders', digest }],
    producer: { name: NAME, version: '1' },
    trust: 'imported',
    example: builders.some((builder) => passed(builder)?.example === true),
  }
}
