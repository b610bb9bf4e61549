/** What a trial found: who answered of those who were asked, how the tasks went, and what many say. Pure. */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { clopperPearsonUpper } from '../../kernel/statistics/index.ts'
import { Theme, themesOf } from './themes.ts'
import { isNegative, type Trial, type TrialAnswer, type TrialLink } from './trial.ts'

export const TrialReport = z.object({
  /** People who were given a link of their own. */
  invited: z.number().int(),
  answeredOfInvited: z.number().int(),
  /** Null where nobody was given a link of their own. */
  responseRate: z.number().nullable(),
  /** By links for many and in talks; nobody knows how many saw them. */
  answeredOtherwise: z.number().int(),
  answers: z.number().int(),
  rating: z.number().nullable(),
  negative: z.number().int(),
  negativeUpper: Interval.nullable(),
  tasks: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      done: z.number().int(),
      withHelp: z.number().int(),
      failed: z.number().int(),
      minutes: z.number().nullable(),
    }),
  ),
  themes: z.array(Theme),
})
export type TrialReport = z.infer<typeof TrialReport>

export function reportOf(trial: Trial, links: readonly TrialLink[], answers: readonly TrialAnswer[]): TrialReport {
  const own = links.filter(({ mostUses, revokedAt, uses }) => mostUses === 1 && (revokedAt === null || uses > 0))
  const answeredOfInvited = own.filter(({ uses }) => uses > 0).length
  const negative = answers.filter(isNegative).length
  return {
    invited: own.length,
    answeredOfInvited,
    responseRate: own.length === 0 ? null : answeredOfInvited / own.length,
    answeredOtherwise: answers.filter(({ link }) => !own.some(({ id }) => id === link)).length,
    answers: answers.length,
    rating: meanOf(answers.map(({ rating }) => rating)),
    negative,
    negativeUpper: negativeUpper(negative, answers.length),
    tasks: trial.tasks.map(({ id, text }) => {
      const results = answers.flatMap((one) => one.results.filter(({ task }) => task === id))
      const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length
      return {
        id,
        text,
        done: count('done'),
        withHelp: count('with-help'),
        failed: count('failed'),
        minutes: meanOf(results.flatMap(({ minutes }) => minutes ?? [])),
      }
    }),
    themes: themesOf(answers),
  }
}

/** One-sided, 95 %; null without an answer. */
export function negativeUpper(negative: number, n: number): z.infer<typeof Interval> | null {
  if (n === 0) return null
  const high = clopperPearsonUpper({ successes: negative, n, confidence: 0.95 })
  return { low: 0, high, method: 'clopper-pearson', sides: 1, level: 0.95 }
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length
