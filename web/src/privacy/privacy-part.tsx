/** What is kept about people: how long, a copy for one of them, and deletion with its receipt. */
import { useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { DeletionsSection } from './deletions-section.tsx'
import { PersonForm } from './person-form.tsx'

export function PrivacyPart() {
  const may = useMay()
  return (
    <>
      {may('privacy') && (
        <>
          <PersonForm />
          <DeletionsSection />
        </>
      )}
      <RetentionSection />
    </>
  )
}

function RetentionSection() {
  const query = useQuery({ queryKey: ['application', 'retention'], queryFn: () => client.listRetention() })
  return (
    <Section title="How long data is kept" note="as each blueprint declares it">
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">application</th>
                <th scope="col">traces are kept</th>
                <th scope="col" className="wide">
                  what for
                </th>
                <th scope="col" className="wide">
                  lawful basis
                </th>
                <th scope="col" className="wide">
                  looked at last
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ application, purpose, lawfulBasis, tracesDays, saidBy, last }) => (
                <tr key={application ?? ''}>
                  <td className="font-medium">{application ?? 'models asked directly'}</td>
                  <td>
                    {tracesDays === null ? 'until somebody deletes them' : `${tracesDays} days`}
                    {saidBy === 'installation' && <span className="text-muted"> (the installation says so)</span>}
                  </td>
                  <td className="wide">{purpose ?? <span className="text-muted">not said</span>}</td>
                  <td className="wide">{lawfulBasis ?? <span className="text-muted">not said</span>}</td>
                  <td className="wide text-muted">
                    {last ? (
                      <>
                        <Ago at={last.at} />, {last.removed} went
                      </>
                    ) : (
                      'never'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Section>
  )
}
