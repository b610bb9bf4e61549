/**
 * The rounds of a tuning: each variant on the examples of its round, the better half going on, with a model's
 * proposals joining in the first round, after the prompt as it is has shown where it fails.
 *
 * Invariants: a step that ran is kept with its job and is not paid for again; the meter is asked before any model.
 */
import { promptText } from '../../core/blueprint/prompt-text.ts'
import type { Example } from '../../core/dataset.ts'
import type { Release } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { plural } from '../../kernel/plural.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { Proposing, Questions, TuningResult } from './contract.ts'
import { betterHalf, paretoOf, ranked } from './halving.ts'
import { createMeter, type Meter } from './meter.ts'
import { callsOf, type Plan } from './plan.ts'
import { type AskProposer, failingOf, proposed, type ReadAnswer } from './proposing.ts'
import {
  figureOf,
  manifestWith,
  questionsOf,
  type RunTrial,
  type Trial,
  type TrialAnswer,
  type Tried,
  trialOf,
} from './trial.ts'
import { proposedVariants, type Variant } from './variants.ts'

/** Calls of the model under way at once, as in an experiment. */
const AT_A_TIME = 8
/** A price that nobody knows makes nothing cheap. */
const UNKNOWN_COST = Number.POSITIVE_INFINITY

export type PlayDeps<Answer extends TrialAnswer> = {
  readonly run: RunTrial<Answer>
  readonly askProposer: AskProposer
  readonly readAnswer: ReadAnswer
}
type First = { readonly trials: readonly Trial[]; readonly proposing: Proposing | null }

export async function play<Answer extends TrialAnswer>(
  plan: Plan<Answer>,
  run: JobRun,
  deps: PlayDeps<Answer>,
): Promise<TuningResult> {
  const { ask, release, suite, scorer, prompt, examples, rounds } = plan
  // Ranks read upwards, also where less is better.
  const up = scorer.better === 'higher' ? 1 : -1
  const meter = createMeter(ask.budget)
  const trials = new Map<string, Trial[]>()
  /** How many of the examples each was tried on; the prompt as it is may be ahead. */
  const reached = new Map<string, number>()
  const outAfter = new Map<string, number>()
  const played: TuningResult['rounds'] = []
  let variants = plan.variants
  let left = variants
  let proposing: Proposing | null = null

  const tried = async (variant: Variant, until: number): Promise<Tried[]> =>
    answered(variant, examples.slice(reached.get(variant.id) ?? 0, until), { plan, run, deps, meter })
  const settle = async (
    variant: Variant,
    made: readonly Trial[],
    { round, until }: { round: number; until: number },
  ) => {
    reached.set(variant.id, Math.max(until, reached.get(variant.id) ?? 0))
    trials.set(variant.id, [...(trials.get(variant.id) ?? []), ...made])
    const spent = callsOf(spentOn(trials, { release, proposing }))
    meter.settle(spent)
    await run.progress(spent, callsOf(plan.questions), `round ${round} of ${rounds.length}: ${variant.title}`)
  }

  for (const [index, { examples: until }] of rounds.entries()) {
    const round = index + 1
    const [present] = left
    const looked = Math.max(until, plan.lookedAt)
    if (ask.proposer && present && index === 0) {
      const first = await run.step(`round 1: ${present.id}, and proposals`, async (): Promise<First> => {
        const shown = await tried(present, looked)
        return {
          trials: shown.map(({ trial }) => trial),
          proposing: await proposalsFor(plan, shown, { run, deps, meter }),
        }
      })
      proposing = first.proposing
      variants = [...variants, ...proposedVariants(prompt, proposing?.proposals ?? [], ask.sweep)]
      left = variants
      await settle(present, first.trials, { round, until: looked })
    }
    for (const variant of left) {
      if ((reached.get(variant.id) ?? 0) >= until) continue
      const made = await run.step(`round ${round}: ${variant.id}`, async () =>
        (await tried(variant, until)).map(({ trial }) => trial),
      )
      await settle(variant, made, { round, until })
    }
    demandScore([...trials.values()].flat())
    played.push({ variants: left.length, examples: until })
    const on = new Set(betterHalf(left.map((one) => standing(one, trials, { up, until }))).map(({ id }) => id))
    for (const { id } of left) if (!on.has(id)) outAfter.set(id, round)
    left = left.filter(({ id }) => on.has(id))
    // Fewer proposals than were planned for leave one over before the last round, which has nobody to beat then.
    if (left.length === 1) break
  }
  if (meter.endedBy !== null && [...trials.values()].flat().length === 0)
    throw new Failure('limited', 'prompts.tuning-capped', `Nothing was tried. ${meter.endedBy}`)
  const [first] = ranked(left.map((one) => standing(one, trials, { up })))
  const best = variants.find(({ id }) => id === first?.id) ?? variants[0]
  if (!best) throw new Error('There is a variant, the present prompt.')
  for (const { id } of left) if (id !== best.id) outAfter.set(id, played.length)
  const figures = variants.map((variant) => ({ ...variant, ...figureOf(trials.get(variant.id) ?? []) }))
  // Who fell out early was lucky or not on a few; a front compares those that were tried on the same.
  const longest = Math.max(...reached.values())
  const whole = figures.filter(({ id }) => reached.get(id) === longest)
  const pareto = new Set(paretoOf(whole.map((one) => ({ ...standing(one, trials, { up }), latencyMs: one.latencyMs }))))
  const questions = spentOn(trials, { release, proposing })
  return {
    split: 'build',
    evaluator: suite.primary,
    unit: scorer.unit,
    better: scorer.better,
    calls: callsOf(questions),
    questions,
    rounds: played,
    variants: figures.map(({ prompt: _, parameters: __, ...figure }) => ({
      ...figure,
      outAfter: outAfter.get(figure.id) ?? null,
      pareto: pareto.has(figure.id),
    })),
    proposing,
    best: best.id,
    prompt: promptText(best.prompt),
    parameters: { ...best.parameters },
    stopped: meter.endedBy,
    note: `Chosen on ${examples.length} examples of the build split of ${suite.dataset}, so its score there is too good. Freeze ${prompt.name} as it is written here and measure the release on cases that tuning never saw.`,
  }
}

