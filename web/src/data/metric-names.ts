/** Names of metrics as people say them, whatever an application calls its own. */
import { say } from '../words/say.ts'

/** What stands before the dot of a metric that is not told by an answer itself. */
const KINDS: Readonly<Record<string, string>> = {
  feedback: say('metric-names.from-feedback'),
  shortfall: say('metric-names.what-the-score-lacks'),
  'missed-kpi': say('metric-names.goal-missed'),
}

/** `feedback.low-token-f1` as people say it: low token f1, from feedback. A unit at the end is said with the value. */
export function metricLabel(name: string): string {
  const [, kind, rest] = /^([a-z-]+)\.(.+)$/.exec(name) ?? []
  const bare = (rest ?? name).replace(/-(ms|micro-usd)$/, '').replaceAll('-', ' ')
  return kind === undefined ? bare : `${bare}, ${KINDS[kind] ?? kind}`
}

/** Does not every user have a value: because somebody has to say it, a sample is scored, or a session has to end? */
export const isOfSome = (name: string): boolean => name.includes('.') || name.startsWith('session-')

/** A sentence of the server's with metrics in words: those from feedback, and what is followed by a colon. */
export const reasonWords = (why: string): string =>
  why.replace(/\b(?:feedback|shortfall|missed-kpi)\.[a-z\d#-]+|\b[a-z\d]+(-[a-z\d]+)+(?=:)/g, metricLabel)
