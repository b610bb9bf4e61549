/**
 * Synthetic cases: a model drafts them from the documents of an application, near duplicates fall away, and the rest
 * waits in quarantine until a person looked at it, or at a sample of it.
 *
 * Invariants: nothing that a model made enters a dataset by itself, and nothing of it ever enters the holdout; each case
 * says model, snapshot, prompt, passages and release; a call that was paid is not paid again after a restart.
 */
import type { QuarantinedRow, Reader, VersionSummary } from '../../evals/index.ts'
import { digestOf, hash64 } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, picoOf } from '../../kernel/money.ts'
import { seededRandom } from '../../kernel/random.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job, JobId } from '../../store/job.ts'
import { Generation, type GenerationQuote, GenerationResult, SyntheticKind } from './contract.ts'
import type { SynthesisDeps } from './deps.ts'
import { type Call, messagesOf, promptDigest } from './drafting.ts'
import { fileOf } from './example.ts'
import { generate } from './generate.ts'
import { type Input, inputOf } from './input.ts'
import { planCalls, type Wishes } from './plan.ts'
import { demandSample, sampleOf } from './sample.ts'

const GENERATE = 'assurance.generate-cases'
const LISTED = 100
/** What decides which calls are made, and what is asked in them. */
const SAME = ['dataset', 'application', 'index', 'model', 'parameters', 'split', 'counts', 'personas', 'inputTypes']
/** A question, an answer and the words it rests on. */
const CASE_TOKENS = 150
export type GenerationAsk = Wishes & {
  readonly dataset: string
  readonly application?: string | undefined
  readonly model: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly split: Generation['split']
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly dryRun: boolean
  readonly caller: Reader
}

export type StartOutcome =
  | { kind: 'started'; id: string; quote: GenerationQuote }
  | { kind: 'quote' | 'over-budget'; quote: GenerationQuote }

