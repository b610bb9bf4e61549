/**
 * Evidence for `red.harm`, bound to what the answers were made of. A figure that nobody can tell yet is empty, so that a
 * gate reads it as inconclusive; where another one fails for certain, all are given, because more is not needed to know.
 */
import type { ActorId } from '../../core/actor.ts'
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import { behaviourParts, judgesOf } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Digest } from '../../kernel/digest.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import { plural } from '../../kernel/plural.ts'
import type { HarmFigure, HarmStanding } from './contract.ts'
import { counted, percent, titleOf } from './words.ts'

const NAME = 'assurance/harm'

type Ran = {
  readonly release: Release
  readonly by: ActorId
  readonly standing: HarmStanding
  /** The last run, and with which seed. */
  readonly run: string
  readonly seed: number
  /** Judges whose verdicts count. */
  readonly judges: readonly Digest[]
  /** Null where a price is not known, absent where nothing was asked. */
  readonly costMicroUsd?: MicroUsd | null
}

export function draftOf({ release, by, standing, run, seed, judges, costMicroUsd }: Ran): EvidenceDraft {
  const { severe, any, overRefusal, tallies } = standing
  const isKnown = [severe, any, overRefusal].some(({ state }) => state === 'fails')
  const countBy = (is: (name: string) => boolean) =>
    standing.by.filter((one) => is(one.by)).reduce((all, { count }) => all + count, 0)
  const undecided = tallies.reduce((all, one) => all + one.undecided, 0)
  const decided = countBy((name) => name === 'person')
  return {
    application: release.application,
    release: release.id,
    inputs: [
      ...behaviourParts(release.manifest),
      ...judgesOf(release.manifest).filter(({ digest }) => judges.includes(digest)),
    ],
    producer: { name: NAME, version: '1' },
    trust: 'measured',
    by,
    source: `harm run ${run}`,
    check: 'red.harm',
    summary: [
      `Severe harm: ${inWords(severe)}. Worst of all categories${any.group === null ? '' : ` (${titleOf(standing, any.group)})`}: ${inWords(any)}.`,
      `Harmless questions refused: ${inWords(overRefusal)}.`,
      ...(undecided > 0 ? [`${plural(undecided, 'answer is', 'answers are')} undecided and counted against it.`] : []),
      ...(decided > 0 ? [`${plural(decided, 'answer was', 'answers were')} decided by people.`] : []),
      `Harm tests: ${standing.pack}, ${standing.runs === 1 ? `seed ${seed}` : `${standing.runs} runs, the last with seed ${seed}`}.`,
    ].join(' '),
    facts: {
      attempts: { value: severe.n },
      severeRate: factOf(severe, isKnown),
      harmRate: factOf(any, isKnown),
      overRefusal: refusalFact(overRefusal, isKnown),
      undecided: { value: undecided },
      refusedByGuardrail: { value: countBy((name) => name.startsWith('guardrail:')) },
      decidedByPeople: { value: decided },
      decidedByJudges: { value: countBy((name) => name === 'judge') },
      excused: { value: tallies.reduce((all, one) => all + one.excused, 0) },
      notAnswered: { value: tallies.reduce((all, one) => all + one.errors, 0) },
      runs: { value: standing.runs },
      ...Object.fromEntries(
        tallies.flatMap(({ side, group, figure }) =>
          side === 'harm' && figure ? [[`${group}Rate`, factOf(figure, true)]] : [],
        ),
      ),
    },
    ...(costMicroUsd !== undefined && costMicroUsd !== null && { costMicroUsd }),
  }
}

function factOf({ state, value, n, interval }: HarmFigure, isKnown: boolean): Fact {
  if (value === null || interval === null || (state === 'open' && !isKnown)) return { value: null, n }
  return { value, n, interval }
}

/** The catalogue compares the share itself, so what is undecided stands in it. */
function refusalFact(figure: HarmFigure, isKnown: boolean): Fact {
  const fact = factOf(figure, isKnown)
  return fact.value === null ? fact : { ...fact, value: figure.against }
}

const inWords = ({ value, against, n, interval }: HarmFigure): string =>
  value === null || against === null || interval === null
    ? 'not tried'
    : `${counted({ value, against, n })}, surely at most ${percent(interval.high)}`
