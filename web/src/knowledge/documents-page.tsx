/** How good the documents of a release are by themselves, and what each of them gave. */
import { useQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { release } from '../data/queries.ts'
import { MeasureList } from '../datasets/measure-list.tsx'
import { Command, Digest } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

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
      title={say('documents.documents')}
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
                {say('documents.of', {
                  passages: say('many.passage', { n: passages }),
                  documents: say('many.document', { n: documents }),
                  failing:
                    failing === 0
                      ? say('documents.nothing-in-them-stands-in-the-way')
                      : say('documents.of-fails-mend-the-documents-and-freeze', {
                          measures: say('many.measure', { n: failing }),
                          measures2: measures.length,
                          n: failing,
                        }),
                })}
              </Lead>
              <Section
                title={say('documents.measures')}
                note={say('documents.of-the-documents-alone-without-any-question')}
              >
                <MeasureList measures={measures} places={say('documents.passages')} />
              </Section>
              <FilesSection id={id} />
              <Section title={say('documents.looked-at-by-itself')}>
                <p className="prose-width text-muted">
                  {sayWith('documents.the-newest-release-is-looked-at-every', {
                    link: <TextLink href="/alerts">{say('documents.alert')}</TextLink>,
                  })}
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
        <Section title={say('documents.what-each-document-gave')} count={items.length}>
          <RowTable
            label={say('documents.documents')}
            grid={'grid-cols-[minmax(0,1fr)_5rem_5rem] md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_5rem_6rem_8rem_8rem]'}
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
  { name: say('documents.document'), cell: ({ source }) => <span title={source}>{source}</span> },
  { name: say('documents.read-by'), cell: ({ reader, format }) => reader?.split(',', 1)[0] ?? format, isWide: true },
  { name: say('documents.passages-2'), cell: ({ passages }) => passages, isNumber: true },
  { name: say('documents.words'), cell: ({ words }) => words, isNumber: true },
  {
    name: say('documents.per-passage'),
    cell: ({ shortest, longest }) => `${shortest} to ${longest}`,
    isNumber: true,
    isWide: true,
  },
  { name: say('documents.no-heading'), cell: ({ untitled }) => untitled || '–', isNumber: true, isWide: true },
]
