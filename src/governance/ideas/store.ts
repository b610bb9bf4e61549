/** SQL of ideas. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Idea, type IdeaId, IdeaScoring } from './idea.ts'

export const own = tablesOf({ ideas: Idea, ideaScorings: IdeaScoring })

export async function addIdea(tx: Tx, idea: Idea): Promise<void> {
  await own(tx)
    .insertInto('ideas')
    .values({
      ...idea,
      scores: json(idea.scores),
      answers: json(idea.answers),
      origin: idea.origin && json(idea.origin),
    })
    .execute()
}

export async function changeIdea(tx: Tx, { id, title, scores, answers, application, updatedAt }: Idea): Promise<void> {
  await own(tx)
    .updateTable('ideas')
    .set({ title, scores: json(scores), answers: json(answers), application, updatedAt })
    .where('id', '=', id)
    .execute()
}

export const findIdea = (
  db: Database | Tx,
  { organisation, id }: { organisation: string; id: IdeaId },
): Promise<Idea | undefined> =>
  own(db)
    .selectFrom('ideas')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirst()

/** The same, and nobody else changes it until the transaction ends. */
export const lockIdea = (
  tx: Tx,
  { organisation, id }: { organisation: string; id: IdeaId },
): Promise<Idea | undefined> =>
  own(tx)
    .selectFrom('ideas')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const listIdeas = (
  db: Database | Tx,
  { organisation, limit }: { organisation: string; limit: number },
): Promise<Idea[]> =>
  own(db).selectFrom('ideas').selectAll().where('organisation', '=', organisation).orderBy('id').limit(limit).execute()

export async function addScoring(tx: Tx, scoring: IdeaScoring): Promise<void> {
  await own(tx)
    .insertInto('ideaScorings')
    .values({ ...scoring, scores: json(scoring.scores) })
    .execute()
}

export const listScorings = (db: Database | Tx, idea: IdeaId): Promise<IdeaScoring[]> =>
  own(db).selectFrom('ideaScorings').selectAll().where('idea', '=', idea).orderBy('id', 'desc').limit(100).execute()
