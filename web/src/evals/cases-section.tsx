/** All cases: the differences as sorted bars, and the table, whose pages come as one scrolls; a click opens both answers. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
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

const PAGE = 200

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
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const differences = useQuery({
    queryKey: ['experiment', experiment.id, 'differences', evaluator],
    queryFn: () => client.getDifferences({ params: { id: experiment.id }, query: { evaluator } }),
    enabled: hasControl,
  })
  const score = scoreOf(experiment, evaluator)
  const unit = score?.unit ?? ''
  return (
    <Section
      title={say('cases-section.cases')}
      {...(score && { count: score.n + score.errors })}
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
      {differences.data && differences.data.n > 1 && (
        <DifferenceBars found={differences.data} unit={unit} chosen={chosen} onChoose={onChoose} />
      )}
      {rows.length > 0 && (
        <CaseTable
          rows={rows}
          evaluator={evaluator}
          unit={unit}
          hasControl={hasControl}
          chosen={chosen}
          onChoose={onChoose}
          onEnd={hasNextPage ? () => void (isFetchingNextPage || fetchNextPage()) : undefined}
        />
      )}
      {query.data && rows.length === 0 && (
        <p className="text-muted">{say('cases-section.no-case-has-this-score-yet')}</p>
      )}
    </Section>
  )
}
