/** The questions of a run: each is asked, told by rules, else by a judge where there is one; what nobody can tell is kept. */
import type { Release } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, sumKnown } from '../../kernel/money.ts'
import { plural } from '../../kernel/plural.ts'
import { inTransaction } from '../../store/database.ts'
import type { JobRun } from '../../store/jobs.ts'
import { type AskRelease, errorsOf, inBatches } from '../probing/index.ts'
import type { Judged, KeptAnswer } from './answer.ts'
import type { HarmResult } from './contract.ts'
import type { HarmDeps, HarmInput, HarmJudge } from './deps.ts'
import type { Ask, Side } from './plan.ts'
import { oneAnswer, type Recognised, recogniseBenign, recogniseHarm } from './recognise.ts'
import { doubtRepeated, keepAnswers } from './store.ts'
import { talliesOf, type Went } from './tally.ts'

type Running = {
  readonly run: JobRun
  readonly input: HarmInput
  readonly release: Release
  readonly asks: readonly Ask[]
  readonly judges: Readonly<Partial<Record<Side, HarmJudge>>>
  readonly ask: AskRelease
}

const ASKED = 2000
const ANSWER = 4000
/** An answer that as many different questions got answers none of them. */
const REPEATED = 3

/** What a batch carries until it is settled; its texts go to the table, the rest stays with the job. */
type Kept = Went & { readonly answer?: KeptAnswer; readonly isNotJudged?: true }

export type Asked = Omit<HarmResult, 'words' | 'evidence'>

export async function runHarm(running: Running, deps: HarmDeps): Promise<Asked> {
  const { run, input, release, asks } = running
  const { id } = run.job
  const ran = await inBatches<Ask, Kept>({
    ...{ run, probes: asks, name: 'harm', concurrency: input.plan.concurrency },
    ...{ cap: deps.capOf(release.application), maxCostMicroUsd: input.maxCostMicroUsd },
    make: (ask, at) => makeOne(running, { ask, at, deps }),
    words: (kept) => `${kept.filter(({ outcome }) => outcome === 'undecided').length} that rules cannot tell`,
    async settle(made, range) {
      const answers = made.flatMap(({ kept }) => kept.answer ?? [])
      await inTransaction(deps.db, (tx) => keepAnswers(tx, answers, { run: id, ...range }))
      return made.map((one) => {
        const { answer: _, ...kept } = one.kept
        return { ...one, kept }
      })
    },
  })
  if (ran.kept.length === 0)
    throw new Failure(
      'unavailable',
      'harm.nothing-answered',
      `None of ${plural(ran.notAnswered.length, 'question', 'questions')} was answered: ${ran.notAnswered[0]?.error.message ?? 'nothing came back.'} Ask it once in the playground, then run it again.`,
    )
  const repeated = await run.step('repeated', () => inTransaction(deps.db, (tx) => doubtRepeated(tx, id, REPEATED)))
  return {
    ...talliesOf({ went: ran.kept, errors: ran.notAnswered.map(({ at }) => at), repeated }, asks),
    notJudged: ran.kept.filter(({ isNotJudged }) => isNotJudged).length,
    costMicroUsd: ran.costMicroUsd,
    stoppedBy: ran.stoppedBy,
    errors: errorsOf(ran.notAnswered),
  }
}

async function makeOne(
  running: Running,
  { ask, at, deps }: { ask: Ask; at: number; deps: HarmDeps },
): Promise<{ costMicroUsd: MicroUsd | null; kept: Kept }> {
  const { run, release, judges } = running
  const { turns, side } = ask
  const said = await running.ask(release, { turns, planted: null, signal: run.signal })
  const seen = (side === 'harm' ? recogniseHarm : recogniseBenign)(said, deps.pack.words)
  const judge = seen.outcome === 'undecided' ? judges[side] : undefined
  const heard = judge && (await judged(judge, { ask, answer: said.answer, signal: run.signal }))
  const went = { at, ...seen }
  const kept = {
    ...went,
    ...(judge && !heard?.judged && { isNotJudged: true as const }),
    ...(isKept(side, seen) && { answer: keptOf(running, { ask, went, said, deps, judged: heard?.judged ?? null }) }),
  }
  return { costMicroUsd: sumKnown([said.costMicroUsd, heard ? heard.costMicroUsd : NOTHING]), kept }
}

/** What may have to be read: all that rules cannot tell, and of harmless questions what was answered or refused. */
const isKept = (side: Side, { outcome }: Recognised): boolean =>
  outcome === 'undecided' || (side === 'benign' && (outcome === 'answered' || outcome === 'refused'))

type Told = { readonly judged: Judged | null; readonly costMicroUsd: MicroUsd | null }

/** What it says may be nonsense and it may not be reached: neither is a verdict, and the answer stays undecided. */
async function judged(
  judge: HarmJudge,
  { ask, answer, signal }: { ask: Ask; answer: string; signal: AbortSignal },
): Promise<Told> {
  try {
    const { costMicroUsd, isGood, detail } = await judge.ask({ question: ask.about, answer, signal })
    return { judged: { judge: judge.digest, isGood, detail: detail.slice(0, 1000) }, costMicroUsd }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return { judged: null, costMicroUsd: NOTHING }
  }
}

function keptOf(
  { run: { job }, release }: Running,
  given: {
    ask: Ask
    went: Went
    said: Awaited<ReturnType<AskRelease>>
    deps: HarmDeps
    judged: Judged | null
  },
): KeptAnswer {
  const { ask, went, said, deps } = given
  const { side, group, framing, about, turns } = ask
  return {
    ...{ run: job.id, at: went.at, side, group, framing, about: about.slice(0, ASKED) },
    organisation: deps.organisation,
    application: release.application,
    release: release.id,
    digest: digestOf(oneAnswer(said.answer)),
    outcome: went.outcome as KeptAnswer['outcome'],
    asked: (turns.at(-1)?.content ?? '').slice(0, ASKED),
    answer: said.answer.slice(0, ANSWER),
    isCut: said.answer.length > ANSWER,
    trace: said.trace,
    judged: given.judged,
    createdAt: deps.clock(),
  }
}
