/** The rows of the newest version, or of the one that the address names. Only those in view exist, and pages come as one scrolls, however many there are. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { DatasetRow, ServedDataset } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Loaded, Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { dataset } from './dataset-queries.ts'

type Split = DatasetRow['row']['split']

export function RowsSection({ found }: { found: ServedDataset }) {
  const { name, version } = found
  const [asked] = useParameter('version')
  const older = asked !== undefined && Number(asked) !== version?.number ? Number(asked) : undefined
  const [split, setSplit] = useState('')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: ['dataset', name, 'rows', older ?? version?.number, split, text],
    queryFn: ({ pageParam }) =>
      client.listDatasetRows({
        params: { dataset: name },
        query: {
          limit: 200,
          ...(older !== undefined && { version: older }),
          ...(split && { split: split as Split }),
          ...(text && { text }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // Reading the holdout is counted, so that it is not asked for again by itself.
    ...(split === 'holdout' && { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false }),
  })
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const columns = useMemo(() => columnsOf(setChosen), [])
  const hidden = query.data?.pages[0]?.hidden ?? 0
  const splits = Object.entries(version?.splits ?? {}) as [Split, number][]
  return (
    <Section
      title={older === undefined ? say('rows-section.rows') : say('rows-section.rows-of-version', { older })}
      {...(older === undefined && { count: version?.rows ?? 0 })}
    >
      {older !== undefined && (
        <p className="mb-3 text-muted">
          {sayWith('rows-section.the-newest-is-version-or-take-this', {
            number: version?.number,
            link: <TextLink href={`/datasets/${name}`}>{say('rows-section.show-that-one')}</TextLink>,
            link2: (
              <a
                href={`/api/v1/datasets/${name}/exports?version=${older}`}
                download
                className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {say('rows-section.as-a-file')}
              </a>
            ),
          })}
        </p>
      )}
      <search className="mb-3 grid grid-cols-2 gap-3 md:max-w-xl">
        <Choice
          label={say('rows-section.split')}
          value={split}
          onChange={setSplit}
          options={[
            ['', say('rows-section.all-but-the-holdout')],
            ...splits
              .filter(([one]) => one !== 'holdout' || found.may.holdout)
              .map(
                ([one, count]) =>
                  [
                    one,
                    `${one} (${number(count)})${one === 'holdout' ? say('rows-section.counted-as-a-read') : ''}`,
                  ] as const,
              ),
          ]}
        />
        <TextField label={say('rows-section.words')} value={text} onChange={setText} type="search" />
      </search>
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={8} />}
      {query.data && (
        <RowTable
          label={say('rows-section.rows')}
          grid={'grid-cols-[3rem_minmax(0,1fr)] md:grid-cols-[4rem_minmax(0,3fr)_minmax(0,2fr)_6rem]'}
          columns={columns}
          rows={rows}
          keyOf={({ row }) => row.id}
          onEnd={query.hasNextPage ? () => void (query.isFetchingNextPage || query.fetchNextPage()) : undefined}
        />
      )}
      {query.data && rows.length === 0 && !query.hasNextPage && (
        <p className="text-muted">{say('rows-section.no-row-fits')}</p>
      )}
      {hidden > 0 && (
        <p className="mt-2 text-muted">{say('rows-section.held-out-rows-are-not-shown', { hidden: number(hidden) })}</p>
      )}
      {chosen !== undefined && <RowDialog name={name} id={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  )
}

const columnsOf = (onChoose: (id: string) => void): Column<DatasetRow>[] => [
  { name: say('rows-section.row'), isNumber: true, cell: ({ number: at }) => <span className="text-muted">{at}</span> },
  {
    name: say('rows-section.input'),
    cell: ({ row }) => (
      <span className="flex min-w-0 items-center gap-2">
        <button type="button" onClick={() => onChoose(row.id)} className="block min-w-0 truncate rounded text-left">
          {lastWords(row.input)}
        </button>
        {row.synthetic && <Tag>{say('rows-section.synthetic')}</Tag>}
      </span>
    ),
  },
  {
    name: say('rows-section.expected'),
    isWide: true,
    cell: ({ row }) => (
      <span className="text-muted">{Array.isArray(row.expected) ? row.expected.join(' | ') : row.expected}</span>
    ),
  },
  { name: say('rows-section.split-2'), isWide: true, cell: ({ row }) => row.split },
]

const lastWords = (input: DatasetRow['row']['input']): string =>
  typeof input === 'string' ? input : (input.at(-1)?.content ?? '')

function RowDialog({ name, id, onClose }: { name: string; id: string; onClose: () => void }) {
  const { latest = 0 } = useQuery(dataset(name)).data ?? {}
  const query = useQuery({
    queryKey: ['dataset', name, 'row', latest, id],
    queryFn: () => client.getDatasetRow({ params: { dataset: name, row: id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Dialog title={say('rows-section.row-2', { id })} onClose={onClose} width="max-w-[46rem]">
      <Loaded query={query}>
        {({ row }) => <CodeBlock height="max-h-[60vh]">{JSON.stringify(row, null, 2).slice(0, 200_000)}</CodeBlock>}
      </Loaded>
    </Dialog>
  )
}
