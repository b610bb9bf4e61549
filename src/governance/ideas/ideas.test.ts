/** Ideas in an order, and the guided plan: its words, its length, and what its answers become. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gradeOf } from '../advisor/readability.example.ts'
import { QuestionPack } from '../assessment/questions.ts'
import { Guide } from './guide.ts'
import { type Idea, type IdeaScores, NO_SCORES } from './idea.ts'
import { rankIdeas, Weights } from './ranking.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))
const guide = Guide.parse(read('guide/en.json'))
const questions = QuestionPack.parse(read('advisor/questions.json'))
const weights = Weights.parse({})

const idea = (title: string, scores: Partial<IdeaScores>): Idea => ({
  id: `ide_01k9zzzzzzzzzzzzzzzzzzzz${title}z`,
  organisation: 'default',
  title,
  scores: { ...NO_SCORES, ...scores },
  answers: {},
  application: null,
  parent: null,
  origin: null,
  createdAt: '2026-03-01T00:00:00.000Z' as Idea['createdAt'],
  createdBy: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz',
  updatedAt: '2026-03-01T00:00:00.000Z' as Idea['createdAt'],
})
const good = { impact: 5, feasibility: 4, readiness: 4, cost: 2, risk: 2 }
const dear = { ...good, impact: 5, cost: 5 }

test('ideas are ranked by the weights, less cost and risk first, and those without all scores last', () => {
  const order = (more: object) =>
    rankIdeas([idea('a', {}), idea('b', dear), idea('c', good), idea('d', { impact: 5 })], { ...weights, ...more }).map(
      ({ title }) => title,
    )
  expect(order({})).toEqual(['c', 'b', 'a', 'd'])
  expect(order({ feasibility: 0, readiness: 0, cost: 0, risk: 0 })).toEqual(['b', 'c', 'd', 'a'])
  const [best] = rankIdeas([idea('c', good)], weights)
  expect(best).toMatchObject({ rank: (3 * 5 + 2 * 4 + 4 + 2 * 4 + 2 * 4) / 10, worthwhile: (3 * 5 + 2 * 4) / 5 })
})

test('the guided plan has fewer than sixty fields, most of them choices, each with help', () => {
  const fields = guide.steps.flatMap((step) => step.fields)
  expect(fields.length).toBe(57)
  const chosen = fields.filter(
    ({ kind, question }) =>
      ['choice', 'template', 'kpi'].includes(kind) ||
      questions.questions.find(({ id }) => id === question)?.kind === 'choice',
  )
  expect(chosen.length).toBeGreaterThan(fields.length / 2)
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  const asked = fields.flatMap(({ question }) => question ?? [])
  expect(asked.sort()).toEqual(
    questions.questions
      .filter(({ guided }) => guided)
      .map(({ id }) => id)
      .sort(),
  )
  for (const { kind, label, help } of fields) if (kind !== 'question') expect(label && help).toBeTruthy()
})

/** Texts that stand alone on the screen are read one by one, so the whole step counts, not the single word. */
test('the words of the guided plan, of the assessment and of the pages need nine years of school at most', () => {
  const steps = guide.steps.map(({ title, says, fields }) => ({
    title,
    text: [says, ...fields.flatMap(({ label, help, example }) => [label, help, example])].join(' '),
  }))
  const dimensions = questions.dimensions.map(({ id, title, says }) => ({
    title,
    text: [
      says,
      ...questions.questions
        .filter(({ dimension }) => dimension === id)
        .flatMap(({ label, help, test: how }) => [label, help, how]),
    ].join(' '),
  }))
  const rules = read('advisor/core.json').rules as { id: string; recommend: string; reason: string }[]
  const advice = { title: 'advice', text: rules.map(({ recommend, reason }) => `${recommend} ${reason}`).join(' ') }
  const words = Object.entries(read('words/en.json').texts as Record<string, string>)
  const pages = [...Map.groupBy(words, ([key]) => key.split('.')[0])].map(([title, texts]) => ({
    title,
    text: texts.flatMap(([, text]) => (/[.?]\s*$/.test(text) ? [text] : [])).join(' '),
  }))
  // A sentence or two have no grade.
  const long = pages.filter(({ text }) => text.length > 150)
  expect(long.length).toBeGreaterThan(100)
  const starters = { title: 'starters', text: guide.templates.map(({ says }) => says).join(' ') }
  for (const { title, text } of [...steps, starters, ...dimensions, advice, ...long])
    expect(gradeOf(text), title).toBeLessThanOrEqual(9)
  expect(
    gradeOf('The organisational implementation necessitates comprehensive interdepartmental communication.'),
  ).toBeGreaterThan(15)
})
