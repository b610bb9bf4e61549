/** Ideas: written down, scored, ranked, and made into applications by way of the guided flow. */
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import type { Name } from '../../core/names.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { answersSchema, type QuestionPack } from '../assessment/questions.ts'
import type { GovernanceDeps, Keeper } from '../governance-deps.ts'
import { beginFrom, type Packs } from './begin.ts'
import type { Guide } from './guide.ts'
import {
  type GuideAnswers,
  type Idea,
  type IdeaId,
  IdeaOrigin,
  type IdeaScores,
  type IdeaScoring,
  NO_SCORES,
} from './idea.ts'
import { type IdeaLineage, lineageOf } from './lineage.ts'
import { type RankedIdea, rankIdeas, type Weights } from './ranking.ts'
import { addIdea, addScoring, changeIdea, findIdea, listIdeas, listScorings, lockIdea } from './store.ts'
import { type IdeaSuggestion, suggestionsOf, titleOf, type Unmet, type UnmetGroup } from './suggestions.ts'

export type IdeasDeps = GovernanceDeps &
  Packs & {
    readonly guide: Guide
    readonly questionPack: QuestionPack
    readonly templates: readonly { readonly name: string; readonly files: BlueprintFiles }[]
    /** Requests that failed, were not answered, or helped nobody, beside how many there were. */
    readonly unmetOf: (ask: {
      application: string
      since: Instant
      limit: number
    }) => Promise<{ requests: readonly (Unmet & { readonly question: string })[]; asked: number }>
    readonly groupUnmet: (requests: readonly (Unmet & { readonly question: string })[]) => readonly UnmetGroup[]
    readonly createApplication: (ask: { name: string; files: BlueprintFiles; by: Keeper }) => Promise<unknown>
  }

/** A portfolio of more is no portfolio. */
const MOST_IDEAS = 1000
/** What users asked for before is another product. */
const LOOKED_BACK = 28 * DAY
const MOST_UNMET = 2000

type Change = {
  title?: string | undefined
  scores?: { [Key in keyof IdeaScores]?: IdeaScores[Key] | undefined } | undefined
  answers?: GuideAnswers | undefined
}

type Taking = { application: Name; key: string; title?: string | undefined; by: Keeper }

export type Ideas = ReturnType<typeof createIdeas>

