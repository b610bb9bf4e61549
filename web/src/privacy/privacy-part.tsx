/** What is kept about people: how long, a copy for one of them, and deletion with its receipt. */
import { useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
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
    <Section title={say('privacy-part.how-long-data-is-kept')} note={say('privacy-part.as-each-blueprint-declares-it')}>
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('privacy-part.application')}</th>
                <th scope="col">{say('privacy-part.traces-are-kept')}</th>
                <th scope="col" className="wide">
                  {say('privacy-part.what-for')}
                </th>
                <th scope="col" className="wide">
                  {say('privacy-part.lawful-basis')}
                </th>
                <th scope="col" className="wide">
                  {say('privacy-part.looked-at-last')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ application, purpose, lawfulBasis, tracesDays, saidBy, last }) => (
                <tr key={application ?? ''}>
                  <td className="font-medium">{application ?? say('privacy-part.models-asked-directly')}</td>
                  <td>
                    {tracesDays === null
                      ? say('privacy-part.until-somebody-deletes-them')
                      : say('privacy-part.days', { tracesDays })}
                    {saidBy === 'installation' && (
                      <span className="text-muted"> {say('privacy-part.the-installation-says-so')}</span>
                    )}
                  </td>
                  <td className="wide">
                    {purpose ?? <span className="text-muted">{say('privacy-part.not-said')}</span>}
                  </td>
                  <td className="wide">
                    {lawfulBasis ?? <span className="text-muted">{say('privacy-part.not-said')}</span>}
                  </td>
                  <td className="wide text-muted">
                    {last
                      ? sayWith('privacy-part.went', { when: <Ago at={last.at} />, removed: last.removed })
                      : say('privacy-part.never')}
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
