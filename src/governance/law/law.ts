/** Verbs of law: what it asks of an application, its questions answered, and the same on paper. */
import { Failure } from '../../kernel/failure.ts'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Answers } from '../assessment/questions.ts'
import type { Documents } from '../documents/keeping.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'
import { lawFactsOf } from './law-facts.ts'
import { lawPaper } from './law-paper.ts'
import { CAUTION, type LawView } from './law-view.ts'
import type { LawPacks } from './pack.ts'

export type LawDeps = Pick<GovernanceDeps, 'clock' | 'applicationOf'> & {
  readonly packs: LawPacks
  readonly documents: Pick<Documents, 'get' | 'put'>
  readonly standingOf: (name: string) => Promise<PathStanding>
}

export type Law = ReturnType<typeof createLaw>

export function createLaw({ clock, applicationOf, packs, documents, standingOf }: LawDeps) {
  const questions = packs.laws.flatMap((pack) => pack.questions)

  async function get(name: string): Promise<LawView> {
    const application = await applicationOf(name)
    const at = clock()
    const values = Object.fromEntries(Object.entries(application.documents).map(([key, { value }]) => [key, value]))
    const verdicts = verdictsOf(await standingOf(name))
    const { laws, unanswered, differences } = lawFactsOf(packs, values, { verdicts, today: at.slice(0, 10) })
    return {
      application: application.name,
      at,
      caution: CAUTION,
      laws: [...laws],
      unanswered: unanswered.length,
      differences: [...differences],
    }
  }

  return {
    packs,
    get,

    /** Puts answers into `classification.yaml`; null takes one back. What is not sent stays. */
    async answer({ name, answers, by }: { name: string; answers: Answers; by: Keeper }): Promise<LawView> {
      for (const [id, answer] of Object.entries(answers)) demandAnswer(id, answer)
      const { value } = await documents.get(name, 'classification')
      const before = (value?.answers ?? {}) as Answers
      const merged = Object.entries({ ...before, ...answers }).filter(([, answer]) => answer !== null)
      await documents.put({
        name,
        document: 'classification',
        value: { ...value, answers: Object.fromEntries(merged) },
        by,
      })
      return get(name)
    },

    async export({ name, format }: { name: string; format: 'markdown' | 'html' | 'csv' }): Promise<string> {
      const blocks = lawPaper(await get(name))
      if (format === 'csv') return csvOf(blocks)
      return format === 'html' ? htmlOf(blocks, { title: `Law and ${name}` }) : markdownOf(blocks)
    },
  }

  function demandAnswer(id: string, answer: Answers[string]): void {
    const question = questions.find((one) => one.id === id)
    if (!question)
      throw new Failure(
        'invalid',
        'governance.law-question-unknown',
        `answers.${id}: there is no such question. \`airworthy law questions\` lists them.`,
      )
    const options = [...question.options.map(({ value }) => value), 'unknown']
    if (answer === null || options.includes(String(answer))) return
    throw new Failure(
      'invalid',
      'governance.law-answer-invalid',
      `answers.${id}: “${answer}” is no answer; choose one of ${options.join(', ')}.`,
    )
  }
}
