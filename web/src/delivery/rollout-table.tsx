/** Rollouts, newest first: from which release to which, how far, how it ended. */

import { Link } from 'wouter'
import type { ServedRollout } from '../../../sdk/index.ts'
import { percent, sentence } from '../data/format.ts'
import { reasonWords } from '../data/metric-names.ts'
import { Ago } from '../ui/bits.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { RolloutStateLabel } from './rollout-state.tsx'
import { STAGE_WORDS } from './stages.ts'

export function RolloutTable({
  items,
  withApplication = false,
}: {
  items: readonly ServedRollout[]
  withApplication?: boolean
}) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="rollout">{say('rollout-table.rollout')}</Term>
          </th>
          <th scope="col" className="wide">
            {say('rollout-table.stage')}
          </th>
          <th scope="col">{say('rollout-table.state')}</th>
          <th scope="col" className="wide num">
            <Term of="share">{say('rollout-table.share')}</Term>
          </th>
          <th scope="col" className="wide">
            {say('rollout-table.why')}
          </th>
          <th scope="col" className="wide">
            {say('rollout-table.began')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((rollout) => (
          <tr key={rollout.id} className="clickable" data-row>
            <td className="whitespace-nowrap">
              <Link
                href={`/rollouts/${rollout.id}`}
                className="rounded font-medium underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {withApplication && <span className="font-normal">{rollout.application} </span>}r{rollout.controlNumber}{' '}
                → r{rollout.candidateNumber}
              </Link>
            </td>
            <td className="wide">{STAGE_WORDS[rollout.stage]}</td>
            <td>
              <RolloutStateLabel state={rollout.state} />
            </td>
            <td className="wide num">{percent(rollout.share, 0)}</td>
            <td className="wide max-w-56 truncate md:max-w-96 text-muted" title={reasonWords(rollout.reason)}>
              {sentence(reasonWords(rollout.latest?.why[0] ?? rollout.reason))}
            </td>
            <td className="wide text-muted">
              <Ago at={rollout.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
