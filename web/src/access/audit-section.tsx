/** The audit log, and whether its chain holds. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useNames } from '../data/queries.ts'
import { Ago, Digest } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { useAuditFilter } from './audit-filter.tsx'

export function AuditSection() {
  const nameOf = useNames()
  const { filter, fields } = useAuditFilter()
  const verification = useQuery({
    queryKey: ['audit', 'verification'],
    queryFn: () => client.verifyAudit(),
    enabled: false,
  })
  const query = useInfiniteQuery({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ pageParam }) =>
      client.listAudit({ query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section
      title={say('audit-section.audit-log')}
      note={<Term of="audit">{say('audit-section.chained-by-digests')}</Term>}
      actions={
        <>
          <span aria-live="polite" className="flex items-center gap-1.5">
            {verification.data?.kind === 'intact' && (
              <>
                <VerdictMark verdict="PASS" title="" />{' '}
                {sayWith('audit-section.intact', {
                  entries: say('many.entry', { n: verification.data.entries }),
                  anchor: (
                    <Term of="anchor">
                      {verification.data.anchor === null
                        ? say('audit-section.no-anchor-is-kept')
                        : say('audit-section.and-the-anchor-agrees')}
                    </Term>
                  ),
                })}
              </>
            )}
            {verification.data?.kind === 'broken' && (
              <>
                <VerdictMark verdict="FAIL" title="" />{' '}
                {sayWith('audit-section.broken-at', {
                  position: verification.data.position,
                  why: verification.data.why,
                })}
              </>
            )}
          </span>
          <Button busy={verification.isFetching} onClick={() => void verification.refetch()}>
            {say('audit-section.verify-the-log')}
          </Button>
          <a
            href={`/api/v1/audit/export?${new URLSearchParams(filter)}`}
            download="audit.jsonl"
            className="inline-flex min-h-8 items-center rounded border border-line bg-raised px-3 font-medium hover:bg-hover"
          >
            {say('audit-section.export')}
          </a>
        </>
      }
    >
      {fields}
      {verification.error && <Trouble failure={verification.error} />}
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={5} />}
      {query.isSuccess && rows.length === 0 && (
        <p className="text-muted">{say('audit-section.nothing-that-fits-was-written')}</p>
      )}
      {rows.length > 0 && (
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col" className="wide num">
                {say('audit-section.no')}
              </th>
              <th scope="col">{say('audit-section.what')}</th>
              <th scope="col" className="wide">
                {say('audit-section.to-what')}
              </th>
              <th scope="col">{say('audit-section.who')}</th>
              <th scope="col" className="wide">
                {say('audit-section.when')}
              </th>
              <th scope="col" className="wide">
                {say('audit-section.digest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((entry) => (
              <tr key={entry.position}>
                <td className="wide num">{entry.position}</td>
                <td>
                  <span className="font-mono text-[0.75rem]">{entry.action}</span>
                  <span className="block break-words text-muted md:hidden">
                    {entry.application ? `${entry.application} ` : ''}
                    {entry.subject} <Ago at={entry.at} />
                  </span>
                </td>
                <td className="wide max-w-56 truncate text-muted md:max-w-72" title={entry.subject}>
                  {entry.application ? `${entry.application} ` : ''}
                  {entry.subject}
                </td>
                <td>{nameOf(entry.actor)}</td>
                <td className="wide text-muted">
                  <Ago at={entry.at} />
                </td>
                <td className="wide">
                  <Digest value={entry.digest} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage && (
        <div className="mt-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('audit-section.older')}
          </Button>
        </div>
      )}
    </Section>
  )
}
