/** For whom approvals wait, and how long each person was waited for. */
import { useQuery } from '@tanstack/react-query'
import { duration, many } from '../data/format.ts'
import { approvers } from '../data/queries.ts'
import { TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'

export function ApproverSection() {
  const items = useQuery(approvers).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title="For whom it waits" count={items.length} note="from asking until their word">
      <div className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">who</th>
              <th scope="col">waits now</th>
              <th scope="col" className="text-right">
                signed
              </th>
              <th scope="col" className="text-right">
                took usually
              </th>
              <th scope="col" className="text-right">
                at most
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ name, waiting, signed, medianMs, longestMs }) => (
              <tr key={name}>
                <th scope="row" className="text-left font-normal">
                  {name}
                </th>
                <td className="whitespace-normal">
                  {waiting[0] ? (
                    <>
                      <TextLink href={`/approvals/${waiting[0].approval}`}>{many(waiting.length, 'approval')}</TextLink>{' '}
                      <span className="text-muted">for {duration(waiting[0].forMs)}</span>
                    </>
                  ) : (
                    <span className="text-muted">nothing</span>
                  )}
                </td>
                <td className="text-right">{signed}</td>
                <td className="text-right">{medianMs === null ? '' : duration(medianMs)}</td>
                <td className="text-right">{longestMs === null ? '' : duration(longestMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
