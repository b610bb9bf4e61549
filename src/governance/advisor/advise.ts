/**
 * From answers to advice; pure. Several rules may fire, and what speaks against each other is shown, not averaged.
 *
 * Invariant: a safeguard that fires on some answers fires on worse ones too (a property test holds it).
 */
import type { Digest } from '../../kernel/digest.ts'
import { type Answers, isAnswered, type Question, type QuestionPack, UNKNOWN } from '../assessment/questions.ts'
import type { Advice, AdviceDifference, Conflict, OwnEvidence, RuleAdvice } from './advice.ts'
import { questionsOf, type Truth, truthOf } from './condition.ts'
import type { AdvisorPack, Rule } from './pack.ts'

export type AdviseDeps = {
  readonly pack: AdvisorPack
  /** Of the pack, so that advice can be told from that of another version. */
  readonly digest: Digest
  readonly questions: QuestionPack
  /** Day of asking, `2026-03-01`. */
  readonly today: string
  /** By the id of the rule. */
  readonly own?: ReadonlyMap<string, OwnEvidence>
  /** Who of the team has a training record of a skill; left out when there is no team. */
  readonly heldBy?: (skill: string) => readonly string[]
}

export function advise(answers: Answers, deps: AdviseDeps): Advice {
  const { pack, questions, today } = deps
  const read = pack.rules.map((rule) => ({ rule, truth: truthOf(rule.when, answers) }))
  const rules = read.flatMap(({ rule, truth }) => adviceOf(rule, { truth, answers, deps }) ?? [])
  const fires = rules.map(({ id }) => id)
  const answer = answerOf(rules, answers)
  return {
    pack: {
      name: pack.name,
      version: pack.version,
      asOf: pack.asOf,
      reviewBy: pack.reviewBy,
      isOld: today > pack.reviewBy,
      note: pack.note,
      digest: deps.digest,
    },
    answer,
    says: SAYS[answer],
    rules,
    conflicts: conflictsOf(pack.rules.filter(({ id }) => fires.includes(id))),
    tests: questions.questions
      .filter(({ id }) => answers[id] === UNKNOWN)
      .map(({ id, label, test }) => ({ question: id, label, test })),
    ask: openQuestions(read, { questions: questions.questions, answers }),
    minimumCases: casesFor(answers),
    slices: slicesFor(answers),
    checks: [...new Set(rules.flatMap(({ checks }) => checks))].sort(),
  }
}

export function differenceOf(before: Advice, after: Advice): AdviceDifference {
  const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one))
  const [was, is] = [before.rules.map(({ id }) => id), after.rules.map(({ id }) => id)]
  return {
    added: without(is, was),
    removed: without(was, is),
    answerChanged: before.answer !== after.answer,
    checksAdded: without(after.checks, before.checks),
    checksRemoved: without(before.checks, after.checks),
  }
}

const SAYS: Readonly<Record<Advice['answer'], string>> = {
  stop: 'Do not build this: the practice is prohibited.',
  'without-generative-ai': 'Do it without generative AI, or show on your own cases that a model is worth its cost.',
  'go-on': 'Generative AI may be worth a try. Test the advice below on your own cases.',
  'not-enough-known': 'Too little is known yet. A plain prompt, or search over your documents, is a safe first try.',
}

function answerOf(rules: readonly RuleAdvice[], answers: Answers): Advice['answer'] {
  if (rules.some(({ answer, state }) => answer === 'stop' && state === 'fires')) return 'stop'
  if (answers.ruleBased === 'yes') return 'without-generative-ai'
  return ['task', 'knowledgeNeed'].some((id) => isAnswered(answers[id]) && answers[id] !== UNKNOWN)
    ? 'go-on'
    : 'not-enough-known'
}

function adviceOf(
  rule: Rule,
  { truth, answers, deps }: { truth: Truth; answers: Answers; deps: AdviseDeps },
): RuleAdvice | undefined {
  const isAssumed = rule.safeguard && truth === 'unknown'
  if (truth !== 'true' && !isAssumed) return undefined
  const { when: _, sources, confidence, effort, excludes: __, ...said } = rule
  const own = deps.own?.get(rule.id) ?? null
  return {
    ...said,
    state: isAssumed ? 'assumed' : 'fires',
    because: [...new Set(questionsOf(rule.when))]
      .filter((id) => isAnswered(answers[id]))
      .map((id) => ({ question: id, answer: String(answers[id]) })),
    sources: deps.pack.sources.filter(({ id }) => sources.includes(id)),
    confidence: confidenceOf(confidence, own),
    own,
    effort: effortOf(effort, { answers, heldBy: deps.heldBy }),
  }
}

