/** Every case with the score of each arm; a click shows all answers with the words that differ from the reference. */
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ArmsComparison, ExperimentRow } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { duration, inUnit, money } from '../data/format.ts'
import { questionOf } from '../evals/questions.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DifferingText } from '../ui/differing-text.tsx'
import { Section } from '../ui/page.tsx'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { comparedCases } from './queries.ts'

type Props = {
  found: ArmsComparison
  /** As the address names them, which is how the page asked before the comparison was there. */
  arms: readonly string[]
  evaluator: string
  labels: ReadonlyMap<string, string>
}
/** One case: what was asked, and the score of each arm that has one. */
type Case = { example: string; input: ExperimentRow['input']; scores: ReadonlyMap<string, number | null> }

export function CasesSection({ found, arms, evaluator, labels }: Props) {
  const [chosen, choose] = useParameter('case')
  const query = useInfiniteQuery(comparedCases(arms))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = casesOf(arms, evaluator, query.data?.pages ?? [])
  const unit = found.arms[0]?.scores.find((one) => one.evaluator === evaluator)?.unit ?? ''
  return (
    <Section title={say('cases-section.cases')} count={found.examples} note={evaluator}>
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={8} />}
      {rows.length > 0 && (
        <RowTable
          label={say('cases-section.cases')}
          grid={GRIDS[found.arms.length] ?? GRIDS[4] ?? ''}
          columns={columnsOf(found, labels, unit, choose)}
          rows={rows}
          keyOf={({ example }) => example}
          isChosen={({ example }) => example === chosen}
          onEnd={hasNextPage ? () => void (isFetchingNextPage || fetchNextPage()) : undefined}
        />
      )}
      {chosen && (
        <CaseDialog
          found={found}
          labels={labels}
          evaluator={evaluator}
          example={chosen}
          onClose={() => choose(undefined)}
        />
      )}
    </Section>
  )
}

/** Beyond four arms the figures of the others stand in the dialog. */
const SHOWN = 4
const GRIDS: Readonly<Record<number, string>> = {
  2: 'grid-cols-[minmax(0,1fr)_5rem] md:grid-cols-[minmax(0,1fr)_9rem_9rem]',
  3: 'grid-cols-[minmax(0,1fr)_5rem] md:grid-cols-[minmax(0,1fr)_8rem_8rem_8rem]',
  4: 'grid-cols-[minmax(0,1fr)_5rem] md:grid-cols-[minmax(0,1fr)_7rem_7rem_7rem_7rem]',
}

function casesOf(
  arms: readonly string[],
  evaluator: string,
  pages: readonly (readonly { items: readonly ExperimentRow[] }[])[],
): Case[] {
  const cases = new Map<
    string,
    { example: string; input: ExperimentRow['input']; scores: Map<string, number | null> }
  >()
  for (const page of pages)
    page.forEach(({ items }, at) => {
      for (const { example, input, repeat, scores } of items) {
        if (repeat !== 1) continue
        const one = cases.get(example) ?? { example, input, scores: new Map() }
        one.scores.set(arms[at] ?? '', scores[evaluator]?.score ?? null)
        cases.set(example, one)
      }
    })
  return [...cases.values()]
}

const columnsOf = (
  { arms, reference }: ArmsComparison,
  labels: ReadonlyMap<string, string>,
  unit: string,
  onChoose: (example: string) => void,
): Column<Case>[] => [
  {
    name: say('cases-section.question'),
    cell: ({ example, input }) => (
      <button type="button" onClick={() => onChoose(example)} className="block w-full truncate rounded text-left">
        {questionOf(input)}
      </button>
    ),
  },
  ...arms.slice(0, SHOWN).map(
    ({ id }, at): Column<Case> => ({
      name: labels.get(id) ?? id,
      isNumber: true,
      isWide: at !== 1,
      cell: ({ scores }) => {
        const score = scores.get(id)
        const other = scores.get(reference)
        const isHigher = score != null && other != null && score > other
        return score == null ? '–' : <span className={isHigher ? 'text-candidate' : ''}>{inUnit(score, unit)}</span>
      },
    }),
  ),
]

function CaseDialog({
  found,
  labels,
  evaluator,
  example,
  onClose,
}: Omit<Props, 'arms'> & { example: string; onClose: () => void }) {
  const answers = useQueries({
    queries: [...new Set(found.arms.map(({ experiment }) => experiment))].map((id) => ({
      queryKey: ['experiment', id, 'case', example],
      queryFn: () => client.listExperimentRows({ params: { id }, query: { example, limit: 200 } }),
    })),
  })
  useEffect(() => {
    document.querySelector('dialog[open]')?.scrollTo(0, 0)
  }, [])
  const rows = answers.flatMap(({ data }) => data?.items ?? []).filter(({ repeat }) => repeat === 1)
  const rowOf = (id: string) => rows.find((row) => `${row.experiment}:${row.arm}` === id)
  const reference = rowOf(found.reference)
  const any = reference ?? rows[0]
  return (
    <Dialog title={say('cases-section.case')} onClose={onClose} width="max-w-[64rem]">
      {!any ? (
        <Waiting rows={6} />
      ) : (
        <>
          <p className="prose-width mb-2 text-prose">{questionOf(any.input)}</p>
          {[any.expected ?? []].flat().map((text) => (
            <p key={text} className="prose-width text-muted">
              <span className="text-text">{say('cases-section.reference')}</span> {text}
            </p>
          ))}
          <div className="mt-5 grid gap-x-8 gap-y-6 md:grid-cols-2">
            {found.arms.map(({ id, scores }) => {
              const row = rowOf(id)
              const unit = scores.find((one) => one.evaluator === evaluator)?.unit ?? ''
              const score = row?.scores[evaluator]
              return (
                <section key={id} aria-label={labels.get(id)} className="min-w-0">
                  <h3
                    className={`mb-1 text-data font-medium ${id === found.reference ? 'text-control' : 'text-candidate'}`}
                  >
                    {labels.get(id)}
                  </h3>
                  {!row ? (
                    <p className="text-muted">{say('cases-section.it-did-not-answer-this-one')}</p>
                  ) : row.isHidden ? (
                    <p className="text-muted">{say('cases-section.it-is-held-out-and-its-words')}</p>
                  ) : row.error ? (
                    <p className="text-fail">{row.error}</p>
                  ) : (
                    <DifferingText
                      text={row.answer}
                      other={reference?.answer ?? row.answer}
                      tone={id === found.reference ? 'bg-hover' : 'bg-accent-soft'}
                    />
                  )}
                  {row && (
                    <p className="mt-2 text-muted">
                      {evaluator} {score?.score == null ? '–' : inUnit(score.score, unit)}
                      {score?.detail && `, ${score.detail}`}; {duration(row.latencyMs)}, {money(row.costMicroUsd)}
                    </p>
                  )}
                </section>
              )
            })}
          </div>
        </>
      )}
    </Dialog>
  )
}
