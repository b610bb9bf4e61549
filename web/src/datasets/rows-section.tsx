// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the button in the row takes the focus
/** The rows of the newest version. Only those in view exist, and pages come as one scrolls, however many there are. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { DatasetRow, ServedDataset } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble, Waiting } from '../ui/states.tsx'
import { dataset } from './dataset-queries.ts'

type Split = DatasetRow['row']['split']

const ROW = 32
const HEIGHT = 420
const COLUMNS =
  'grid grid-cols-[3rem_minmax(0,1fr)] md:grid-cols-[4rem_minmax(0,3fr)_minmax(0,2fr)_6rem] gap-x-3 items-center px-2'

export function RowsSection({ found }: { found: ServedDataset }) {
  const { name, version } = found
  const [split, setSplit] = useState('')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string>()
  const query = useInfiniteQuery({
    queryKey: ['dataset', name, 'rows', version?.number, split, text],
    queryFn: ({ pageParam }) =>
      client.listDatasetRows({
        params: { dataset: name },
        query: {
          limit: 200,
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
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  const hidden = query.data?.pages[0]?.hidden ?? 0
  const splits = Object.entries(version?.splits ?? {}) as [Split, number][]
  return (
    <Section title="Rows" count={version?.rows ?? 0}>
      <search className="mb-3 grid grid-cols-2 gap-3 md:max-w-xl">
        <Choice
          label="Split"
          value={split}
          onChange={setSplit}
          options={[
            ['', 'all but the holdout'],
            ...splits
              .filter(([one]) => one !== 'holdout' || found.may.holdout)
              .map(
                ([one, count]) =>
                  [one, `${one} (${number(count)})${one === 'holdout' ? ': counted as a read' : ''}`] as const,
              ),
          ]}
        />
        <TextField label="Words" value={text} onChange={setText} type="search" />
      </search>
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={8} />}
      {query.data && (
        <RowTable
          rows={rows}
          hasMore={query.hasNextPage}
          onEnd={() => void (query.isFetchingNextPage || query.fetchNextPage())}
          onChoose={setChosen}
        />
      )}
      {query.data && rows.length === 0 && !query.hasNextPage && <p className="text-muted">No row fits.</p>}
      {hidden > 0 && <p className="mt-2 text-muted">{number(hidden)} held-out rows are not shown.</p>}
      {chosen !== undefined && <RowDialog name={name} id={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  )
}

function RowTable({
  rows,
  hasMore,
  onEnd,
  onChoose,
}: {
  rows: readonly DatasetRow[]
  hasMore: boolean
  onEnd: () => void
  onChoose: (id: string) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (hasMore && last >= rows.length - 20) onEnd()
  }, [hasMore, last, rows.length, onEnd])
  return (
    <div role="table" aria-label="Rows" aria-rowcount={rows.length + 1}>
      <div role="row" className={`${COLUMNS} h-8 border-b border-line text-muted`}>
        <span role="columnheader" className="text-right">
          row
        </span>
        <span role="columnheader">input</span>
        <span role="columnheader" className="hidden md:block">
          expected
        </span>
        <span role="columnheader" className="hidden md:block">
          split
        </span>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className="overflow-y-auto"
        style={{ height: Math.min(HEIGHT, rows.length * ROW + 2) }}
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const one = rows[index]
            if (!one) return null
            return (
              <div
                key={one.row.id}
                role="row"
                aria-rowindex={index + 2}
                data-row
                className={`${COLUMNS} absolute inset-x-0 top-0 h-8 border-b border-line hover:bg-hover`}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span role="cell" className="text-right text-muted">
                  {one.number}
                </span>
                <span role="cell" className="flex min-w-0 items-center gap-2">
                  <button
                    type="button"
                    onClick={() => onChoose(one.row.id)}
                    className="block min-w-0 truncate rounded text-left"
                  >
                    {lastWords(one.row.input)}
                  </button>
                  {one.row.synthetic && <Tag>synthetic</Tag>}
                </span>
                <span role="cell" className="hidden truncate text-muted md:block">
                  {Array.isArray(one.row.expected) ? one.row.expected.join(' | ') : one.row.expected}
                </span>
                <span role="cell" className="hidden md:block">
                  {one.row.split}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

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
    <Dialog title={`Row ${id}`} onClose={onClose} width="max-w-[46rem]">
      <Loaded query={query}>
        {({ row }) => <CodeBlock height="max-h-[60vh]">{JSON.stringify(row, null, 2).slice(0, 200_000)}</CodeBlock>}
      </Loaded>
    </Dialog>
  )
}
