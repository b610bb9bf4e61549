/**
 * Outside runs: what other programs measured of an application, taken in as they say it, and never counted as measured.
 *
 * Invariant: the same run that comes in again is the row that is there. What a run says of a known release is recorded
 * as imported evidence too.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceId } from '../../core/evidence.ts'
import type { ReleaseId } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import { storableJson } from '../storable-json.ts'
import { readJunit } from './junit.ts'
import { mlflowAnswerOf, readMlflow } from './mlflow.ts'
import { readMlruns } from './mlruns.ts'
import type { OutsideRun, OutsideRunId, ReadRun } from './row.ts'
import { addRun, findRun, findRunByDigest, listRuns } from './store.ts'

export type OutsideDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** Throws when there is no such release. */
  readonly applicationOf: (release: ReleaseId) => Promise<string>
  /** The release of an application that was frozen from this git commit. */
  readonly releaseOfCommit: (application: string, commit: string) => Promise<ReleaseId | null>
  /** Records a tool's report as imported evidence. */
  readonly recordReport: (ask: {
    tool: ReadRun['producer']['name']
    release: ReleaseId
    content: string
    check?: string | undefined
    by: ActorId
  }) => Promise<EvidenceId[]>
}
export type OutsideAsk = {
  readonly application: string
  readonly tool: ReadRun['producer']['name']
  readonly content?: string | undefined
  readonly files?: Readonly<Record<string, string>> | undefined
  readonly kind?: OutsideRun['kind'] | undefined
  readonly release?: ReleaseId | undefined
  readonly check?: string | undefined
  readonly by: ActorId
}
export type OutsideRuns = ReturnType<typeof createOutsideRuns>

const COMMIT = 'mlflow.source.git.commit'

export function createOutsideRuns(deps: OutsideDeps) {
  const { db, clock, newId, organisation, record, publish } = deps

  async function take(read: ReadRun, ask: OutsideAsk): Promise<OutsideRun> {
    const { application, kind = null, by } = ask
    const digest = digestOf({ application, kind, ...read })
    const there = await findRunByDigest(db, { organisation, application, digest })
    if (there) return there
    const commit = read.tags[COMMIT]
    const release = ask.release ?? (commit === undefined ? null : await deps.releaseOfCommit(application, commit))
    const evidence = release === null ? [] : await recorded(read, { ...ask, release })
    const run: OutsideRun = {
      ...read,
      id: newId('out'),
      organisation,
      application,
      release,
      kind,
      digest,
      evidence,
      by,
      at: clock(),
    }
    await inTransaction(db, async (tx) => {
      await addRun(tx, run)
      const detail = { tool: read.producer.name, run: read.run, digest }
      await record(tx, { actor: by, action: 'evals.outside-run-import', subject: run.id, application, detail })
    })
    publish({ topic: 'experiment', id: run.id, application })
    return run
  }

  /** Only a run that came to its end speaks for a release. */
  async function recorded(read: ReadRun, ask: OutsideAsk & { release: ReleaseId }): Promise<EvidenceId[]> {
    if (read.state !== 'finished') return []
    const { tool, release, check, by } = ask
    const content = tool === 'junit' ? (ask.content ?? '') : JSON.stringify(finite(mlflowAnswerOf(read)))
    return deps.recordReport({ tool, release, content, check, by })
  }

  async function get(id: OutsideRunId): Promise<OutsideRun> {
    const found = await findRun(db, id)
    if (!found) throw new Failure('unknown', 'evals.outside-run-unknown', `There is no outside run ${id}.`)
    return found
  }

  return {
    get,

    /** Throws `evals.outside-run-unreadable` and then keeps none. */
    async take(ask: OutsideAsk): Promise<OutsideRun[]> {
      if (ask.release !== undefined && (await deps.applicationOf(ask.release)) !== ask.application)
        throw new Failure('invalid', 'evals.outside-run-release', `${ask.release} is no release of ${ask.application}.`)
      // As it is kept: what a database cannot hold must not be in the digest either.
      const read: ReadRun[] = JSON.parse(storableJson(readRuns(ask)))
      const kept: OutsideRun[] = []
      for (const one of read) kept.push(await take(one, ask))
      return kept
    },

    async list(application: string, cut: { cursor?: string | undefined; limit: number }) {
      const rows = await listRuns(db, { organisation, application }, { ...cut, limit: cut.limit + 1 })
      return page(rows, cut.limit, ({ id }) => id)
    },

    async report(id: OutsideRunId) {
      const run = await get(id)
      return {
        file: `${run.run.replace(/[^\w.-]/g, '-')}.mlflow.json`,
        content: JSON.stringify(mlflowAnswerOf(run), null, 2),
      }
    },
  }
}

function readRuns({ tool, content, files }: OutsideAsk): ReadRun[] {
  if ((content === undefined) === (files === undefined))
    throw new Failure('invalid', 'evals.outside-run-empty', 'Send either `content` or, for MLflow, `files`.')
  if (files !== undefined && tool !== 'mlflow')
    throw new Failure('invalid', 'evals.outside-run-empty', 'JUnit comes as `content`: one XML file at a time.')
  if (files !== undefined) return readMlruns(files)
  return tool === 'junit' ? [readJunit(content ?? '')] : readMlflow(content ?? '')
}

/** What is no number is no fact. */
function finite(answer: ReturnType<typeof mlflowAnswerOf>) {
  const { data } = answer.run
  const metrics = data.metrics.filter(({ value }) => typeof value === 'number')
  return { run: { ...answer.run, data: { ...data, metrics } } }
}
