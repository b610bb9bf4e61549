/**
 * Judges of applications: which there are, how they stand with people, and what their scores are when they are corrected.
 *
 * Invariants: a calibration belongs to one judge by digest and one kind of data, and is never changed; verdicts that were
 * asked for here are measured, all others imported.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { judgesOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { compareMoney, type MicroUsd } from '../../kernel/money.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { JobId } from '../../store/job.ts'
import type { Jobs } from '../../store/jobs.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { page } from '../../wire/route.ts'
import { type Annotation, demandSingle, type QueueId } from '../annotation/index.ts'
import { createPaidAnswers, reachThrough } from '../answers/index.ts'
import type { EstimateJudge, EvalsDeps } from '../deps.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import type { Experiment } from '../experiment.ts'
import { askPeople } from './ask-judge.ts'
import { calibrate } from './calibrate.ts'
import type { Calibration, CalibrationCase, CalibrationId } from './calibration.ts'
import { readCalledGood } from './called-good.ts'
import type { CalibrationQuote, CorrectedScore, JudgeState } from './contract.ts'
import { correctedScores } from './corrected.ts'
import { familyOf } from './family.ts'
import { judgeOfRelease } from './judge-of-release.ts'
import { draftJudgecal } from './judgecal.ts'
import { quoteCalibration } from './quote-calibration.ts'
import { addCalibration, findCalibration, listCalibrations, listCases, newestCalibrations } from './store.ts'

export const RUN_CALIBRATION = 'evals.run-calibration'

export type JudgesDeps = Pick<EvalsDeps, 'reachFor' | 'releaseOf' | 'newestReleaseOf'> & {
  readonly estimateJudge: EstimateJudge
  readonly db: Database
  readonly jobs: Jobs
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly annotation: Pick<Annotation, 'labelled' | 'get'>
  readonly getExperiment: (id: Experiment['id']) => Promise<Experiment>
}

type Kept = Pick<Calibration, 'application' | 'judge' | 'judgeName' | 'model' | 'data' | 'trust' | 'source'> & {
  readonly cases: readonly CalibrationCase[]
  readonly by: ActorId
}

type RunAsk = {
  readonly release: ReleaseId
  readonly judge: Digest
  readonly queue: QueueId
  readonly by: ActorId
  readonly dryRun: boolean
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly signal: AbortSignal
}
type RunOutcome =
  | { readonly kind: 'started'; readonly job: JobId; readonly quote: CalibrationQuote }
  | { readonly kind: 'quote' | 'over-budget'; readonly quote: CalibrationQuote }

export type Judges = ReturnType<typeof createJudges>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createJudges(deps: JudgesDeps) {
  const { db, jobs, clock, newId, organisation, record, publish } = deps
  const paid = createPaidAnswers(deps)

  async function keep({ cases, by, ...given }: Kept): Promise<Calibration> {
    demandDistinct(cases)
    const id = newId('cal') as CalibrationId
    const calibration: Calibration = {
      ...given,
      id,
      organisation,
      result: calibrate(cases),
      createdAt: clock(),
      createdBy: by,
    }
    await inTransaction(db, async (tx) => {
      await addCalibration(tx, { calibration, cases })
      await record(tx, {
        actor: by,
        action: 'evals.create-calibration',
        subject: id,
        application: given.application,
        detail: { judge: given.judge, data: given.data, standing: calibration.result.standing },
      })
    })
    publish({ topic: 'calibration', id, application: given.application })
    return calibration
  }

  async function get(id: CalibrationId): Promise<Calibration> {
    const found = await findCalibration(db, id)
    if (found) return found
    throw new Failure('unknown', 'evals.calibration-unknown', `There is no calibration ${id}.`)
  }

  jobs.handle(RUN_CALIBRATION, async (run) => {
    const {
      release: id,
      judge,
      queue,
      by,
    } = run.job.input as {
      release: ReleaseId
      judge: Digest
      queue: QueueId
      by: ActorId
    }
    const release = await deps.releaseOf(id)
    const prepared = judgeOfRelease(release, judge)
    const { queue: labelled, items } = await deps.annotation.labelled(queue)
    // A part of the cases is another sample, so that nothing is said before all are judged; what was paid for stays.
    const work = paid.begin({ calibration: judge, queue })
    const reach = deps.reachFor?.({ application: release.application, release: id }) ?? {}
    const cases = await askPeople(
      { score: prepared.score, queue: labelled, items },
      { ...reachThrough(reach, work), signal: run.signal },
      (done, total) => run.progress(done, total, `${done} of ${total} answers judged`),
    )
    const calibration = await keep({
      application: release.application,
      judge,
      judgeName: `${prepared.evaluator.id} by ${prepared.judge.model}`,
      model: prepared.judge.model,
      data: labelled.data,
      trust: 'measured',
      source: `queue ${queue}`,
      cases,
      by,
    })
    await work.end()
    return { calibration: calibration.id }
  })

  return {
    get,
    /** Holds verdicts that were recorded elsewhere against people. */
    create: (ask: {
      application: string
      judge: { name: string; model: string; digest: Digest }
      data: string
      cases: readonly CalibrationCase[]
      by: ActorId
    }): Promise<Calibration> =>
      keep({
        application: ask.application,
        judge: ask.judge.digest,
        judgeName: ask.judge.name,
        model: ask.judge.model,
        data: ask.data,
        trust: 'imported',
        source: 'verdicts recorded elsewhere',
        cases: ask.cases,
        by: ask.by,
      }),
    /** Says what asking the judge about what people labelled takes; and does so as a job, unless it is told not to. */
    async run({ dryRun, maxCostMicroUsd, signal, ...ask }: RunAsk): Promise<RunOutcome> {
      const release = await deps.releaseOf(ask.release)
      const { score } = judgeOfRelease(release, ask.judge)
      const queue = await deps.annotation.get(ask.queue)
      demandSingle(queue)
      if (queue.application !== release.application)
        throw new Failure(
          'invalid',
          'evals.other-application',
          `The queue ${queue.id} is of ${queue.application}, not of ${release.application}.`,
        )
      const labelled = await deps.annotation.labelled(ask.queue)
      const quote = await quoteCalibration({ ...labelled, score, estimateJudge: deps.estimateJudge, signal })
      if (dryRun) return { kind: 'quote', quote }
      if (maxCostMicroUsd !== undefined && isOver(quote, maxCostMicroUsd)) return { kind: 'over-budget', quote }
      const job = await inTransaction(db, (tx) =>
        jobs.enqueue(tx, { organisation, kind: RUN_CALIBRATION, key: newId('cal'), input: ask }),
      )
      return { kind: 'started', job: job.id, quote }
    },
    async list(ask: {
      application?: string | undefined
      judge?: Digest | undefined
      cursor?: string | undefined
      limit: number
    }) {
      const rows = await listCalibrations(db, { ...ask, organisation, limit: ask.limit + 1 })
      return page(rows, ask.limit, ({ id }) => id)
    },
    async cases({ id, cursor, limit }: { id: CalibrationId; cursor?: string | undefined; limit: number }) {
      const after = Number(cursor ?? 0)
      if (!Number.isSafeInteger(after) || after < 0)
        throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
      const items = await listCases(db, { calibration: id, after, limit })
      return { items, next: items.length < limit ? null : String(after + items.length) }
    },
    async ofApplication(application: string): Promise<JudgeState[]> {
      const release = await deps.newestReleaseOf(application)
      if (!release) return []
      const { manifest } = release
      const families = new Set(manifest.models.map(({ model }) => familyOf(model)))
      const uses = manifest.suites.flatMap(({ name, evaluators }) =>
        prepareEvaluators(evaluators).flatMap(({ judge }) => (judge ? [{ judge, suite: name }] : [])),
      )
      const byDigest = Map.groupBy(uses, ({ judge }) => judge.digest)
      const found = await newestCalibrations(db, { application, judges: [...byDigest.keys()] })
      return [...byDigest.values()].flatMap((some): JudgeState[] => {
        const [first] = some
        if (!first) return []
        const { judge } = first
        return [
          {
            ...judge,
            name: `${judge.evaluator} by ${judge.model}`,
            suites: [...new Set(some.map(({ suite }) => suite))],
            calibration: found.find((one) => one.judge === judge.digest) ?? null,
            sameFamily: families.has(familyOf(judge.model)),
          },
        ]
      })
    },
    async corrected(id: Experiment['id']): Promise<CorrectedScore[]> {
      const experiment = await deps.getExperiment(id)
      const release = await deps.releaseOf(experiment.release)
      const suite = release.manifest.suites.find(({ name }) => name === experiment.suite)
      const judges = prepareEvaluators(suite?.evaluators ?? []).flatMap(({ key, judge }) =>
        judge ? [{ key, digest: judge.digest }] : [],
      )
      const calibrations = await newestCalibrations(db, {
        application: experiment.application,
        judges: judges.map(({ digest }) => digest),
        data: experiment.dataset,
      })
      const isHeld = ({ digest }: { digest: Digest }) => calibrations.some(({ judge }) => judge === digest)
      const evaluators = judges.filter(isHeld).map(({ key }) => key)
      const calledGoodIn = await readCalledGood(db, { experiment, evaluators })
      return correctedScores(experiment, { judges, calibrations, calledGoodIn })
    },
    producer: {
      name: 'evals/judges',
      checks: ['eval.judgecal'],
      quote: async () => FREE,
      async run({ release, by }): Promise<EvidenceDraft[]> {
        const judges = judgesOf(release.manifest)
        if (judges.length === 0) return []
        const calibrations = await newestCalibrations(db, {
          application: release.application,
          judges: judges.map(({ digest }) => digest),
        })
        return [draftJudgecal({ release, calibrations, by })]
      },
    } satisfies Producer,
  }
}

/** What is not known may be anything. */
const isOver = ({ costMicroUsd }: CalibrationQuote, most: MicroUsd): boolean =>
  costMicroUsd === null || compareMoney(costMicroUsd, most) > 0

function demandDistinct(cases: readonly CalibrationCase[]): void {
  const seen = new Set<string>()
  for (const { id } of cases) {
    if (seen.has(id))
      throw new Failure(
        'invalid',
        'evals.case-twice',
        `The case ${id} is there twice. Give each case an id of its own.`,
      )
    seen.add(id)
  }
}
