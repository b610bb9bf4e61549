/**
 * Timings: what a model takes in each way of asking it, measured on own questions.
 *
 * Invariants: questions that are held out are not asked; a mode that was measured is kept with its job; what a batch
 * costs is its own price or unknown.
 */
import type { DoneFor } from '../../core/cap-reached.ts'
import type { Turn } from '../../core/conversation.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { sumKnown } from '../../kernel/money.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { Job } from '../../store/job.ts'
import type { JobRun, Jobs } from '../../store/jobs.ts'
import { countTokens } from '../count-tokens.ts'
import type { Models } from '../models.ts'
import { inBatch, SENT, type Sent, type TimedBatches } from './batch-mode.ts'
import { ModeFigures, type ModelTiming, type TimingMode } from './contract.ts'
import { type AskModel, measured } from './measure.ts'

const TIMING = 'models.timing'
const LISTED = 100
/** Tokens of an answer, for a quote. */
const ANSWER_TOKENS = 250

type Questions = readonly (readonly Turn[])[]
export type TimingsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'list' | 'get'>
  readonly newId: NewId
  readonly organisation: string
  readonly models: Pick<Models, 'batches' | 'costOf' | 'resolve'>
  /** Models as they are asked for an application, whose caps it takes from. */
  readonly modelsFor: (whose: DoneFor) => AskModel & { readonly batches: TimedBatches }
  /** So many questions of a suite of the newest release, none that is held out. Throws where there is none. */
  readonly questionsOf: (ask: { application: string; suite: string; limit: number }) => Promise<Questions>
}

export type TimingAsk = {
  readonly application: ModelTiming['application']
  readonly model: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly suite: string
  readonly questions: number
  readonly modes: readonly TimingMode[]
  readonly atATime: number
}

export type Timings = ReturnType<typeof createTimings>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createTimings(deps: TimingsDeps) {
  const { db, clock, jobs, newId, organisation, models } = deps

  jobs.handle(TIMING, async (run): Promise<ModeFigures[]> => {
    const ask = askOf(run.job)
    const questions = await questionsFor(ask)
    const total = questions.length * ask.modes.length
    const made: ModeFigures[] = []
    for (const mode of ask.modes) {
      await run.progress(made.length * questions.length, total, mode)
      made.push(
        mode === 'batch'
          ? await batched(questions, ask, run)
          : await run.step(mode, () =>
              measured(mode, questions, {
                models: deps.modelsFor(ask),
                asked: ask,
                atATime: ask.atATime,
                signal: run.signal,
              }),
            ),
      )
    }
    await run.progress(total, total, 'done')
    return made
  })

  /** Throws what helps before anything is asked. */
  async function questionsFor({ model, parameters, application, suite, questions, modes }: TimingAsk) {
    models.resolve('timing', { model, parameters: { ...parameters } })
    if (modes.includes('batch') && !models.batches.has(model))
      throw new Failure(
        'unmet',
        'models.no-batches',
        `${model} has no batches that are known here, so leave \`batch\` out; \`concurrent\` measures many at a time.`,
        { problems: [{ field: 'modes', message: 'asks for a batch, and this model has none' }] },
      )
    return deps.questionsOf({ application, suite, limit: questions })
  }

  async function batched(questions: Questions, ask: TimingAsk, run: JobRun): Promise<ModeFigures> {
    const { model, parameters } = ask
    const requests = questions.map((turns) => ({ messages: turns, conversation: turns, parameters }))
    const isCancelled = async () => (await jobs.get(run.job.id)).state === 'cancelled'
    const others = async () => {
      const all = await jobs.list({ kind: TIMING, application: ask.application, limit: LISTED })
      return all.flatMap((job) => {
        const isOther = job.id !== run.job.id && providerOf(askOf(job)) === providerOf(ask)
        return (isOther && (job.steps[SENT] as Sent | undefined)?.id) || []
      })
    }
    const { batches } = deps.modelsFor(ask)
    return inBatch({ model, requests, batches, run, isCancelled, others, clock, newId })
  }

  return {
    async quote(ask: TimingAsk) {
      const questions = await questionsFor(ask)
      const texts = questions.map((turns) => turns.map(({ content }) => content).join('\n'))
      const inputTokens = (await Promise.all(texts.map(countTokens))).reduce((sum, tokens) => sum + tokens, 0)
      const usage = { inputTokens, outputTokens: questions.length * ANSWER_TOKENS, estimated: true }
      const costs = ask.modes.map((mode) =>
        models.costOf(ask.model, mode === 'batch' ? { ...usage, tier: 'batch' } : usage, clock()),
      )
      return {
        questions: questions.length,
        calls: questions.length * ask.modes.length,
        costMicroUsd: sumKnown(costs),
      }
    },

    async start(ask: TimingAsk): Promise<string> {
      await questionsFor(ask)
      const job = await inTransaction(db, (tx) =>
        jobs.enqueue(tx, { organisation, kind: TIMING, key: newId('tim'), input: { ...ask } }),
      )
      return job.id
    },

    list: async (application: string): Promise<ModelTiming[]> =>
      (await jobs.list({ kind: TIMING, application, limit: LISTED })).map(timingOf),
  }
}

const providerOf = ({ model }: TimingAsk): string => model.slice(0, model.indexOf('/'))

/** Written by `start`, whose route parsed it. */
const askOf = ({ input }: Job): TimingAsk => input as unknown as TimingAsk

function timingOf(job: Job): ModelTiming {
  const { model, application, suite, questions } = askOf(job)
  const { id, state, error, createdAt, progress, result } = job
  const modes = ModeFigures.array().safeParse(result)
  return {
    ...{ id, model, application, suite, questions, state, error, createdAt },
    progress: { done: progress.done, total: progress.total },
    modes: modes.success ? modes.data : null,
  }
}
