/** What models drafted for this dataset: how far each run is, what became of the drafts, and the sample that people look at. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Generation } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, number, price } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { stateWord } from '../words/states.ts'
import { generation, generations } from './dataset-queries.ts'

export function GenerationsSection({ name }: { name: string }) {
  const query = useQuery(generations(name))
  const [shown, show] = useState<string>()
  const items = query.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={say('generations-section.drafted-by-models')} count={items.length}>
      <ul className="flex flex-col gap-3">
        {items.map((one) => (
          <li key={one.id} className="border-b border-line pb-3">
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{one.model}</span>
              <span className="text-muted">
                <Ago at={one.createdAt} />
              </span>
              {one.state !== 'succeeded' && <Tag>{stateWord(one.state)}</Tag>}
            </p>
            <p className="prose-width">{resultWords(one)}</p>
            {one.result === null && one.error === null && one.progress.total !== null && (
              <Progress done={one.progress.done} total={one.progress.total} label={say('generations-section.calls')} />
            )}
            {(one.result?.held ?? 0) > 0 && (
              <div className="mt-2">
                <Button onClick={() => show(one.id)}>{say('generations-section.look-at-the-cases')}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {shown && <SampleDialog name={name} id={shown} onClose={() => show(undefined)} />}
    </Section>
  )
}

function resultWords({ result, error, quote }: Generation): string {
  if (error !== null) return error
  if (!result)
    return say('generations-section.at-most-about', {
      cases: say('many.case', { n: quote.cases }),
      costMicroUsd: price(quote.costMicroUsd),
    })
  const fell = [
    ...(result.duplicates > 0
      ? [say('generations-section.were-there-already', { duplicates: number(result.duplicates) })]
      : []),
    ...(result.ungrounded > 0
      ? [say('generations-section.did-not-rest-on-their-document', { ungrounded: number(result.ungrounded) })]
      : []),
    ...(result.failed > 0
      ? [
          say('generations-section.came-to-nothing', {
            calls: say('many.call', { n: result.failed }),
            problem: result.problem,
          }),
        ]
      : []),
  ]
  const early = result.stoppedEarly === null ? '' : ` ${result.stoppedEarly}`
  return say('generations-section.of-went-into-quarantine-it-took', {
    held: number(result.held),
    drafts: say('many.draft', { n: result.drafted }),
    fell: fell.length === 0 ? '' : `; ${list(fell)}`,
    spentMicroUsd: price(result.spentMicroUsd),
    early,
  })
}

function SampleDialog({ name, id, onClose }: { name: string; id: string; onClose: () => void }) {
  const query = useQuery(generation(name, id))
  const may = useMay()
  const cache = useQueryClient()
  const again = () => cache.invalidateQueries({ queryKey: ['dataset', name] })
  const decide = useMutation({
    mutationFn: ({ row, decision }: { row: string; decision: 'accepted' | 'discarded' }) =>
      client.decideQuarantine({
        params: { dataset: name },
        body: { ids: [row], decision, reason: say('generations-section.looked-at-one-by-one') },
      }),
    onSuccess: again,
  })
  const rest = useMutation({
    mutationFn: () =>
      client.acceptGeneration({
        params: { dataset: name, id },
        body: { reason: say('generations-section.the-sample-was-looked-at-and-held') },
      }),
    onSuccess: again,
  })
  return (
    <Dialog title={say('generations-section.drafted-cases')} onClose={onClose} width="max-w-[48rem]">
      <Loaded query={query} rows={6}>
        {({ sample, waiting }) => {
          const open = sample.filter(({ decision }) => decision === null)
          return (
            <>
              <p className="mb-3 text-muted">
                {say('generations-section.drawn-by-chance-when-nine-in-ten', { sample: number(sample.length) })}
              </p>
              <ul className="flex max-h-[55vh] flex-col gap-3 overflow-y-auto">
                {sample.map(({ id: row, example, decision }) => (
                  <li key={row} className="border-b border-line pb-3">
                    <p className="text-prose break-words">{String(example?.input ?? '')}</p>
                    <p className="break-words text-muted">
                      {example?.unanswerable
                        ? say('generations-section.no-document-is-to-answer-it')
                        : String(example?.expected ?? '')}
                    </p>
                    {decision !== null ? (
                      <Tag>{decision}</Tag>
                    ) : (
                      may('attest') && (
                        <div className="mt-1 flex gap-2">
                          <Button busy={decide.isPending} onClick={() => decide.mutate({ row, decision: 'accepted' })}>
                            {say('generations-section.it-holds')}
                          </Button>
                          <Button busy={decide.isPending} onClick={() => decide.mutate({ row, decision: 'discarded' })}>
                            {say('generations-section.discard')}
                          </Button>
                        </div>
                      )
                    )}
                  </li>
                ))}
              </ul>
              {(decide.error ?? rest.error) && <Trouble failure={decide.error ?? rest.error} />}
              <div className="mt-4 flex gap-2">
                {may('attest') && waiting > 0 && (
                  <Button tone="primary" disabled={open.length > 0} busy={rest.isPending} onClick={() => rest.mutate()}>
                    {say('generations-section.let-in-the-other', { waiting: number(waiting - open.length) })}
                  </Button>
                )}
                <Button onClick={onClose}>{say('generations-section.close')}</Button>
              </div>
            </>
          )
        }}
      </Loaded>
    </Dialog>
  )
}
