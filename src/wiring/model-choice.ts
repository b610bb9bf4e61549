/** Finding a model: the catalogue held against what is needed, and what experiments measured of it. */
import {
  type Approvals,
  type Cards,
  createShortlists,
  type Known,
  type Models,
  shortlistsHttp,
} from '../models/index.ts'
import type { LateSlices } from './late-slices.ts'
import { compareOnOwnCases } from './model-comparison.ts'
import { servingModeOf } from './serving.ts'

type Deps = Omit<Parameters<typeof createShortlists>[0], 'known' | 'compare' | 'experimentsOf'> & {
  readonly models: Models
  readonly cards: Cards
  readonly approvals: Approvals
  readonly late: LateSlices
  readonly firstTokensOf: (model: string) => readonly number[]
}

const MOST_NAMED = 20

export function wireModelChoice({ models, cards, approvals, late, firstTokensOf, ...deps }: Deps) {
  const modeOf = (model: string) => servingModeOf(models, model)
  const shortlists = createShortlists({
    ...deps,
    known: (use): Known[] =>
      cards.all().map(({ model, fields, approval, completeness }) => ({
        model,
        servingMode: modeOf(model),
        fields,
        approval,
        completeness,
        findings: use ? approvals.judgeFields(fields, { ...use, aliasAccepted: false }) : [],
      })),
    compare: (ask) => {
      const { evals, delivery } = late()
      return compareOnOwnCases(
        { evals, releaseOf: delivery.getRelease, cards, servingModeOf: modeOf, firstTokensOf },
        ask,
      )
    },
    experimentsOf: async (application) => {
      const { items } = await late().evals.list({ application, state: 'succeeded', limit: MOST_NAMED })
      return items.map(({ id }) => id)
    },
  })
  return { http: shortlistsHttp(shortlists), shortlists }
}
