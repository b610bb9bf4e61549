/**
 * Maturity: what people say of how they work, beside what the installation can see of it. What can be computed is never
 * typed; every self-assessment is kept. Pure.
 *
 * Invariant: an area is as mature as its weakest answer, and an answer that nobody gave counts as none.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

/** `commit`: frozen from a commit · `evidence:<check>`: the check was answered. Both of an application's newest release. */
const Measure = z.string().regex(/^(commit|evidence:[a-z]+\.[a-z]+)$/)

const Item = z.strictObject({
  id: z.string(),
  question: z.string(),
  /** Four sentences, the least mature first; empty where it is measured. */
  levels: z.array(z.string()),
  measure: Measure.nullable(),
})

export const MaturityPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  /** Names of the four levels. */
  levels: z.array(z.string()).length(4),
  questionnaires: z.array(
    z.strictObject({
      id: z.enum(['data', 'ai']),
      title: z.string(),
      says: z.string(),
      areas: z.array(z.strictObject({ id: z.string(), title: z.string(), items: z.array(Item).min(1) })),
    }),
  ),
})
export type MaturityPack = z.infer<typeof MaturityPack>

export const QuestionnaireId = z.enum(['data', 'ai'])
export type QuestionnaireId = z.infer<typeof QuestionnaireId>

export const Level = z.number().int().min(0).max(3)
/** By the id of the question. */
export const MaturityAnswers = z.record(z.string(), Level)
export type MaturityAnswers = z.infer<typeof MaturityAnswers>

export const MaturityAssessment = z.object({
  id: idOf('mas'),
  organisation: Organisation,
  questionnaire: QuestionnaireId,
  answers: MaturityAnswers,
  createdAt: Instant,
  createdBy: ActorId,
})
export type MaturityAssessment = z.infer<typeof MaturityAssessment>

const ServedItem = Item.extend({
  /** What people said; null where it is measured, or nobody answered. */
  answer: Level.nullable(),
  /** Of so many applications so many; null where it is asked. */
  measured: z.object({ have: z.number().int(), of: z.number().int(), level: Level.nullable() }).nullable(),
})

export const Maturity = z.object({
  questionnaire: QuestionnaireId,
  title: z.string(),
  says: z.string(),
  levels: z.array(z.string()),
  areas: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      items: z.array(ServedItem),
      /** The lowest of what people said, and of what is measured; null while one is unknown. */
      said: Level.nullable(),
      measured: Level.nullable(),
    }),
  ),
  /** Each self-assessment, the newest first, with the level of each area as it was said. */
  history: z.array(
    z.object({
      at: Instant,
      by: ActorId,
      areas: z.array(z.object({ id: z.string(), said: Level.nullable() })),
    }),
  ),
})
export type Maturity = z.infer<typeof Maturity>

/** How many applications have what a measure asks for. */
export type Measured = { readonly of: number; readonly have: ReadonlyMap<string, number> }

export function maturityOf(
  { id, title, says, areas }: MaturityPack['questionnaires'][number],
  {
    levels,
    history,
    measured,
  }: { levels: readonly string[]; history: readonly MaturityAssessment[]; measured: Measured },
): Maturity {
  const newest = history[0]?.answers ?? {}
  return {
    ...{ questionnaire: id, title, says, levels: [...levels] },
    areas: areas.map((area) => {
      const items = area.items.map((item) => servedItem(item, newest, measured))
      return {
        ...{ id: area.id, title: area.title, items, said: saidOf(area, newest) },
        measured: lowest(items.flatMap((item) => (item.measured ? [item.measured.level] : []))),
      }
    }),
    history: history.map(({ createdAt, createdBy, answers }) => ({
      at: createdAt,
      by: createdBy,
      areas: areas.map((area) => ({ id: area.id, said: saidOf(area, answers) })),
    })),
  }
}

type Area = MaturityPack['questionnaires'][number]['areas'][number]

const saidOf = ({ items }: Area, answers: MaturityAnswers): number | null =>
  lowest(items.filter(({ measure }) => measure === null).map(({ id }) => answers[id] ?? null))

function servedItem(item: Area['items'][number], answers: MaturityAnswers, { of, have }: Measured) {
  if (item.measure === null) return { ...item, answer: answers[item.id] ?? null, measured: null }
  const found = have.get(item.measure) ?? 0
  return { ...item, answer: null, measured: { have: found, of, level: levelOf(found, of) } }
}

/** None, some, at least half, at least nine of ten; without an application nobody knows. */
export const levelOf = (have: number, of: number): number | null =>
  of === 0 ? null : have === 0 ? 0 : have / of >= 0.9 ? 3 : have / of >= 0.5 ? 2 : 1

const lowest = (all: readonly (number | null)[]): number | null =>
  all.length === 0 || all.some((one) => one === null) ? null : Math.min(...all.map(Number))
