/** Themes, results and what they say to the checks, as tables. */
import { expect, test } from 'vitest'
import type { Application } from '../../core/application.ts'
import { digestOf } from '../../kernel/digest.ts'
import { adoptionOf } from '../change/adoption.ts'
import { Change, change } from '../documents/change.ts'
import { Pilot, readPilot } from '../documents/pilot.ts'
import { Retirement, retirementGaps } from '../documents/retirement.ts'
import { feedbackDraft } from './answers.ts'
import { reportOf } from './report.ts'
import { themesOf } from './themes.ts'
import type { Trial, TrialAnswer, TrialLink } from './trial.ts'

const said = (rating: number, comment: string | null) => ({ rating, comment })

test('a theme is a word or two that several people say, with what they said beside it', () => {
  const themes = themesOf([
    said(1, 'The refund period was wrong for me.'),
    said(2, 'It told a wrong refund period again!'),
    said(5, 'Fast answers, I like it.'),
    said(4, 'Answers were fast.'),
    said(3, null),
    said(4, 'Nothing to add'),
  ])
  expect(themes.map(({ words, answers, rating }) => [words, answers, rating])).toEqual([
    ['refund period', 2, 1.5],
    ['answer', 2, 4.5],
  ])
  expect(themes[0]).toMatchObject({
    share: 2 / 5,
    quotes: [expect.stringContaining('refund period was'), expect.anything()],
  })
  expect(themesOf([said(5, 'Lovely')])).toEqual([])
})

test('the response rate is of those who were given a link of their own', () => {
  const link = (id: string, mostUses: number, uses: number, revokedAt: string | null = null) =>
    ({ id, mostUses, uses, revokedAt }) as Partial<TrialLink> as TrialLink
  const answer = (from: string | null, rating: number, outcome: 'done' | 'failed') =>
    ({
      link: from,
      rating,
      comment: null,
      results: [{ task: 'a', outcome, minutes: 2 }],
    }) as Partial<TrialAnswer> as TrialAnswer
  const trial = { tasks: [{ id: 'a', text: 'Return it' }] } as Partial<Trial> as Trial
  const report = reportOf(
    trial,
    [link('1', 1, 1), link('2', 1, 0), link('3', 1, 0, '2026-12-01'), link('4', 50, 2)],
    [answer('1', 5, 'done'), answer('4', 2, 'failed'), answer('4', 4, 'done'), answer(null, 1, 'failed')],
  )
  expect(report).toMatchObject({
    invited: 2,
    answeredOfInvited: 1,
    responseRate: 0.5,
    answeredOtherwise: 3,
    rating: 3,
    negative: 2,
    tasks: [{ done: 2, withHelp: 0, failed: 2, minutes: 2 }],
  })
  expect(report.negativeUpper?.high).toBeCloseTo(0.9024, 3)
  expect(reportOf(trial, [], [])).toMatchObject({ responseRate: null, rating: null, negativeUpper: null })
})

test.for([
  { n: 20, bad: 0, users: 0, target: 0.2, share: 2, ratio: 0.6955 },
  { n: 4, bad: 0, users: 20, target: 0.2, share: 1, ratio: 2.6357 },
  { n: 5, bad: 1, users: 200, target: null, share: 0.5, ratio: null },
])('of $n answers with $bad bad ones the share asked is $share and the rate $ratio of what was agreed', (row) => {
  const value = { negativeRateAtMost: row.target }
  const documents = { pilot: { digest: digestOf(value), value } } as Application['documents']
  const answers = Array.from({ length: row.n }, (_, at) => ({ rating: at < row.bad ? 2 : 4 }) as TrialAnswer)
  const about = { application: 'shop', by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz' as const }
  const [draft] = feedbackDraft(about, { documents, answers, openGrave: 1, users: row.users, example: false })
  expect(draft?.facts.askedUsersShare?.value).toBe(row.share)
  expect(draft?.facts.openSevereIncidents?.value).toBe(1)
  const ratio = draft?.facts.negativeOfTarget?.value
  if (row.ratio === null) expect(ratio).toBeNull()
  else expect(ratio).toBeCloseTo(row.ratio, 3)
  expect(feedbackDraft(about, { documents, answers: [], openGrave: 0, users: 0, example: false })).toEqual([])
})

const PLAN = {
  cohort: ['Customer care'],
  consent: 'You may stop at any time.',
  startsOn: '2026-12-10',
  durationDays: 28,
  exitCriteria: ['Two of three answers are used as they are'],
  killCriteria: ['One wrong price'],
}

test.for([
  { change: {}, on: '2026-12-10', gaps: 0 },
  { change: {}, on: '2026-12-11', gaps: 1 },
  { change: { consent: 'tbd', killCriteria: ['?'] }, on: '2026-12-01', gaps: 2 },
  { change: { startsOn: null, durationDays: null, cohort: [] }, on: '2026-12-01', gaps: 3 },
])('a pilot plan with $change from $on has $gaps gaps', ({ change: part, on, gaps }) => {
  const { facts, summary } = readPilot(Pilot.parse({ ...PLAN, ...part }), on)
  const { cohortNamed, durationDays, exitCriteria, killCriteria, fixedBefore } = facts
  const open = [
    cohortNamed.value,
    durationDays.value,
    exitCriteria.value,
    killCriteria.value,
    fixedBefore.value,
  ].filter((value) => value === false || value === 0)
  expect(open.length, summary).toBe(gaps)
})

const told = { name: 'Customer care', people: 20, message: 'It helps you answer.', sentOn: '2026-12-01' }
const TOLD = {
  audiences: [told],
  support: 'The help desk',
  workers: 'not-due',
  workersReason: 'It is not used on them.',
}

test.for([
  { part: {}, facts: [0, true, true] },
  { part: { audiences: [] }, facts: [1, true, true] },
  { part: { audiences: [told, { ...told, name: 'Sales', sentOn: '2026-12-09' }] }, facts: [1, true, true] },
  { part: { support: 'TODO', workersReason: null }, facts: [0, false, false] },
  { part: { workers: 'informed', workersReason: null }, facts: [0, true, true] },
])('a change with $part is told as $facts', ({ part, facts }) => {
  const now = '2026-12-02T00:00:00.000Z' as never
  const found = change.read(Change.parse({ ...TOLD, ...part }), { release: {} as never, now }).facts
  expect([found.audiencesUntold?.value, found.supportPath?.value, found.workersInformed?.value]).toEqual(facts)
})

test('adoption is a share of the people who were meant, and unknown where nobody counted them', () => {
  const weeks = [
    { from: '2026-11-30', users: 5, requests: 30 },
    { from: '2026-12-07', users: 13, requests: 90 },
  ]
  expect(adoptionOf(Change.parse({ ...TOLD, adoptionGoal: 0.6 }), weeks)).toMatchObject({
    people: 20,
    weeks: [{ share: 0.25 }, { share: 0.65 }],
    isReached: true,
  })
  expect(adoptionOf(undefined, weeks)).toMatchObject({ people: null, weeks: [{ share: null }, {}], isReached: null })
})

test('a plan of the end names what ends it, who is told, what is deleted and what is kept', () => {
  expect(retirementGaps(Retirement.parse({ triggers: ['The model ends'], owner: '?' }))).toEqual([
    'usersTold',
    'dataDeleted',
    'recordsKept',
    'owner',
  ])
})
