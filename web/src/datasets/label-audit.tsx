/** One row after the other: is the expected answer right? By keyboard: y, n. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const AT_ONCE = 50

export function LabelAudit({ name, onClose }: { name: string; onClose: () => void }) {
  const cache = useQueryClient()
  const [done, setDone] = useState(0)
  const query = useQuery({
    queryKey: ['label-audit', name],
    queryFn: () => client.listLabelSample({ params: { dataset: name }, query: { limit: AT_ONCE } }),
    refetchOnWindowFocus: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const row = query.data?.items[done]
  const { mutate, isPending, error } = useMutation({
    mutationFn: (given: { row: string; isRight: boolean }) =>
      client.answerLabel({ params: { dataset: name }, body: { ...given, comment: '' } }),
    onSuccess: () => setDone((before) => before + 1),
  })
  const tell = useCallback(
    (isRight: boolean) => {
      if (row && !isPending) mutate({ row: row.id, isRight })
    },
    [row, isPending, mutate],
  )
  useEffect(() => {
    const hear = ({ key }: KeyboardEvent) => {
      if (key === 'y') tell(true)
      if (key === 'n') tell(false)
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [tell])
  const close = () => {
    void cache.invalidateQueries({ queryKey: ['dataset', name] })
    onClose()
  }
  return (
    <Dialog title={say('label-audit.audit-labels')} onClose={close} width="max-w-[46rem]">
      <Loaded query={query} rows={4}>
        {({ items, answered }) => (
          <>
            <p className="mb-3 text-muted">
              {sayWith('label-audit.rows-were-looked-at-are-the-least', {
                answered: number(answered + done),
                atOnce: AT_ONCE,
              })}
            </p>
            {row ? (
              <div className="flex flex-col gap-3">
                <p className="font-medium">{say('label-audit.asked')}</p>
                <CodeBlock>
                  {typeof row.input === 'string'
                    ? row.input
                    : row.input.map(({ role, content }) => `${role}: ${content}`).join('\n')}
                </CodeBlock>
                <p className="font-medium">{say('label-audit.expected')}</p>
                <CodeBlock>{Array.isArray(row.expected) ? row.expected.join('\n') : row.expected}</CodeBlock>
                {error && <Trouble failure={error} />}
                <div className="flex gap-3">
                  <Button tone="primary" onClick={() => tell(true)} disabled={isPending}>
                    {say('label-audit.right-y')}
                  </Button>
                  <Button onClick={() => tell(false)} disabled={isPending}>
                    {say('label-audit.wrong-n')}
                  </Button>
                  <span className="ml-auto self-center text-muted">
                    {sayWith('label-audit.of', { done: done + 1, items: items.length })}
                  </span>
                </div>
              </div>
            ) : (
              <p>
                {items.length === 0
                  ? say('label-audit.you-looked-at-every-row-that-has')
                  : say('label-audit.done-measure-again-to-see-what-it')}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
