/**
 * The job of a rewording: questions are asked about a few at a time, and what passed its check is written beside the
 * variants by rule.
 *
 * Invariants: an answer that was paid for is not paid for again after a restart; a call that failed costs its variants
 * alone; what was not kept is counted by its flaw; nothing enters for a question whose words have changed meanwhile.
 */
import { isCapReached } from '../../core/cap-reached.ts'
import type { Example } from '../../core/dataset.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, picoOf, sumKnown } from '../../kernel/money.ts'
import type { JobRun } from '../../store/jobs.ts'
import { digestOfInput, madeRow, perturbedName, stabilityFiles, stabilityName, standing } from '../stability/index.ts'
import { addFiles, readSuite } from '../writer.ts'
import { Answer, type Call, type Dropped, type Made, messagesOf, PROMPT_DIGEST, variantsIn } from './asking.ts'
import { FLAWS } from './check.ts'
import type { RewordingResult } from './contract.ts'
import type { Answered, RewordingDeps } from './deps.ts'
import { type Input, inputOf } from './input.ts'
import { planOf } from './plan.ts'

/** Calls under way at once; a budget is looked at between them. */
const AT_A_TIME = 4
const LISTED = 500

type RewordDeps = Pick<
  RewordingDeps,
  'ask' | 'readAnswer' | 'paidFor' | 'writer' | 'isRefusal' | 'languageOf' | 'languages'
>
type Outcome = {
  readonly call: Call
  readonly made: readonly Made[]
  readonly dropped: readonly Dropped[]
  readonly costMicroUsd: MicroUsd | null
  readonly snapshot: string | null
  /** Why nothing came of it. */
  readonly problem: string | null
}

export async function reword(run: JobRun, deps: RewordDeps): Promise<RewordingResult> {
  const input = inputOf(run.job)
  const { calls } = planOf(await readSuite(deps.writer, input), input)
  const { application, suite, model, parameters, paraphrases, languages } = input
  const paid = deps.paidFor({ rewording: { application, suite, model, parameters, paraphrases, languages } })
  const ask = (messages: ReturnType<typeof messagesOf>) =>
    paid.once({ messages }, () => deps.ask({ application, model, parameters, messages, signal: run.signal }))
  const { outcomes, stoppedEarly } = await askAll(calls, { input, run, ask, deps })
  const failed = outcomes.filter(({ problem }) => problem !== null)
  const [first] = failed
  if (first && failed.length === outcomes.length) {
    // Asked for again, it would find the same answers.
    await paid.end()
    throw new Failure('unmet', 'prompts.nothing-reworded', first.problem ?? 'No call was answered.')
  }
  const written = await write(input, outcomes, deps)
  if (stoppedEarly === null) await paid.end()
  const dropped = outcomes.flatMap(({ call, dropped: some }) =>
    some.map(({ name, flaw }) => ({ of: call.example.id, kind: name, flaw, why: FLAWS[flaw] })),
  )
  const isGiven = dropped.filter(({ flaw }) => flaw !== 'missing').length
  return {
    given: outcomes.reduce((sum, { made }) => sum + made.length, isGiven),
    dropped: countsOf(dropped.map(({ flaw }) => flaw)),
    droppedVariants: dropped.slice(0, LISTED),
    failed: failed.length,
    problem: first?.problem ?? null,
    snapshots: [...new Set(outcomes.flatMap(({ snapshot }) => snapshot ?? []))],
    spentMicroUsd: spentOn(outcomes),
    stoppedEarly,
    ...written,
  }
}

type Around = {
  readonly input: Input
  readonly run: JobRun
  readonly ask: (messages: ReturnType<typeof messagesOf>) => Promise<Answered>
  readonly deps: RewordDeps
}