export function createIdeas(deps: IdeasDeps) {
  const { db, clock, newId, organisation, guide, questionPack } = deps
  const fields = guide.steps.flatMap((step) => step.fields)
  const schema = answersSchema(questionPack.questions)

  const demand = (idea: Idea | undefined, id: string): Idea => {
    if (idea) return idea
    throw new Failure('unknown', 'governance.idea-unknown', `There is no idea ${id}.`)
  }
  const audit = (tx: Tx, by: Keeper, action: string, { id, application }: Idea) =>
    deps.record(tx, { actor: by.actor, action, subject: id, application })
  const tell = ({ id }: Idea) => deps.publish({ topic: 'idea', id, application: null })

  /** Unknown fields and answers that are no option are refused by name. */
  function checked(answers: GuideAnswers): GuideAnswers {
    for (const [id, answer] of Object.entries(answers)) {
      const field = fields.find((one) => one.id === id)
      const isQuestion = field?.kind === 'question'
      const bad = !field
        ? 'the guided plan has no such field'
        : isQuestion && !schema.safeParse({ [id]: answer }).success
          ? 'it is none of the answers to the question'
          : undefined
      if (bad)
        throw new Failure(
          'invalid',
          'governance.answer-invalid',
          `answers.${id}: ${bad}. GET /api/v1/guide and /api/v1/assessment-questions list what there is.`,
        )
    }
    return answers
  }

  const scoring = ({ id, scores }: Idea, by: Keeper): IdeaScoring => ({
    id: newId('ids'),
    organisation,
    idea: id,
    scores,
    createdAt: clock(),
    createdBy: by.actor,
  })

  async function suggestions(application: Name): Promise<IdeaSuggestion[]> {
    await deps.applicationOf(application)
    const until = clock()
    const since = later(until, -LOOKED_BACK)
    const { requests, asked } = await deps.unmetOf({ application, since, limit: MOST_UNMET })
    const groups = deps.groupUnmet(requests)
    const ideas = await listIdeas(db, { organisation, limit: MOST_IDEAS })
    return suggestionsOf(application, { groups, unmet: requests, asked, since, until, ideas })
  }

  return {
    guide: { ...guide, fields: fields.length },

    async create({
      title,
      scores,
      answers,
      parent,
      origin,
      by,
    }: Change & {
      title: string
      parent?: Name | undefined
      origin?: IdeaOrigin | undefined
      by: Keeper
    }): Promise<Idea> {
      const now = clock()
      const idea: Idea = {
        id: newId('ide'),
        organisation,
        title,
        scores: { ...NO_SCORES, ...known(scores) },
        answers: checked(answers ?? {}),
        application: null,
        parent: parent ?? null,
        origin: origin ?? null,
        createdAt: now,
        createdBy: by.actor,
        updatedAt: now,
      }
      await inTransaction(db, async (tx) => {
        await addIdea(tx, idea)
        if (scores) await addScoring(tx, scoring(idea, by))
        await audit(tx, by, 'governance.create-idea', idea)
      })
      tell(idea)
      return idea
    },

    /** In the order in which they were written down. */
    all: (): Promise<Idea[]> => listIdeas(db, { organisation, limit: MOST_IDEAS }),

    async list(weights: Weights): Promise<RankedIdea[]> {
      return rankIdeas(await listIdeas(db, { organisation, limit: MOST_IDEAS }), weights)
    },

    async lineage(application: Name): Promise<IdeaLineage> {
      await deps.applicationOf(application)
      return lineageOf(application, await listIdeas(db, { organisation, limit: MOST_IDEAS }))
    },

    /** What its users asked for lately and did not get; each group may be an idea. */
    suggestions,

    async take({ application, key, title, by }: Taking): Promise<Idea> {
      const found = (await suggestions(application)).find((one) => one.key === key)
      if (!found)
        throw new Failure(
          'unknown',
          'governance.suggestion-unknown',
          `There is no such suggestion of ${application} now. List them again: groups change with each request.`,
        )
      if (found.idea)
        throw new Failure('conflict', 'governance.suggestion-taken', `It is the idea ${found.idea} already.`)
      return this.create({
        title: title ?? titleOf(found),
        answers: { title: title ?? titleOf(found) },
        parent: application,
        origin: IdeaOrigin.parse(found),
        by,
      })
    },

    async get(id: IdeaId): Promise<{ idea: Idea; scorings: IdeaScoring[] }> {
      return { idea: demand(await findIdea(db, { organisation, id }), id), scorings: await listScorings(db, id) }
    },

    async update({ id, title, scores, answers, by }: Change & { id: IdeaId; by: Keeper }): Promise<Idea> {
      const changed = await inTransaction(db, async (tx) => {
        const before = demand(await lockIdea(tx, { organisation, id }), id)
        const merged = { ...before.answers, ...checked(answers ?? {}) }
        const idea: Idea = {
          ...before,
          title: title ?? before.title,
          scores: { ...before.scores, ...known(scores) },
          answers: Object.fromEntries(Object.entries(merged).filter(([, answer]) => answer !== null)),
          updatedAt: clock(),
        }
        await changeIdea(tx, idea)
        if (scores) {
          await addScoring(tx, scoring(idea, by))
          await audit(tx, by, 'governance.score-idea', idea)
        }
        return idea
      })
      tell(changed)
      return changed
    },

    async begin({
      id,
      name,
      template: wanted,
      by,
    }: {
      id: IdeaId
      name: Name
      template?: string | undefined
      by: Keeper
    }): Promise<Idea> {
      const { idea } = await this.get(id)
      if (idea.application)
        throw new Failure(
          'conflict',
          'governance.idea-begun',
          `${idea.title} is the application ${idea.application} already.`,
        )
      const chosen = wanted ?? String(idea.answers.template ?? 'support-assistant')
      const template = deps.templates.find((one) => one.name === chosen)
      if (!template)
        throw new Failure(
          'invalid',
          'governance.template-unknown',
          `template: there is no ${chosen}; there are ${deps.templates.map((one) => one.name).join(', ')}.`,
        )
      const files = beginFrom(idea, {
        template: template.files,
        questions: questionPack.questions.map((question) => question.id),
        packs: deps,
        today: clock().slice(0, 10),
      })
      await deps.createApplication({ name, files, by })
      const begun = await inTransaction(db, async (tx) => {
        const before = demand(await lockIdea(tx, { organisation, id }), id)
        const after: Idea = { ...before, application: name, updatedAt: clock() }
        await changeIdea(tx, after)
        await audit(tx, by, 'governance.begin-application', after)
        return after
      })
      tell(begun)
      return begun
    },
  }
}

/** What was sent, without what was not. */
const known = (scores: Change['scores']): Partial<IdeaScores> =>
  Object.fromEntries(Object.entries(scores ?? {}).filter(([, score]) => score !== undefined))
