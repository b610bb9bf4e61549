/** Requests as they were answered, newest first, with filters that live in the address. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { memo, useDeferredValue } from 'react'
import { Link } from 'wouter'
import type { TraceSummary } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { duration, money } from '../data/format.ts'
import { useApplicationNames } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Trouble, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { MoreFilters, useMoreFilters } from './more-filters.tsx'

type Status = TraceSummary['status']

/** Pixels, of a row that is out of sight. */
const ROW = 32

export function TracesPage() {
  const [application, setApplication] = useParameter('application')
  const [arm, setArm] = useParameter('arm')
  const [status, setStatus] = useParameter('status')
  const [text, setText] = useParameter('text')
  const [more, clear] = useMoreFilters()
  const names = useApplicationNames()
  const filter = {
    ...(application && { application }),
    ...((arm === 'control' || arm === 'candidate') && { arm: arm as 'control' | 'candidate' }),
    ...(status && { status: status as Status }),
    ...(text && { text }),
    ...more,
  }
  const query = useInfiniteQuery({
    queryKey: ['trace', filter],
    queryFn: ({ pageParam }) =>
      client.listTraces({ query: { ...filter, limit: 100, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  // A page that has come is drawn in pieces, so that scrolls and keys have their turn in between.
  const pages = useDeferredValue(query.data?.pages ?? NONE)
  const isFiltered = Object.keys(filter).length > 0
  const searchedTo = query.data?.pages.at(-1)?.searchedTo
  return (
    <Page title={say('traces.traces')}>
      <search className="mb-5 grid grid-cols-2 gap-3 md:max-w-3xl md:grid-cols-4">
        <Choice
          label={say('traces.application')}
          value={application ?? ''}
          onChange={setApplication}
          options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
        />
        <Choice
          label={say('traces.arm')}
          value={arm ?? ''}
          onChange={setArm}
          options={[
            ['', 'both'],
            ['control', 'control'],
            ['candidate', 'candidate'],
          ]}
        />
        <Choice
          label={say('traces.ended')}
          value={status ?? ''}
          onChange={setStatus}
          options={[
            ['', say('traces.in-any-way')],
            ['complete', 'complete'],
            ['errored', 'errored'],
            ['cancelled', 'cancelled'],
          ]}
        />
        <TextField label={say('traces.words')} value={text ?? ''} onChange={setText} type="search" />
      </search>
      <MoreFilters filters={more} clear={clear} />
      {query.error && <Trouble failure={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={12} />}
      {query.data && rows.length === 0 && !searchedTo && (
        <Empty
          title={isFiltered ? say('traces.no-request-fits-these-filters') : say('traces.no-request-yet')}
          command={!isFiltered && <Command text="npx airworthy run my-app" />}
          action={
            <ButtonLink tone="primary" href="/playground">
              {say('traces.ask-in-the-playground')}
            </ButtonLink>
          }
        >
          {say('traces.every-request-through-the-gateway-will-be')}
        </Empty>
      )}
      {rows.length > 0 && <TraceTable pages={pages} />}
      {query.hasNextPage && (
        <div className="mt-4 flex items-center gap-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('traces.older')}
          </Button>
          {searchedTo && (
            <p className="text-muted">
              {sayWith('traces.these-words-were-looked-for-back-to', {
                rows: rows.length === 0 ? say('traces.none-yet') : '',
                when: <Ago at={searchedTo} />,
              })}
            </p>
          )}
        </div>
      )}
    </Page>
  )
}

type Rows = { items: readonly TraceSummary[] }
const NONE: readonly Rows[] = []

/** With widths of their own, so that the tables of all pages have the same; left out on a phone where they are wide. */
const columns = () => [
  { head: say('traces.question') },
  { head: say('traces.application-2'), width: 'w-44', isWide: true },
  { head: <Term of="arm">{say('traces.arm-2')}</Term>, width: 'w-20', isWide: true },
  { head: say('traces.ended-2'), width: 'w-28 md:w-36' },
  { head: say('traces.took'), width: 'w-18', isWide: true, isNumber: true },
  { head: <Term of="token">{say('traces.tokens')}</Term>, width: 'w-18', isWide: true, isNumber: true },
  { head: say('traces.cost'), width: 'w-20', isWide: true, isNumber: true },
  { head: say('traces.when'), width: 'w-32', isWide: true },
]

/**
 * Each page is a table of its own, which the browser neither lays out nor paints while it is out of sight: as one table,
 * two thousand rows were laid out anew with every page that came.
 */
const TraceTable = memo(function TraceTable({ pages }: { pages: readonly Rows[] }) {
  return pages.map(({ items }, at) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: pages only come behind the others
      key={at}
      className="border-line not-last:border-b [content-visibility:auto]"
      style={{ containIntrinsicSize: `auto ${items.length * ROW}px` }}
    >
      <table className="data-table table-fixed">
        <colgroup>
          {columns().map(({ width = '', isWide }, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
            <col key={column} className={`${width} ${isWide ? 'wide' : ''}`} />
          ))}
        </colgroup>
        <thead className={at === 0 ? '' : 'sr-only'}>
          <tr>
            {columns().map(({ head, isWide, isNumber }, column) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
                key={column}
                scope="col"
                className={`${isWide ? 'wide' : ''} ${isNumber ? 'num' : ''}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <TraceRows items={items} />
      </table>
    </div>
  ))
})

/** A page of the list; those that are there are not drawn again for the next one, nor for a key in a filter. */
const TraceRows = memo(function TraceRows({ items }: Rows) {
  return (
    <tbody>
      {items.map((trace) => (
        <tr key={trace.traceId} className="clickable" data-row>
          <td>
            <Link
              href={`/traces/${trace.traceId}`}
              className="block truncate rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
            >
              {trace.question || say('traces.nothing-was-asked')}
            </Link>
          </td>
          <td className="wide truncate text-muted">
            {trace.application ?? trace.requestedModel}
            {trace.stage && `@${trace.stage}`}
          </td>
          <td className={`wide ${trace.arm === 'candidate' ? 'text-candidate' : 'text-muted'}`}>
            {trace.rollout ? trace.arm : '–'}
          </td>
          <td className="truncate">
            <Ended trace={trace} />
          </td>
          <td className="wide num whitespace-nowrap">{duration(trace.latencyMs)}</td>
          <td className="wide num">{trace.inputTokens + trace.outputTokens}</td>
          <td className="wide num whitespace-nowrap">{money(trace.costMicroUsd)}</td>
          <td className="wide text-muted">
            <Ago at={trace.at} />
          </td>
        </tr>
      ))}
    </tbody>
  )
})

function Ended({ trace }: { trace: TraceSummary }) {
  if (trace.status === 'errored')
    return <Tag tone="text-fail">{trace.errorCode ?? say('traces.error', { httpStatus: trace.httpStatus })}</Tag>
  if (trace.status === 'cancelled') return <Tag tone="text-stale">{say('traces.cancelled')}</Tag>
  return trace.abstained ? (
    <Tag>{say('traces.abstained')}</Tag>
  ) : (
    <span className="text-muted">{say('traces.complete')}</span>
  )
}
