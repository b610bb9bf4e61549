/** How many of each group have finished, beside what was agreed. */
import { say } from '../words/say.ts'
import type { GroupState } from './queries.ts'

export const GROUP_WORDS: Readonly<Record<GroupState['group'], string>> = {
  consumers: say('group-table.those-who-use-it'),
  leaders: say('group-table.those-who-decide-and-oversee'),
  builders: say('group-table.those-who-build'),
}

const percent = (share: number) => `${Math.round(share * 100)} %`

export function GroupTable({ groups }: { groups: readonly GroupState[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="text-muted">
            <th className="py-1.5 pr-4 font-normal">{say('group-table.group')}</th>
            <th className="py-1.5 pr-4 text-right font-normal">{say('group-table.people')}</th>
            <th className="py-1.5 pr-4 text-right font-normal">{say('group-table.finished')}</th>
            <th className="py-1.5 pr-4 text-right font-normal">{say('group-table.agreed')}</th>
            <th className="py-1.5 font-normal">{say('group-table.stands')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ group, people, finished, share, target, isMet, staffShare, namedShare }) => (
            <tr key={group} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left font-medium">
                {GROUP_WORDS[group]}
                <span className="block font-normal text-muted">
                  {say('group-table.of-all-are-planned', { staffShare: percent(staffShare) })}
                  {namedShare !== null && say('group-table.of-those-named', { namedShare: percent(namedShare) })}
                </span>
              </th>
              <td className="py-2 pr-4 text-right tabular-nums">{people}</td>
              <td className="py-2 pr-4 text-right tabular-nums">
                {finished}
                {share !== null && <span className="text-muted"> ({percent(share)})</span>}
              </td>
              <td className="py-2 pr-4 text-right tabular-nums">{percent(target)}</td>
              <td className={`py-2 ${isMet === false ? 'text-fail' : isMet ? 'text-pass' : 'text-muted'}`}>
                {isMet === null
                  ? say('group-table.nobody-is-named')
                  : isMet
                    ? say('group-table.reached')
                    : say('group-table.short', {
                        target: say('many.person', { n: Math.ceil(target * people) - finished }),
                      })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
