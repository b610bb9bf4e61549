/** What people and the judge said, case by case; where they differ stands out. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { client } from '../data/client.ts'
import { useNames } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { type Calibration, queueOf } from './queries.ts'

const PAGE = 500

type Case = Awaited<ReturnType<typeof client.listCalibrationCases>>['items'][number] & { number: number }

export function CasesSection({ calibration }: { calibration: Calibration }) {
  const query = useInfiniteQuery({
    queryKey: ['calibration', calibration.id, 'cases'],
    queryFn: ({ pageParam }) =>
      client.listCalibrationCases({
        params: { id: calibration.id },
        query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const nameOf = useNames()
  const [isNarrow, narrow] = useState(false)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  // Where they differ may be on any page.
  useEffect(() => {
    if (isNarrow && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isNarrow, hasNextPage, isFetchingNextPage, fetchNextPage])
  const all = query.data?.pages.flatMap(({ items }) => items).map((one, at): Case => ({ ...one, number: at + 1 })) ?? []
  const rows = isNarrow ? all.filter(differs) : all
  return (
    <Section
      title={say('cases-section.case-by-case')}
      count={isNarrow ? rows.length : calibration.result.cases}
      actions={
        <Button aria-pressed={isNarrow} onClick={() => narrow(!isNarrow)}>
          {isNarrow ? say('cases-section.all-cases') : say('cases-section.only-where-it-differs')}
        </Button>
      }
    >
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={6} />}
      {rows.length > 0 && (
        <RowTable
          label={say('cases-section.cases')}
          grid={'grid-cols-[minmax(0,1fr)_4rem_5.5rem] md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_6rem_6rem_8rem]'}
          columns={columnsOf(queueOf(calibration), nameOf)}
          rows={rows}
          keyOf={({ id }) => id}
          onEnd={hasNextPage ? () => void (isFetchingNextPage || fetchNextPage()) : undefined}
        />
      )}
    </Section>
  )
}

const columnsOf = (queue: string | undefined, nameOf: (actor: string) => string): Column<Case>[] => [
  {
    name: say('cases-section.case-2'),
    cell: ({ id, number }) =>
      queue && id.startsWith('ite_') ? (
        <Link
          href={`/annotation/${queue}/label?item=${id}`}
          className="rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {sayWith('cases-section.answer', { number })}
        </Link>
      ) : (
        id
      ),
  },
  {
    name: say('cases-section.each-said'),
    isWide: true,
    cell: ({ labels }) => (
      <span className="text-muted">{labels.map(({ by, value }) => `${nameOf(by)} ${wordOf(value)}`).join(', ')}</span>
    ),
  },
  { name: say('cases-section.people'), cell: (one) => wordOf(goldOf(one)) },
  {
    name: say('cases-section.judge'),
    cell: (one) => (
      <span className={differs(one) ? 'text-fail' : ''}>
        {one.verdict === null ? say('cases-section.unreadable') : wordOf(one.verdict)}
      </span>
    ),
  },
  {
    name: say('cases-section.together'),
    isWide: true,
    cell: (one) => {
      const gold = goldOf(one)
      if (gold === null) return <span className="text-muted">{say('cases-section.people-differ')}</span>
      return gold === one.verdict ? (
        <span className="text-muted">{say('cases-section.the-same')}</span>
      ) : (
        <span className="text-fail">{say('cases-section.it-differs')}</span>
      )
    },
  },
]

const differs = (one: Case): boolean => {
  const gold = goldOf(one)
  return gold !== null && gold !== one.verdict
}

const wordOf = (value: boolean | null): string => (value === null ? '–' : value ? 'good' : 'bad')

/** As the server counts: a decision, else what most said. */
function goldOf({ labels, agreed }: Case): boolean | null {
  if (agreed !== undefined) return agreed
  const said = labels.flatMap(({ value }) => value ?? [])
  const yes = said.filter(Boolean).length
  return yes * 2 === said.length ? null : yes * 2 > said.length
}
