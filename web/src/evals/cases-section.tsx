/** All cases: the differences as sorted bars, and the table; a click opens both answers. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Experiment } from '../../../sdk/index.ts'
import { DifferenceBars } from '../charts/difference-bars.tsx'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { Choice } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { CaseTable } from './case-table.tsx'
import { evaluatorsOf, scoreOf } from './scores.ts'

const PAGE = 500

type Props = { experiment: Experiment; chosen: string | undefined; onChoose: (example: string) => void }

export function CasesSection({ experiment, chosen, onChoose }: Props) {
  const [asked, setEvaluator] = useParameter('evaluator')
  const evaluator = asked ?? experiment.primary
  const hasControl = experiment.against !== null
  const query = useInfiniteQuery({
    queryKey: ['experiment', experiment.id, 'rows', evaluator],
    queryFn: ({ pageParam }) =>
      client.listExperimentRows({
        params: { id: experiment.id },
        query: {
          arm: 'candidate',
          evaluator,
          order: hasControl ? 'worst-difference-first' : 'dataset',
          limit: PAGE,
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  const unit = scoreOf(experiment, evaluator)?.unit ?? ''
  const differences = rows.filter(({ difference }) => difference !== null)
  // The bars show all cases, so the pages follow one another by themselves up to a size that a picture can hold.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length < 10_000) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length])
  return (
    <Section
      title={say('cases-section.cases')}
      {...(rows.length > 0 && { count: rows.length })}
      actions={
        <div className="w-56">
          <Choice
            label={say('cases-section.score')}
            value={evaluator}
            onChange={(value) => setEvaluator(value === experiment.primary ? undefined : value)}
            options={evaluatorsOf(experiment).map((one) => [one, one] as const)}
          />
        </div>
      }
    >
      {query.error && <Trouble failure={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={8} because={query.failureReason} />}
      {differences.length > 1 && (
        <DifferenceBars
          items={differences.map(({ example, difference }) => ({ id: example, value: difference ?? 0 }))}
          unit={unit}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
      {rows.length > 0 && (
        <CaseTable
          rows={rows}
          evaluator={evaluator}
          unit={unit}
          hasControl={hasControl}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
      {query.data && rows.length === 0 && (
        <p className="text-muted">{say('cases-section.no-case-has-this-score-yet')}</p>
      )}
      {hasNextPage && (
        <p className="mt-2 text-muted">
          {say('cases-section.so-far-more-are-on-their-way', { cases: say('many.case', { n: rows.length }) })}
        </p>
      )}
    </Section>
  )
}