async function askAll(
  calls: readonly Call[],
  around: Around,
): Promise<{ outcomes: readonly Outcome[]; stoppedEarly: string | null }> {
  const { input, run } = around
  const outcomes: Outcome[] = []
  const stopped = (why: string) => ({
    outcomes,
    stoppedEarly: `It stopped after ${outcomes.length} of ${calls.length} calls. ${why}`,
  })
  for (let from = 0; from < calls.length; from += AT_A_TIME) {
    if (isSpent(input, outcomes)) return stopped('Its budget is spent.')
    const some = calls.slice(from, from + AT_A_TIME)
    const ended = await Promise.allSettled(some.map((call) => answered(call, around)))
    outcomes.push(...ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
    const thrown = ended.find((one) => one.status === 'rejected')?.reason
    if (thrown !== undefined) {
      if (!isCapReached(thrown) || outcomes.length === 0) throw thrown
      return stopped(thrown.message)
    }
    await run.progress(outcomes.length, calls.length, `${outcomes.length} of ${calls.length} calls`)
  }
  return { outcomes, stoppedEarly: null }
}

/** A call that fails costs its variants alone; a stop and a cap go through. */
async function answered(call: Call, { run, ask, deps }: Around): Promise<Outcome> {
  const nothing = { call, made: [], dropped: [] }
  let answer: Answered | undefined
  try {
    answer = await ask(messagesOf(call))
    const { text, costMicroUsd, snapshot } = answer
    const variants = variantsIn(deps.readAnswer(text, Answer, 'The model'), call, deps)
    return { call, ...variants, costMicroUsd, snapshot, problem: null }
  } catch (thrown) {
    run.signal.throwIfAborted()
    if (isCapReached(thrown)) throw thrown
    const { costMicroUsd = NOTHING, snapshot = null } = answer ?? {}
    return { ...nothing, costMicroUsd, snapshot, problem: messageOf(thrown) }
  }
}

/** Into the blueprint as it is now. What was made before stays, unless it was made again. */
async function write(
  { application, suite: name, model, kinds, most, by }: Input,
  outcomes: readonly Outcome[],
  { writer }: RewordDeps,
): Promise<Pick<RewordingResult, 'kept' | 'outdated' | 'suite' | 'originals' | 'variants'>> {
  const { suite, examples, rowsOf } = await readSuite(writer, { application, suite: name })
  const words = new Map(examples.map((example) => [example.id, digestOfInput(example)]))
  const current = outcomes.filter(({ call: { example } }) => words.get(example.id) === digestOfInput(example))
  const fresh = current.flatMap(({ call: { example }, made, snapshot }) =>
    made.map((one) => {
      const generated = { model, snapshot, prompt: PROMPT_DIGEST, from: digestOfInput(example) }
      return madeRow(examples.find(({ id }) => id === example.id) ?? example, { ...one, generated })
    }),
  )
  const before = standing(rowsOf(perturbedName(name)), examples)
  const made = [...new Map([...before, ...fresh].map((row): [string, Example] => [row.id, row])).values()]
  const { files, originals, variants } = stabilityFiles({ suite, examples, kinds, most, made })
  if (variants > 0) {
    const keeper = { actor: by.actor, permissions: new Set(by.permissions) }
    await addFiles(writer, { application, files, by: keeper, derived: Object.keys(files) })
  }
  const written = variants > 0 ? stabilityName(name) : null
  return { kept: fresh.length, outdated: outcomes.length - current.length, suite: written, originals, variants }
}

const spentOn = (outcomes: readonly Outcome[]): MicroUsd | null =>
  sumKnown(outcomes.map(({ costMicroUsd }) => costMicroUsd))

function isSpent({ maxCostMicroUsd }: Input, outcomes: readonly Outcome[]): boolean {
  if (maxCostMicroUsd === undefined) return false
  const spent = spentOn(outcomes)
  return spent === null || picoOf(spent) >= picoOf(maxCostMicroUsd)
}

const countsOf = <Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> =>
  Object.fromEntries([...Map.groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length])) as Partial<
    Record<Key, number>
  >
