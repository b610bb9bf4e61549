/** The answers of a queue in their order: where each stands, and what the one who looks said. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import type { AnnotationLine, AnnotationQueue } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { useMay } from '../data/queries.ts'
import { Choice } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { annotationItems, type Show } from './queries.ts'

const SHOWN: readonly (readonly [Show, string])[] = [
  ['all', 'all'],
  ['mine', say('items-section.those-that-i-labelled')],
  ['open', say('items-section.those-that-lack-labels')],
  ['disputed', say('items-section.those-that-people-differ-on')],
  ['decided', say('items-section.those-that-were-decided')],
]

/** Those that the address asks for. */
export function useItems(id: string) {
  const may = useMay()
  const [asked = 'all', setShow] = useParameter('show')
  const show = SHOWN.find(([one]) => one === asked)?.[0] ?? 'all'
  const query = useInfiniteQuery({ ...annotationItems(id, show), enabled: may('attest') })
  return { show, setShow, query }
}

export function ItemsSection({ queue }: { queue: AnnotationQueue }) {
  const may = useMay()
  const { show, setShow, query } = useItems(queue.id)
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const { id, labelsPerItem } = queue
  const columns = useMemo(() => columnsOf({ id, labelsPerItem }), [id, labelsPerItem])
  if (!may('attest')) return null
  return (
    <Section title={say('items-section.answers')} count={queue.progress.items}>
      <div className="mb-3 max-w-[18rem]">
        <Choice label={say('items-section.show')} value={show} onChange={setShow} options={SHOWN} />
      </div>
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={8} />}
      {query.data && rows.length === 0 && <p className="text-muted">{say('items-section.there-is-none')}</p>}
      {rows.length > 0 && (
        <RowTable
          label={say('items-section.answers')}
          grid={'grid-cols-[minmax(0,1fr)_7rem] md:grid-cols-[4rem_minmax(0,2fr)_minmax(0,3fr)_8rem_8rem]'}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          onEnd={query.hasNextPage ? () => void (query.isFetchingNextPage || query.fetchNextPage()) : undefined}
        />
      )}
    </Section>
  )
}

const columnsOf = (queue: Pick<AnnotationQueue, 'id' | 'labelsPerItem'>): Column<AnnotationLine>[] => [
  {
    name: say('items-section.answer'),
    isNumber: true,
    isWide: true,
    cell: ({ number: at }) => <span className="text-muted">{at}</span>,
  },
  {
    name: say('items-section.question'),
    cell: (line) => (
      <Link
        href={
          line.isDisputed
            ? `/annotation/${queue.id}/decide?item=${line.id}`
            : `/annotation/${queue.id}/label?item=${line.id}`
        }
        className="block truncate rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
      >
        {line.input}
      </Link>
    ),
  },
  {
    name: say('items-section.what-was-answered'),
    isWide: true,
    cell: ({ answer }) => <span className="text-muted">{answer}</span>,
  },
  {
    name: say('items-section.mine'),
    isWide: true,
    cell: ({ isMine, mine }) =>
      isMine ? (mine ?? say('items-section.cannot-tell')) : <span className="text-muted">–</span>,
  },
  { name: say('items-section.where-it-stands'), cell: (line) => stateOf(line, queue.labelsPerItem) },
]

function stateOf({ labels, isDisputed, adjudicated }: AnnotationLine, wanted: number) {
  if (adjudicated) return `decided: ${adjudicated.value}`
  if (isDisputed) return <span className="text-inconclusive">{say('items-section.people-differ')}</span>
  if (labels >= wanted) return 'complete'
  return <span className="text-muted">{sayWith('items-section.of', { labels, wanted })}</span>
}
