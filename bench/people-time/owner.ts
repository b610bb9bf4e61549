/** The owner's walk: from an empty installation to the exported plan, every field of the guided plan filled in. */
import type { Client } from '../../sdk/index.ts'
import type { Hand } from './hand.ts'

type Guide = Awaited<ReturnType<Client['getGuide']>>
type Field = Guide['steps'][number]['fields'][number]
type Questions = Awaited<ReturnType<Client['getAssessmentQuestions']>>['questions']

/** What the owner of a small shop would say where the first choice is not theirs, and numbers. */
const SAID: Readonly<Record<string, string>> = {
  task: 'converse',
  knowledgeNeed: 'private',
  knowledgeChange: 'weekly',
  explanations: 'sources',
  expertHours: '5',
  labelledExamples: '50',
  requestsPerDay: '200',
  budget: '50',
  personDays: '20',
  benefitLow: '500',
  benefitHigh: '2000',
  baseline: '24',
  target: '4',
  riskClass: 'minimal',
}
const LIKELIHOOD_OR_SEVERITY = '2'
const KPI = 'first-answer-minutes'

/** @returns the application that the plan made, and how many fields the guide counts */
export async function planOf(hand: Hand, { client, starter }: { client: Client; starter: string }) {
  const { page } = hand
  const guide = await client.getGuide()
  const { questions } = await client.getAssessmentQuestions()
  await hand.look()
  await hand.press(page.getByRole('link', { name: 'Ideas' }).first())
  await hand.look()
  await hand.press(page.getByRole('button', { name: 'Write one down' }))
  await hand.type(page.getByLabel('What do you call it?'), 'Answers for our customers')
  await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Begin' }))
  for (const step of guide.steps) {
    await page.getByRole('heading', { level: 2, name: step.title, exact: true }).waitFor()
    for (const field of step.fields) if (field.id !== 'title') await answer(hand, { field, questions, starter })
    await hand.look()
    if (step.fields.length > 0) await hand.press(page.getByRole('button', { name: 'Next' }))
  }
  await page.getByText(`${guide.fields} of ${guide.fields} fields`, { exact: false }).first().waitFor()
  await hand.press(page.getByRole('button', { name: 'Make the plan' }))
  await page.getByRole('heading', { level: 1, name: 'Plan' }).waitFor()
  await hand.look()
  const opened = page.context().waitForEvent('page')
  await hand.press(page.getByRole('link', { name: 'Print' }))
  await (await opened).close()
  const [idea] = (await client.listIdeas({})).items
  return { application: idea?.application ?? '', asked: guide.fields }
}

type Asked = { field: Field; questions: Questions; starter: string }

async function answer(hand: Hand, { field, questions, starter }: Asked): Promise<void> {
  const { page } = hand
  const { id, kind, label, example, options } = field
  const radio = (value: string) => page.locator(`input[type=radio][name="${id}"][value="${value}"]`)
  if (kind === 'template') return hand.choose(radio(starter))
  if (kind === 'kpi') return hand.choose(radio(KPI))
  if (kind === 'choice') {
    const chosen = options.find(({ value }) => value === LIKELIHOOD_OR_SEVERITY) ?? options[0]
    return hand.choose(radio(chosen?.value ?? ''))
  }
  const question = kind === 'question' ? questions.find((one) => one.id === field.question) : undefined
  if (question && question.kind !== 'number') return hand.choose(radio(SAID[id] ?? question.options[0]?.value ?? ''))
  await hand.type(page.getByLabel(question?.label ?? label, { exact: true }), SAID[id] ?? example)
}
