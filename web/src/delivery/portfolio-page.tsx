/** Seven pillars over all applications, the worst first. No mean is taken: a gap of one stays a gap. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, many, sentence } from '../data/format.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { PILLARS } from './gate-bar.tsx'

type Portfolio = Awaited<ReturnType<Client['getPortfolio']>>
type Item = Portfolio['items'][number]
type Status = Item['status']

const WORDS: Readonly<Record<Status, readonly [string, string]>> = {
  red: ['failing', 'text-fail'],
  unvisited: ['not looked at', 'text-muted'],
  amber: ['open', 'text-inconclusive'],
  green: ['passing', 'text-pass'],
}

export function PortfolioPage() {
  const query = useInfiniteQuery({
    queryKey: ['application', 'portfolio'],
    queryFn: ({ pageParam }) => client.getPortfolio({ query: pageParam === null ? {} : { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Page title="Portfolio" crumbs={[{ label: 'Compass', href: '/compass' }]}>
      <Loaded query={query} rows={8}>
        {({ pages }) => (
          <>
            <Pillars items={pages.flatMap(({ items }) => items)} unfrozen={pages.flatMap(({ unfrozen }) => unfrozen)} />
            {query.hasNextPage && (
              <div className="mt-4">
                <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Pillars({ items, unfrozen }: { items: readonly Item[]; unfrozen: readonly string[] }) {
  if (items.length === 0)
    return <Empty title="No release yet">Each application that has a release will be here, pillar by pillar.</Empty>
  const red = items.filter(({ status }) => status === 'red')
  const of = (pillar: string) => items.map((item) => item.pillars.find((one) => one.pillar === pillar)?.status)
  const furthest = PILLARS.filter((pillar) => of(pillar).some((status) => status === 'red'))
  return (
    <>
      <Lead>
        {red.length === 0
          ? `Nothing fails in ${many(items.length, 'application')}. `
          : `Something fails in ${red.length} of ${many(items.length, 'application')}, in ${list(furthest)}. `}
        {unfrozen.length > 0 && `Nothing can be said yet of ${list(unfrozen)}.`}
      </Lead>
      <Section
        title="By application"
        count={items.length}
        note="each by its newest release, against all it will be asked"
      >
        <div className="overflow-x-auto">
          <table className="data-table min-w-[56rem]">
            <thead>
              <tr>
                <th scope="col">application</th>
                {PILLARS.map((pillar) => (
                  <th key={pillar} scope="col">
                    {pillar}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.application}>
                  <th scope="row" className="text-left font-normal">
                    <TextLink href={`/releases/${item.release}/readiness`}>{item.application}</TextLink>
                  </th>
                  {PILLARS.map((pillar) => {
                    const status = item.pillars.find((one) => one.pillar === pillar)?.status ?? 'unvisited'
                    return (
                      <td key={pillar} className={WORDS[status][1]}>
                        {WORDS[status][0]}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title="By pillar">
        <ul className="grid grid-cols-2 gap-x-4 gap-y-5 md:grid-cols-4 xl:grid-cols-7">
          {PILLARS.map((pillar) => (
            <li key={pillar} className="border-t-2 border-line pt-2">
              <h3 className="text-data font-medium">{sentence(pillar)}</h3>
              {(['red', 'unvisited', 'amber', 'green'] as const).map((status) => {
                const count = of(pillar).filter((one) => one === status).length
                return (
                  count > 0 && (
                    <p key={status} className={WORDS[status][1]}>
                      {count} {WORDS[status][0]}
                    </p>
                  )
                )
              })}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
