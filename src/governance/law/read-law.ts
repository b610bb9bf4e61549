/**
 * Reads a law for one application. Pure. What is unknown or was never answered leaves an obligation at "may apply":
 * silence excludes nothing.
 */
import type { Verdict } from '../../core/verdict.ts'
import { type Truth, truthOf } from '../advisor/condition.ts'
import { type Answers, isAnswered, UNKNOWN } from '../assessment/questions.ts'
import type { LawReading, LiveObligation, Reach } from './law-view.ts'
import type { LawObligation, LawPack } from './pack.ts'

type Context = {
  /** Of people, by the id of the question. */
  readonly said: Answers
  /** Of the profile and the declaration of privacy. */
  readonly known: Answers
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** `2026-11-22` */
  readonly today: string
}

export function readLaw(pack: LawPack, context: Context): LawReading {
  const { said, known, today } = context
  const answers: Answers = { ...known, ...answered(said) }
  const { law, title, version, asOf, note, sources, milestones, groups } = pack
  const state = reachOf(truthOf(pack.scope.when, answers))
  return {
    ...{ law, title, version, asOf, note, sources, milestones, groups },
    isOld: today > pack.reviewBy,
    state,
    scope: pack.scope.says,
    riskClass: pack.classes.length === 0 ? null : classOf(pack, answers),
    screening: screeningOf(pack, answers),
    questions: pack.questions.map((question) => ({
      ...question,
      answer: isAnswered(answers[question.id]) ? String(answers[question.id]) : null,
      saidBy: isAnswered(said[question.id]) ? 'person' : isAnswered(known[question.id]) ? 'declaration' : null,
    })),
    obligations:
      state === 'does-not-apply' ? [] : pack.obligations.flatMap((one) => liveObligation(one, { ...context, answers })),
  }
}

export const reachOf = (truth: Truth): Reach =>
  truth === 'true' ? 'applies' : truth === 'false' ? 'does-not-apply' : 'may-apply'

/** The first class that holds, and those before it that an answer could still bring. */
function classOf({ classes }: LawPack, answers: Answers): NonNullable<LawReading['riskClass']> {
  const mayBe: NonNullable<LawReading['riskClass']>['mayBe'] = []
  for (const { when, ...riskClass } of classes) {
    const truth = truthOf(when, answers)
    if (truth === 'true') return { found: riskClass, mayBe }
    if (truth !== 'false') mayBe.push(riskClass)
  }
  return { found: null, mayBe }
}

function screeningOf({ screening, questions }: LawPack, answers: Answers): LawReading['screening'] {
  if (!screening) return null
  const { criteria, dueFrom, always, says, reference } = screening
  const label = (id: string) => questions.find((one) => one.id === id)?.label ?? id
  const met = criteria.filter((id) => answers[id] === 'yes')
  const open = criteria.filter((id) => !isAnswered(answers[id]) || answers[id] === UNKNOWN)
  const isDue = met.length >= dueFrom || always.some((one) => truthOf(one, answers) === 'true')
  // Where the open ones could reach the line, nobody may say that none is due.
  const mayBeDue = met.length + open.length >= dueFrom
  return {
    criteria: criteria.length,
    met: met.map(label),
    open: open.map(label),
    due: isDue ? 'yes' : mayBeDue && open.length > 0 ? 'unknown' : 'no',
    says,
    reference,
  }
}

function liveObligation(
  { when, from, evidence, ...obligation }: LawObligation,
  { answers, verdicts, today }: Context & { answers: Answers },
): LiveObligation[] {
  const state = reachOf(truthOf(when, answers))
  if (state === 'does-not-apply') return []
  // Of dates whose condition is open the earliest counts, so that nobody is told a later one than may hold.
  const dates = from.filter((one) => one.when === undefined || truthOf(one.when, answers) !== 'false')
  const certain = dates[0]?.when === undefined || truthOf(dates[0].when, answers) === 'true'
  const day = certain ? dates[0] : [...dates].sort((a, b) => (a.on < b.on ? -1 : 1))[0]
  const on = day?.on ?? today
  return [
    {
      ...obligation,
      state,
      from: on,
      fromBecause: day?.says ?? null,
      isInForce: on <= today,
      relevant: evidence.map((check) => ({ check, verdict: verdicts.get(check) ?? null })),
    },
  ]
}

const answered = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswered(answer)))