export type Synthesis = ReturnType<typeof createSynthesis>

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createSynthesis(deps: SynthesisDeps) {
  const { db, jobs, newId, organisation, datasets } = deps

  const callsFor = async ({ index, seed, ...wishes }: Wishes & Pick<Input, 'index' | 'seed'>): Promise<Call[]> =>
    planCalls([...(await deps.passagesOf(index))], wishes, seededRandom(seed))

  async function start(ask: GenerationAsk): Promise<StartOutcome> {
    const { caller, dryRun, maxCostMicroUsd, ...given } = ask
    const { dataset } = await datasets.door.findToRead(ask.dataset, caller)
    const application = ask.application ?? dataset.application
    if (!application)
      throw invalid('application', `${dataset.name} belongs to no application. Say whose documents are to be read.`)
    if (Object.values(ask.counts).every((count) => count === 0))
      throw invalid('fact', 'Say how many cases: fact, multiHop or outOfScope.')
    const release = await deps.newestReleaseOf(application)
    const index = release?.manifest.index
    if (!index)
      throw new Failure(
        'unmet',
        'synthesis.no-knowledge',
        `${application} has no release with documents. Put some into its folder knowledge/ and freeze it.`,
      )
    const before = await stoppedBefore({ ...given, application, index })
    const seed = before?.seed ?? Number(hash64(newId('gen')) & 0xffff_ffffn)
    const calls = (await callsFor({ ...given, index, seed })).slice(before?.made ?? 0)
    if (calls.length === 0)
      throw new Failure(
        'unmet',
        'synthesis.no-passages',
        `The documents of ${application} have no passage, or no two that share words, that is long enough to ask about.`,
      )
    const quote = await quoteOf(ask, calls, before?.id)
    if (dryRun) return { kind: 'quote', quote }
    if (
      maxCostMicroUsd !== undefined &&
      (quote.costMicroUsd === null || picoOf(quote.costMicroUsd) > picoOf(maxCostMicroUsd))
    )
      return { kind: 'over-budget', quote }
    const input: Input = {
      ...given,
      ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
      application: release.application,
      release: release.id,
      index,
      seed,
      ...(before && { made: before.made }),
      quote,
      by: caller.actor,
    }
    const job = await inTransaction(db, (tx) =>
      jobs.enqueue(tx, { organisation, kind: GENERATE, key: newId('gen'), input: { ...input } }),
    )
    return { kind: 'started', id: job.id, quote }
  }

  /** The newest that was asked for the same, if it stopped before its end: what it drafted is not paid for again. */
  async function stoppedBefore(wishes: Record<string, unknown> & { application: string; index: Input['index'] }) {
    const of = (asked: Record<string, unknown>) =>
      digestOf(Object.fromEntries(SAME.map((key) => [key, asked[key] ?? null])))
    const wanted = of(wishes)
    const found = (await jobs.list({ kind: GENERATE, application: wishes.application, limit: LISTED })).find(
      ({ input }) => of(input) === wanted,
    )
    const result = GenerationResult.safeParse(found?.result)
    if (!found || !result.success || result.data.stoppedEarly === null) return undefined
    const { seed, made = 0 } = inputOf(found)
    return { id: found.id, seed, made: made + Object.keys(found.steps).length }
  }

  async function quoteOf(
    { model, parameters }: Pick<GenerationAsk, 'model' | 'parameters'>,
    calls: readonly Call[],
    goesOnFrom: JobId | undefined,
  ): Promise<GenerationQuote> {
    const texts = calls.map((call) =>
      messagesOf(call)
        .map(({ content }) => content)
        .join('\n'),
    )
    const cases = calls.reduce((sum, call) => sum + call.cases, 0)
    return {
      calls: calls.length,
      cases,
      costMicroUsd: await deps.estimate({ model, parameters, texts, answerTokens: cases * CASE_TOKENS }),
      basis: `Tokens of what will be sent, and ${CASE_TOKENS} a case for what comes back, at the price of today.${goesOnFrom === undefined ? '' : ` It goes on where ${goesOnFrom} stopped.`}`,
    }
  }

  jobs.handle(GENERATE, (run) => generate(run, { ...deps, callsFor }))

  async function get(name: string, id: string): Promise<Generation> {
    const job = await jobs.get(id as JobId)
    if (job.kind === GENERATE && inputOf(job).dataset === name) return stateOf(job)
    throw new Failure('unknown', 'synthesis.unknown', `There is no generation ${id} of ${name}.`)
  }
  const rowsOf = async (dataset: { id: QuarantinedRow['dataset'] }, id: string) =>
    (await datasets.quarantine.generated(dataset.id)).filter(({ file }) => file === fileOf(id))

  return {
    start,
    async list(name: string, caller: Reader): Promise<Generation[]> {
      const { dataset } = await datasets.door.find(name, caller)
      const applications = dataset.application === null ? [] : [dataset.application]
      const found = await Promise.all(
        applications.map((application) => jobs.list({ kind: GENERATE, application, limit: LISTED })),
      )
      return found.flat().flatMap((job) => (inputOf(job).dataset === name ? [stateOf(job)] : []))
    },
    async get(name: string, id: string, caller: Reader) {
      const { dataset } = await datasets.door.findToRead(name, caller)
      const generation = await get(name, id)
      const rows = await rowsOf(dataset, id)
      const count = (wanted: (row: QuarantinedRow) => boolean) => rows.filter(wanted).length
      return {
        ...generation,
        sample: sampleOf(rows),
        waiting: count(({ decision }) => decision === null),
        accepted: count(({ decision }) => decision === 'accepted' || decision === 'mended'),
        discarded: count(({ decision }) => decision === 'discarded'),
      }
    },
    /** Lets in what waits, once the sample was looked at. Throws `synthesis.sample-open` and `synthesis.sample-poor`. */
    async accept({
      name,
      id,
      caller,
      reason,
    }: {
      name: string
      id: string
      caller: Reader
      reason: string
    }): Promise<{ accepted: number; version: VersionSummary | null }> {
      const { dataset } = await datasets.door.findToRead(name, caller)
      await get(name, id)
      const rows = await rowsOf(dataset, id)
      demandSample(sampleOf(rows))
      const ids = rows.filter(({ decision }) => decision === null).map((row) => row.id)
      if (ids.length === 0) return { accepted: 0, version: null }
      const { decided, version } = await datasets.quarantine.decide(
        { name, caller, ids, decision: 'accepted', reason },
        { looked: 'sample' },
      )
      return { accepted: decided, version }
    },
  }
}

function stateOf(job: Job): Generation {
  const { dataset, application, release, model, split, counts, personas, inputTypes, quote } = inputOf(job)
  const result = GenerationResult.safeParse(job.result)
  return Generation.parse({
    id: job.id,
    dataset,
    application,
    release,
    model,
    split,
    counts,
    personas,
    inputTypes,
    prompts: Object.fromEntries(SyntheticKind.options.map((kind) => [kind, promptDigest(kind)])),
    quote,
    state: job.state,
    progress: { done: job.progress.done, total: job.progress.total },
    error: job.error,
    result: result.success ? result.data : null,
    createdAt: job.createdAt,
  })
}

const invalid = (field: string, message: string) =>
  new Failure('invalid', 'synthesis.invalid', message, { problems: [{ field, message }] })
