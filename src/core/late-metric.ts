/**
 * Metrics of a rollout that are not known when an answer ends: of a session as a whole, and of what a judge says later.
 *
 * All are harms, larger is worse: a score counts by what it lacks of the best one, a goal by whether it was missed.
 */

/** What the requests of one session cost together. */
export const SESSION_COST = 'session-cost-micro-usd'
/** `missed-kpi.<name>`: the session ended and the goal was not reached. */
const MISSED = 'missed-kpi.'
/** `shortfall.<evaluator>`: what a score lacks of the best that there is; the evaluator is named as in its suite. */
const SHORTFALL = 'shortfall.'
/** Said of answers under a rollout by the feedback `kpi-<name>`. */
const KPI_FEEDBACK = 'kpi-'

/** A session is over when its subject has been silent for so long, unless the plan says otherwise. */
export const SESSION_MINUTES = 30

export const missedKpi = (name: string): string => `${MISSED}${name}`
export const shortfallOf = (evaluator: string): string => `${SHORTFALL}${evaluator}`

/** The goal that a feedback speaks of; undefined for feedback on the answer itself. */
export const kpiOfFeedback = (feedback: string): string | undefined =>
  feedback.startsWith(KPI_FEEDBACK) ? feedback.slice(KPI_FEEDBACK.length) : undefined

export const isOfSession = (metric: string): boolean => metric === SESSION_COST || metric.startsWith(MISSED)

/** The evaluators that a plan scores live, as their suite calls them. */
export const scoredLive = ({ metrics }: { readonly metrics: readonly { readonly name: string }[] }): string[] =>
  metrics.flatMap(({ name }) => (name.startsWith(SHORTFALL) ? [name.slice(SHORTFALL.length)] : []))
