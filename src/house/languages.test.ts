/** The plan in the language of whoever asks, through the front door. */
import { afterAll, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
afterAll(() => airworthy.close())

const asking = (token: string, accepted: string) =>
  createClient({
    baseUrl: airworthy.url,
    token,
    fetch: (request) => {
      const headers = new Headers((request as Request).headers)
      headers.set('accept-language', accepted)
      return fetch(new Request(request, { headers }))
    },
  })

test('the plan is said in the language of whoever asks, and what is not translated in English', async () => {
  const client = asking(airworthy.ownerToken, 'de-AT, en;q=0.5')
  expect(await client.getLanguage()).toMatchObject({ language: 'de', own: null })
  const guide = await client.getGuide()
  expect(guide.steps[0]).toMatchObject({
    id: 'idea',
    title: 'Idee',
    fields: [{ label: 'Wie nennen Sie es?' }, {}, {}, {}, {}, {}, {}],
  })
  expect(guide.templates.find(({ id }) => id === 'support-assistant')?.title).toBe('Kundendienst')
  const { presets } = await client.listKpiPresets()
  expect(presets.find(({ id }) => id === 'first-answer-minutes')).toMatchObject({
    name: 'Minutes to the first answer',
    title: 'Minuten bis zur ersten Antwort',
    example: 'case,wait_minutes',
  })
  const { advice } = await client.askAdvice({ body: { answers: {} } })
  expect(advice.rules.flatMap(({ sources }) => sources.map(({ note }) => note))).toContain(
    'Rat aus der Praxis eines Anbieters, ohne Messungen.',
  )
  expect((await client.getAssessmentQuestions()).questions[0]).toMatchObject({
    id: 'domainDepth',
    label: 'Wie viel muss man von der Sache verstehen?',
    options: [{ value: 'none', label: 'Nichts Besonderes' }, {}, {}, {}],
  })
  expect((await asking(airworthy.ownerToken, 'fr').getGuide()).steps[0]).toMatchObject({ title: 'Idea' })
})

test('what a person chose goes before what the browser asks for, and nobody chooses what is not here', async () => {
  const client = asking(airworthy.ownerToken, 'en')
  expect(await client.setLanguage({ body: { language: 'de' } })).toMatchObject({ language: 'de', own: 'de' })
  expect((await client.getGuide()).steps[0]?.title).toBe('Idee')
  await expect(client.setLanguage({ body: { language: 'xx' } })).rejects.toThrow(
    /there is no xx here; there are en, de/,
  )
  await client.setLanguage({ body: { language: null } })
  expect((await client.getGuide()).steps[0]?.title).toBe('Idea')
})
