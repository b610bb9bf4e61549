/** How many of each group have finished, beside what was agreed. */
import { many } from '../data/format.ts'
import type { GroupState } from './queries.ts'

export const GROUP_WORDS: Readonly<Record<GroupState['group'], string>> = {
  consumers: 'Those who use it',
  leaders: 'Those who decide and oversee',
  builders: 'Those who build',
}

const percent = (share: number) => `${Math.round(share * 100)} %`

export function GroupTable({ groups }: { groups: readonly GroupState[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="text-muted">
            <th className="py-1.5 pr-4 font-normal">Group</th>
            <th className="py-1.5 pr-4 text-right font-normal">People</th>
            <th className="py-1.5 pr-4 text-right font-normal">Finished</th>
            <th className="py-1.5 pr-4 text-right font-normal">Agreed</th>
            <th className="py-1.5 font-normal">Stands</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ group, people, finished, share, target, isMet, staffShare, namedShare }) => (
            <tr key={group} className="border-t border-line align-top">
              <th scope="row" className="py-2 pr-4 text-left font-medium">
                {GROUP_WORDS[group]}
                <span className="block font-normal text-muted">
                  {percent(staffShare)} of all are planned
                  {namedShare !== null && `, ${percent(namedShare)} of those named`}
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
                  ? 'nobody is named'
                  : isMet
                    ? 'reached'
                    : `${many(Math.ceil(target * people) - finished, 'person', 'people')} short`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