/** Three decided comparisons of one's own outrank every paper. */
const ENOUGH_OWN = 3

function confidenceOf(level: Rule['confidence'], own: OwnEvidence | null): RuleAdvice['confidence'] {
  const decided = own ? own.supports + own.refutes : 0
  if (!own || decided < ENOUGH_OWN)
    return {
      level,
      rests: 'sources',
      says: own ? `Your own runs so far: ${own.supports} for it, ${own.refutes} against.` : '',
    }
  const share = own.supports / decided
  return {
    level: share >= 2 / 3 ? 'high' : share >= 1 / 3 ? 'medium' : 'low',
    rests: 'own experiments',
    says: `Of your ${decided} decided comparisons ${own.supports} speak for it and ${own.refutes} against.`,
  }
}

/** Who has done it before needs the days that stand there; others about twice as many. */
function effortOf(
  { days, skill }: Rule['effort'],
  { answers, heldBy }: { answers: Answers; heldBy: AdviseDeps['heldBy'] },
): RuleAdvice['effort'] {
  const holders = heldBy ? [...heldBy(skill)] : null
  const answered = skill === 'ml' ? answers.teamMl : skill === 'operations' ? answers.teamOps : undefined
  const isHeld = (holders?.length ?? 0) > 0 || answered === 'strong' || answered === 'some'
  if (days === 0) return { days, skill, heldBy: holders, says: 'No work.' }
  if (isHeld) return { days, skill, heldBy: holders, says: `About ${days} days.` }
  return {
    days: days * 2,
    skill,
    heldBy: holders,
    says: `About ${days * 2} days: nobody here has a record of ${skill} yet, so twice the usual.`,
  }
}

/** Rules of one topic that cannot both be followed. */
function conflictsOf(rules: readonly Rule[]): Conflict[] {
  const topics = [...new Set(rules.map(({ topic }) => topic))]
  return topics.flatMap((topic) => {
    const some = rules.filter((rule) => rule.topic === topic)
    return some.flatMap((one, index) =>
      some
        .slice(index + 1)
        .filter((other) => disagree(one, other))
        .map((other) => ({
          topic,
          rules: [one.id, other.id],
          says: `“${one.title}” and “${other.title}” cannot both be followed. Let the paired experiment decide.`,
        })),
    )
  })
}

function disagree(one: Rule, other: Rule): boolean {
  const isAgainst = one.choice === other.choice && (one.stance === 'avoid') !== (other.stance === 'avoid')
  return isAgainst || one.excludes.includes(other.choice) || other.excludes.includes(one.choice)
}

function openQuestions(
  read: readonly { rule: Rule; truth: Truth }[],
  { questions, answers }: { questions: readonly Question[]; answers: Answers },
): Advice['ask'] {
  const open = read.filter(({ truth }) => truth === 'unanswered' || truth === 'unknown')
  return questions
    .filter(({ id }) => !isAnswered(answers[id]))
    .map(({ id, label }) => ({
      question: id,
      label,
      rules: open.filter(({ rule }) => questionsOf(rule.when).includes(id)).map(({ rule }) => rule.id),
    }))
    .filter(({ rules }) => rules.length > 0)
    .sort((a, b) => b.rules.length - a.rules.length)
}

/** More variety, more cases (S1.3.2c). */
const CASES: Readonly<Record<string, number>> = { low: 50, medium: 100, high: 300 }
const casesFor = ({ variability }: Answers): number => CASES[String(variability)] ?? 100

/** A slice with fewer says nothing for itself; alike cases are one slice. */
const CASES_EACH = 30
const SLICES: Readonly<Record<string, number>> = { low: 1, medium: 3, high: 10 }
const slicesFor = ({ variability }: Answers): Advice['slices'] => ({
  least: SLICES[String(variability)] ?? 3,
  casesEach: CASES_EACH,
})
