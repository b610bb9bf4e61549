/** Seven pillars over all applications, the worst first. No mean is taken: a gap of one stays a gap. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, sentence } from '../data/format.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PILLARS } from './gate-bar.tsx'

type Portfolio = Awaited<ReturnType<Client['getPortfolio']>>
type Item = Portfolio['items'][number]
type Status = Item['status']

const WORDS: Readonly<Record<Status, readonly [string, string]>> = {
  red: ['failing', 'text-fail'],
  unvisited: [say('portfolio.not-looked-at'), 'text-muted'],
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
    <Page title={say('portfolio.portfolio')} crumbs={[{ label: say('portfolio.compass'), href: '/compass' }]}>
      <Loaded query={query} rows={8}>
        {({ pages }) => (
          <>
            <Pillars items={pages.flatMap(({ items }) => items)} unfrozen={pages.flatMap(({ unfrozen }) => unfrozen)} />
            {query.hasNextPage && (
              <div className="mt-4">
                <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  {say('portfolio.show-more')}
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
    return (
      <Empty title={say('portfolio.no-release-yet')}>{say('portfolio.each-application-that-has-a-release-will')}</Empty>
    )
  const red = items.filter(({ status }) => status === 'red')
  const of = (pillar: string) => items.map((item) => item.pillars.find((one) => one.pillar === pillar)?.status)
  const furthest = PILLARS.filter((pillar) => of(pillar).some((status) => status === 'red'))
  return (
    <>
      <Lead>
        {red.length === 0
          ? say('portfolio.nothing-fails-in', { applications: say('many.application', { n: items.length }) })
          : say('portfolio.something-fails-in-of-in', {
              red: red.length,
              applications: say('many.application', { n: items.length }),
              furthest: list(furthest),
            })}
        {unfrozen.length > 0 && say('portfolio.nothing-can-be-said-yet-of', { unfrozen: list(unfrozen) })}
      </Lead>
      <Section
        title={say('portfolio.by-application')}
        count={items.length}
        note={say('portfolio.each-by-its-newest-release-against-all')}
      >
        <div className="overflow-x-auto">
          <table className="data-table min-w-[56rem]">
            <thead>
              <tr>
                <th scope="col">{say('portfolio.application')}</th>
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
      <Section title={say('portfolio.by-pillar')}>
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
