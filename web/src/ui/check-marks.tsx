/** Checks of a gate by their ids, each with its verdict of now. */

import { say } from '../words/say.ts'
import { type VERDICT_WORDS, VerdictMark } from './verdict.tsx'

type Verdict = keyof typeof VERDICT_WORDS
type Named = { readonly check: string; readonly verdict: Verdict | null }

export const CheckMarks = ({ checks }: { checks: readonly Named[] }) =>
  checks.map(({ check, verdict }) => (
    <span key={check} className="inline-flex items-center gap-1.5">
      {verdict && <VerdictMark verdict={verdict} size={13} />}
      <span className="font-mono text-[0.75rem]">{check}</span>
      {!verdict && <span className="text-muted">{say('check-marks.not-asked-yet')}</span>}
    </span>
  ))
