/** The advisor: what an assessment speaks for, and the experiments that would show that it is wrong. */
import { z } from 'zod'
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { Answers, QuestionPack } from '../assessment/questions.ts'
import { answersSchema } from '../assessment/questions.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import type { Advice, AdviceDifference, OwnEvidence } from './advice.ts'
import { advise, differenceOf } from './advise.ts'
import type { AdvisorPack } from './pack.ts'
import { addTryOut, listTryOuts } from './store.ts'
import type { TryOut } from './try-out.ts'
import { variantFiles } from './variant.ts'

export type AdvisorDeps = GovernanceDeps & {
  readonly advisorPack: AdvisorPack
  readonly questionPack: QuestionPack
  /** Makes or changes the application of a variant, freezes it, and starts its experiment against its baseline. */
  readonly runVariant: (ask: {
    name: string
    files: BlueprintFiles
    suite: string
    by: Keeper
  }) => Promise<{ release: string; experiment: string }>
  /** What the comparison of an experiment says on its primary score; null while nobody knows. */
  readonly verdictOf: (experiment: string) => Promise<'better' | 'worse' | 'equivalent' | 'undecided' | null>
  /** Who of these people has a training record that names a skill. */
  readonly trainedIn: (skill: string, people: readonly string[]) => Promise<string[]>
}

/** The newest so many try-outs count as own evidence. */
const MOST_TRY_OUTS = 200

export type Advisor = ReturnType<typeof createAdvisor>

export function createAdvisor(deps: AdvisorDeps) {
  const { db, clock, newId, organisation, advisorPack: pack, questionPack: questions } = deps
  const schema = answersSchema(questions.questions)
  const digest = digestOf(pack)
  const today = () => clock().slice(0, 10)

  async function ownEvidence(tried: readonly TryOut[]): Promise<Map<string, OwnEvidence>> {
    const own = new Map<string, OwnEvidence>()
    for (const { rule: id, experiment } of tried) {
      const expected = pack.rules.find((rule) => rule.id === id)?.experiment?.supportedBy ?? []
      const verdict = await deps.verdictOf(experiment)
      const before = own.get(id) ?? { comparisons: 0, supports: 0, refutes: 0, undecided: 0 }
      const isDecided = verdict !== null && verdict !== 'undecided'
      const supports = isDecided && expected.includes(verdict)
      own.set(id, {
        comparisons: before.comparisons + 1,
        supports: before.supports + (supports ? 1 : 0),
        refutes: before.refutes + (isDecided && !supports ? 1 : 0),
        undecided: before.undecided + (isDecided ? 0 : 1),
      })
    }
    return own
  }

  async function skillsOf(builders: unknown): Promise<((skill: string) => string[]) | undefined> {
    const people = z.array(z.string()).safeParse(builders)
    if (!people.success || people.data.length === 0) return undefined
    const skills = [...new Set(pack.rules.map(({ effort }) => effort.skill))]
    const held = new Map<string, string[]>()
    for (const skill of skills) held.set(skill, await deps.trainedIn(skill, people.data))
    return (skill) => held.get(skill) ?? []
  }

  const parse = (answers: Answers): Answers => {
    const parsed = schema.safeParse(answers)
    if (parsed.success) return parsed.data
    const problems = parsed.error.issues.map(({ path, message }) => ({
      field: `answers.${path.join('.')}`,
      message,
      remedy: 'Take one of the options of the question, a number, or unknown: GET /api/v1/assessment-questions.',
    }))
    const [first] = problems
    throw new Failure('invalid', 'governance.answers-invalid', `${first?.field}: ${first?.message}. ${first?.remedy}`, {
      problems,
    })
  }

  return {
    questions,

    /** Pure advice on answers that nobody keeps. */
    async ask(given: {
      answers: Answers
      before?: Answers | undefined
    }): Promise<{ advice: Advice; difference: AdviceDifference | null }> {
      const own = await ownEvidence(await listTryOuts(db, { organisation, limit: MOST_TRY_OUTS }))
      const about = { pack, digest, questions, today: today(), own }
      const advice = advise(parse(given.answers), about)
      const difference = given.before ? differenceOf(advise(parse(given.before), about), advice) : null
      return { advice, difference }
    },

    async of(name: string): Promise<{ answers: Answers; advice: Advice; tried: TryOut[] }> {
      const { documents } = await deps.applicationOf(name)
      const { answers = {} } = (documents.assessment?.value ?? {}) as { answers?: Answers }
      const all = await listTryOuts(db, { organisation, limit: MOST_TRY_OUTS })
      const heldBy = await skillsOf(documents.builders?.value)
      const own = await ownEvidence(all)
      const advice = advise(parse(answers), { pack, digest, questions, today: today(), own, ...(heldBy && { heldBy }) })
      return { answers, advice, tried: all.filter(({ application }) => application === name) }
    },

    async tryOut(given: {
      name: string
      rule: string
      suite?: string | undefined
      model?: string | undefined
      by: Keeper
    }): Promise<TryOut> {
      const { name, by } = given
      const rule = pack.rules.find(({ id }) => id === given.rule)
      if (!rule)
        throw new Failure(
          'unknown',
          'governance.rule-unknown',
          `The advisor has no rule ${given.rule}; it has R1 to R35 and D1 to D18.`,
        )
      const kind = rule.experiment?.variant
      if (!rule.experiment || !kind)
        throw new Failure(
          'conflict',
          'governance.experiment-by-hand',
          `${rule.id} cannot be made of a blueprint by itself. Compare by hand: ${rule.experiment ? `${rule.experiment.control} with ${rule.experiment.candidate}` : 'it is a rule of law, which no experiment refutes'}.`,
        )
      const { files, blueprint } = await deps.blueprintOf(name)
      const suite = given.suite ?? blueprint.suites[0]?.name
      if (suite === undefined || !blueprint.suites.some((one) => one.name === suite))
        throw new Failure(
          'conflict',
          'governance.suite-missing',
          `${name} has no suite${suite ? ` ${suite}` : ''} to measure with. Add cases to datasets/ and a suite to evals/.`,
        )
      const variant = `${name.slice(0, 56).replace(/-+$/, '')}-${rule.id.toLowerCase()}`
      const changed = variantFiles({ files, blueprint, kind, rule: rule.id, model: given.model })
      const { release, experiment } = await deps.runVariant({ name: variant, files: changed, suite, by })
      const tryOut: TryOut = {
        id: newId('try'),
        organisation,
        application: name,
        rule: rule.id,
        variant,
        release,
        experiment,
        createdAt: clock(),
        createdBy: by.actor,
      }
      await inTransaction(db, async (tx) => {
        await addTryOut(tx, tryOut)
        const detail = { rule: rule.id, variant, experiment, pack: pack.version }
        await deps.record(tx, {
          actor: by.actor,
          action: 'governance.try-advice',
          subject: rule.id,
          application: name,
          detail,
        })
      })
      deps.publish({ topic: 'advice', id: tryOut.id, application: name })
      return tryOut
    },
  }
}
