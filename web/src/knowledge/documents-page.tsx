/** How good the documents of a release are by themselves, and what each of them gave. */
import { useQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { release } from '../data/queries.ts'
import { MeasureList } from '../datasets/measure-list.tsx'
import { Command, Digest } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Loaded } from '../ui/states.tsx'

export function DocumentsPage({ id }: { id: string }) {
  const found = useQuery(release(id)).data
  const query = useQuery({
    queryKey: ['release', id, 'documents'],
    queryFn: () => client.getKnowledgeQuality({ params: { id } }),
    // The same index always says the same.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const application = found?.application ?? ''
  return (
    <Page
      title="Documents"
      crumbs={
        found
          ? [
              { label: application, href: `/applications/${application}` },
              { label: `r${found.number}`, href: `/releases/${id}` },
            ]
          : []
      }
      {...(query.data && { aside: <Digest value={query.data.index} /> })}
    >
      <Loaded query={query} rows={6}>
        {({ documents, passages, measures }) => {
          const failing = measures.filter(({ verdict }) => verdict === 'FAIL').length
          return (
            <>
              <Lead>
                {many(passages, 'passage')} of {many(documents, 'document')}.{' '}
                {failing === 0
                  ? 'Nothing in them stands in the way of a good search.'
                  : `${many(failing, 'measure')} of ${measures.length} ${failing === 1 ? 'fails' : 'fail'}: mend the documents, and freeze again.`}
              </Lead>
              <Section title="Measures" note="of the documents alone, without any question">
                <MeasureList measures={measures} places="Passages" />
              </Section>
              <FilesSection id={id} />
              <Section title="Looked at by itself">
                <p className="prose-width text-muted">
                  The newest release is looked at every five minutes. What fails becomes an{' '}
                  <TextLink href="/alerts">alert</TextLink> to the data steward and the technical lead, and is over when
                  a release with better documents is frozen.
                </p>
                <div className="mt-3">
                  <Command text={`airworthy knowledge-quality ${application}`} />
                </div>
              </Section>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function FilesSection({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['release', id, 'document-files'],
    queryFn: () => client.listDocuments({ params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Loaded query={query} rows={4}>
      {({ items }) => (
        <Section title="What each document gave" count={items.length}>
          <RowTable
            label="Documents"
            grid="grid-cols-[minmax(0,1fr)_5rem_5rem] md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_5rem_6rem_8rem_8rem]"
            columns={FILES}
            rows={items}
            keyOf={({ source }) => source}
          />
        </Section>
      )}
    </Loaded>
  )
}

type DocumentProfile = Awaited<ReturnType<Client['listDocuments']>>['items'][number]

const FILES: readonly Column<DocumentProfile>[] = [
  { name: 'document', cell: ({ source }) => <span title={source}>{source}</span> },
  { name: 'read by', cell: ({ reader, format }) => reader?.split(',', 1)[0] ?? format, isWide: true },
  { name: 'passages', cell: ({ passages }) => passages, isNumber: true },
  { name: 'words', cell: ({ words }) => words, isNumber: true },
  { name: 'per passage', cell: ({ shortest, longest }) => `${shortest} to ${longest}`, isNumber: true, isWide: true },
  { name: 'no heading', cell: ({ untitled }) => untitled || '–', isNumber: true, isWide: true },
]
