/**
 * Rewording: a model words the questions of a suite anew and in other languages, and what passes a check becomes a part
 * of the suite over variants.
 *
 * Invariants: it is quoted first, and nothing begins over its limit or where the price is not known and a limit is set;
 * the holdout is never shown to the model; each variant says which model made it, asked with what, about which words.
 */
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, picoOf } from '../../kernel/money.ts'
import { inTransaction } from '../../store/database.ts'
import type { Job, JobId } from '../../store/job.ts'
import { type Keeper, readSuite } from '../writer.ts'
import { messagesOf, PROMPT_DIGEST } from './asking.ts'
import { type RewordingQuote, RewordingResult, type RewordingState } from './contract.ts'
import type { RewordingDeps } from './deps.ts'
import { type Input, inputOf } from './input.ts'
import { type Plan, planOf } from './plan.ts'
import { reword } from './reword.ts'

const REWORD = 'prompts.reword'
const LISTED = 100
/** Of a variant, beside its own words. */
const FORM_TOKENS = 15
/** A token of a question in another language is rarely shorter. */
const CHARACTERS_A_TOKEN = 2

export type RewordingAsk = Omit<Input, 'quote' | 'by'> & { readonly dryRun: boolean; readonly by: Keeper }
export type StartOutcome =
  | { kind: 'started'; id: string; quote: RewordingQuote }
  | { kind: 'quote' | 'over-budget'; quote: RewordingQuote }

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createRewording(deps: RewordingDeps) {
  const { db, jobs, newId, organisation, writer } = deps

  jobs.handle(REWORD, (run) => reword(run, deps))

  async function start({ dryRun, by, ...ask }: RewordingAsk): Promise<StartOutcome> {
    const { application, suite, model, maxCostMicroUsd } = ask
    const plan = planOf(await readSuite(writer, { application, suite }), ask)
    if (plan.calls.length + plan.there === 0)
      throw new Failure(
        'unmet',
        'prompts.nothing-to-vary',
        `The suite ${suite} has no question outside of the holdout.`,
      )
    const quote = await quoteOf(plan, ask)
    if (dryRun) return { kind: 'quote', quote }
    if (plan.calls.length === 0)
      throw new Failure(
        'unmet',
        'prompts.all-reworded',
        `Every question of ${suite} has these variants by ${model} already. Change a question, or name another model or language.`,
      )
    if (isOver(quote.costMicroUsd, maxCostMicroUsd)) return { kind: 'over-budget', quote }
    const why = quote.costMicroUsd === null ? deps.whyUnpriced({ application, models: [model] }) : undefined
    if (why !== undefined) throw new Failure('unmet', 'gateway.price-unknown', why)
    const input: Input = { ...ask, quote, by: { actor: by.actor, permissions: [...by.permissions] } }
    const job = await inTransaction(db, (tx) =>
      jobs.enqueue(tx, { organisation, kind: REWORD, key: newId('rew'), input: { ...input } }),
    )
    return { kind: 'started', id: job.id, quote }
  }

  async function quoteOf({ calls, there }: Plan, { model, parameters }: RewordingAskOf): Promise<RewordingQuote> {
    const texts = calls.map((call) =>
      messagesOf(call)
        .map(({ content }) => content)
        .join('\n'),
    )
    const answerTokens = calls.reduce((sum, { example, names }) => {
      const words = typeof example.input === 'string' ? example.input : (example.input.at(-1)?.content ?? '')
      return sum + names.length * (FORM_TOKENS + Math.ceil(words.length / CHARACTERS_A_TOKEN))
    }, 0)
    return {
      calls: calls.length,
      variants: calls.reduce((sum, { names }) => sum + names.length, 0),
      there,
      costMicroUsd: await deps.estimate({ model, parameters, texts, answerTokens }),
      basis: `Tokens of what will be sent, and for each variant one for every ${CHARACTERS_A_TOKEN} characters of its question and ${FORM_TOKENS} more, at the price of today.`,
    }
  }

  return {
    start,
    list: async (application: string): Promise<RewordingState[]> =>
      (await jobs.list({ kind: REWORD, application, limit: LISTED })).map(stateOf),
    async get(application: string, id: string): Promise<RewordingState & { result: RewordingResult | null }> {
      const job = await jobs.get(id as JobId)
      if (job.kind !== REWORD || inputOf(job).application !== application)
        throw new Failure('unknown', 'prompts.rewording-unknown', `There is no rewording ${id} of ${application}.`)
      const result = RewordingResult.safeParse(job.result)
      return { ...stateOf(job), result: result.success ? result.data : null }
    },
  }
}
export type Rewording = ReturnType<typeof createRewording>

type RewordingAskOf = Pick<Input, 'model' | 'parameters'>

/** Where the price is not known a limit cannot be kept. */
const isOver = (cost: MicroUsd | null, limit: MicroUsd | undefined): boolean =>
  limit !== undefined && (cost === null || picoOf(cost) > picoOf(limit))

function stateOf(job: Job): RewordingState {
  const { application, suite, model, paraphrases, languages, quote } = inputOf(job)
  const { id, state, error, createdAt, progress } = job
  return {
    ...{ id, suite, model, paraphrases, quote, state, error, createdAt },
    application: application as RewordingState['application'],
    languages: [...languages],
    prompt: PROMPT_DIGEST,
    progress: { done: progress.done, total: progress.total },
  }
}
