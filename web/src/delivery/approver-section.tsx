/** For whom approvals wait, and how long each person was waited for. */
import { useQuery } from '@tanstack/react-query'
import { duration } from '../data/format.ts'
import { approvers } from '../data/queries.ts'
import { TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'

export function ApproverSection() {
  const items = useQuery(approvers).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section
      title={say('approver-section.for-whom-it-waits')}
      count={items.length}
      note={say('approver-section.from-asking-until-their-word')}
    >
      <div className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('approver-section.who')}</th>
              <th scope="col">{say('approver-section.waits-now')}</th>
              <th scope="col" className="text-right">
                {say('approver-section.signed')}
              </th>
              <th scope="col" className="text-right">
                {say('approver-section.took-usually')}
              </th>
              <th scope="col" className="text-right">
                {say('approver-section.at-most')}
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
                      <TextLink href={`/approvals/${waiting[0].approval}`}>
                        {say('many.approval', { n: waiting.length })}
                      </TextLink>{' '}
                      <span className="text-muted">
                        {say('approver-section.for', { forMs: duration(waiting[0].forMs) })}
                      </span>
                    </>
                  ) : (
                    <span className="text-muted">{say('approver-section.nothing')}</span>
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
