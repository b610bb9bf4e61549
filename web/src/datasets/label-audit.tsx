/** One row after the other: is the expected answer right? By keyboard: y, n. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'

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
    <Dialog title="Audit labels" onClose={close} width="max-w-[46rem]">
      <Loaded query={query} rows={4}>
        {({ items, answered }) => (
          <>
            <p className="mb-3 text-muted">
              {number(answered + done)} rows were looked at; {AT_ONCE} are the least that say something.
            </p>
            {row ? (
              <div className="flex flex-col gap-3">
                <p className="font-medium">Asked</p>
                <CodeBlock>
                  {typeof row.input === 'string'
                    ? row.input
                    : row.input.map(({ role, content }) => `${role}: ${content}`).join('\n')}
                </CodeBlock>
                <p className="font-medium">Expected</p>
                <CodeBlock>{Array.isArray(row.expected) ? row.expected.join('\n') : row.expected}</CodeBlock>
                {error && <Trouble failure={error} />}
                <div className="flex gap-3">
                  <Button tone="primary" onClick={() => tell(true)} disabled={isPending}>
                    Right (y)
                  </Button>
                  <Button onClick={() => tell(false)} disabled={isPending}>
                    Wrong (n)
                  </Button>
                  <span className="ml-auto self-center text-muted">
                    {done + 1} of {items.length}
                  </span>
                </div>
              </div>
            ) : (
              <p>
                {items.length === 0
                  ? 'You looked at every row that has an expected answer.'
                  : 'Done. Measure again to see what it says.'}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
