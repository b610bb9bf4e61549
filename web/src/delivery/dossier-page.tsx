/** The dossier of a release: what it holds, the signed archive, and how somebody else checks it. */
import { useQuery } from '@tanstack/react-query'
import { keyed } from '../data/keyed.ts'
import { dossierSections, evidenceKeys, release, useMay } from '../data/queries.ts'
import { Command, Digest, Tag } from '../ui/bits.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const LINK =
  'inline-flex min-h-8 items-center rounded border border-line bg-raised px-3 font-medium whitespace-nowrap hover:bg-hover'
const SHOWN = 12

export function DossierPage({ id }: { id: string }) {
  const found = useQuery(release(id)).data
  const query = useQuery(dossierSections(id))
  const keys = useQuery(evidenceKeys).data?.items ?? []
  const may = useMay()
  const file = found ? `${found.application}-r${found.number}.dossier.json` : 'dossier.json'
  return (
    <Page
      title={say('dossier.dossier')}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: `r${found.number}`, href: `/releases/${id}` },
            ]
          : []
      }
      aside={
        found && (
          <>
            <Tag>r{found.number}</Tag>
            <Digest value={found.digest} />
          </>
        )
      }
      actions={
        may('audit') && (
          <>
            <a href={`/api/v1/releases/${id}/dossier?as=html`} target="_blank" rel="noreferrer" className={LINK}>
              {say('dossier.to-read-and-print')}
            </a>
            <a href={`/api/v1/releases/${id}/dossier`} download={file} className={LINK}>
              {say('dossier.download-the-signed-archive')}
            </a>
          </>
        )
      }
    >
      <Lead>
        {say('dossier.everything-on-this-release-in-one-file', {
          may: !may('audit') && say('dossier.exporting-it-takes-the-permission-audit-ask'),
        })}
      </Lead>
      <Section title={say('dossier.how-it-is-checked')}>
        <Command text={`npx airworthy dossier verify ${file}`} />
        <p className="prose-width mt-2 text-muted">
          {sayWith('dossier.one-changed-byte-anywhere-fails-and-the', {
            term: <Term of="digest">{say('dossier.digest')}</Term>,
          })}
        </p>
        <Facts items={keys.map(({ keyid }) => ['key', <Digest key={keyid} value={keyid} />] as const)} />
      </Section>
      <Loaded query={query}>
        {({ items }) =>
          items.map(({ name, title, entries }) => (
            <Section key={name} title={title} count={entries.length}>
              {entries.length === 0 && <p className="text-muted">{say('dossier.nothing-on-record')}</p>}
              <ul>
                {keyed(entries.slice(0, SHOWN), String).map(({ key, item: entry }) => (
                  <li key={key} className="prose-width py-0.5">
                    {withTimes(entry)}
                  </li>
                ))}
              </ul>
              {entries.length > SHOWN && (
                <p className="text-muted">{sayWith('dossier.and-more', { entries: entries.length - SHOWN })}</p>
              )}
            </Section>
          ))
        }
      </Loaded>
    </Page>
  )
}

/** Instants as people read them; the archive has them to the millisecond. */
const withTimes = (entry: string): string =>
  entry.replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z/g, '$1 $2 UTC')
