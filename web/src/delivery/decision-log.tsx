/** What was decided when, newest first: signed decisions, or while there are none, the turns in the history. */

import type { Evidence } from '../../../sdk/index.ts'
import { percent } from '../data/format.ts'
import { reasonWords } from '../data/metric-names.ts'
import type { RolloutHistory } from '../data/shapes.ts'
import { absoluteTime, clockTime } from '../data/time.ts'
import { TextLink } from '../ui/button.tsx'
import { Said } from '../ui/said.tsx'
import { say } from '../words/say.ts'

export function DecisionLog({ decisions, history }: { decisions: readonly Evidence[]; history: RolloutHistory }) {
  const entries =
    decisions.length > 0
      ? decisions.map(({ id, at, summary }) => ({ id, at, text: summary, href: `/evidence/${id}` }))
      : history
          .filter(({ decision }, index) => decision !== 'hold' || history[index - 1]?.decision !== 'hold')
          .map(({ at, decision, share }) => ({
            id: at,
            at,
            text: `${decision} at ${percent(share, 0)}`,
            href: undefined,
          }))
          .reverse()
  if (entries.length === 0) return <p className="text-muted">{say('decision-log.nothing-was-decided-yet')}</p>
  return (
    <ol className="flex flex-col gap-1.5">
      {entries.map(({ id, at, text, href }) => (
        <li key={id} className="grid grid-cols-[3.5rem_1fr] gap-x-3">
          <time dateTime={at} title={absoluteTime(at)} className="text-muted">
            {clockTime(at)}
          </time>
          <span className="prose-width">
            <Said text={reasonWords(text)} /> {href && <TextLink href={href}>{say('decision-log.evidence')}</TextLink>}
          </span>
        </li>
      ))}
    </ol>
  )
}