/** Nothing can be chosen by what has no score, and nothing more is paid for it. */
function demandScore(trials: readonly Trial[]): void {
  if (trials.length === 0 || trials.some(({ score }) => score !== null)) return
  const { errors, problem } = figureOf(trials)
  const why =
    problem === null ? 'The evaluator applies to none of them.' : `${errors} failed, the first with: ${problem}`
  throw new Failure(
    'unmet',
    'prompts.tuning-unscored',
    `None of ${plural(trials.length, 'answer')} has a score. ${why}`,
  )
}

type Around<Answer extends TrialAnswer> = { run: JobRun; deps: PlayDeps<Answer>; meter: Meter }

/** A variant on some examples in their order, a few at a time; fewer where the budget ended. */
async function answered<Answer extends TrialAnswer>(
  variant: Variant,
  examples: readonly Example[],
  { plan, run, deps, meter }: Around<Answer> & { plan: Plan<Answer> },
): Promise<Tried[]> {
  const manifest = manifestWith(plan.release.manifest, variant)
  const { signal } = run
  const { score } = plan.scorer
  const made: (Tried | undefined)[] = []
  for (let from = 0; from < examples.length; from += AT_A_TIME) {
    const some = examples.slice(from, from + AT_A_TIME).map((example) => {
      signal.throwIfAborted()
      return trialOf({ manifest, example, signal }, { run: deps.run, score, meter })
    })
    made.push(...(await Promise.all(some)))
  }
  return made.filter((one) => one !== undefined)
}

/** Asks for proposals with what the prompt as it is answered worst. */
function proposalsFor<Answer extends TrialAnswer>(
  { ask: { proposer }, release: { application }, suite, scorer, prompt }: Plan<Answer>,
  shown: readonly Tried[],
  { run, deps, meter }: Around<Answer>,
): Promise<Proposing> | null {
  if (!proposer) return null
  const scored = shown.flatMap(({ trial: { score }, example, answer }) =>
    score === null ? [] : [{ example, answer, score }],
  )
  const task = proposer.task ?? suite.description ?? `Answers of an application, scored by ${suite.primary}.`
  return proposed(
    { task, prompt, evaluator: suite.primary, better: scorer.better, failing: failingOf(scored, scorer) },
    { application, proposer, ask: deps.askProposer, read: deps.readAnswer, meter, signal: run.signal },
  )
}

function spentOn(
  trials: ReadonlyMap<string, readonly Trial[]>,
  { release, proposing }: { release: Release; proposing: Proposing | null },
): Questions {
  const all = [...trials.values()].flat()
  return {
    application: all.length * questionsOf(release.manifest),
    judge: all.reduce((sum, { judged }) => sum + judged, 0),
    proposer: proposing?.questions ?? 0,
  }
}

/** On the first examples that all were tried on. */
const standing = (
  { id }: Variant,
  trials: ReadonlyMap<string, readonly Trial[]>,
  { up, until }: { up: number; until?: number },
) => {
  const { mean, costMicroUsd } = figureOf((trials.get(id) ?? []).slice(0, until))
  return { id, mean: mean === null ? null : mean * up, cost: costMicroUsd ?? UNKNOWN_COST }
}
