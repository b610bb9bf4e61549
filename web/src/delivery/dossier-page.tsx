/** The dossier of a release: what it holds, the signed archive, and how somebody else checks it. */
import { useQuery } from '@tanstack/react-query'
import { keyed } from '../data/keyed.ts'
import { dossierSections, evidenceKeys, release, useMay } from '../data/queries.ts'
import { Command, Digest, Tag } from '../ui/bits.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'

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
      title="Dossier"
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
              To read and print
            </a>
            <a href={`/api/v1/releases/${id}/dossier`} download={file} className={LINK}>
              Download the signed archive
            </a>
          </>
        )
      }
    >
      <Lead>
        Everything on this release in one file that somebody else checks without this server.{' '}
        {!may('audit') && 'Exporting it takes the permission audit: ask an auditor, an approver or an owner.'}
      </Lead>
      <Section title="How it is checked">
        <Command text={`npx airworthy dossier verify ${file}`} />
        <p className="prose-width mt-2 text-muted">
          One changed byte anywhere fails, and the first link that is broken is named. Whose key it is, the archive
          cannot know; this is ours, in its <Term of="digest">digest</Term>:
        </p>
        <Facts items={keys.map(({ keyid }) => ['key', <Digest key={keyid} value={keyid} />] as const)} />
      </Section>
      <Loaded query={query}>
        {({ items }) =>
          items.map(({ name, title, entries }) => (
            <Section key={name} title={title} count={entries.length}>
              {entries.length === 0 && <p className="text-muted">Nothing on record.</p>}
              <ul>
                {keyed(entries.slice(0, SHOWN), String).map(({ key, item: entry }) => (
                  <li key={key} className="prose-width py-0.5">
                    {withTimes(entry)}
                  </li>
                ))}
              </ul>
              {entries.length > SHOWN && <p className="text-muted">and {entries.length - SHOWN} more</p>}
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
