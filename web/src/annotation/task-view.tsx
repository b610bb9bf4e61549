/** What is to be judged: the question, the answer, and what there is to judge it by. */
import type { ReactNode } from 'react'
import type { AnnotationTask } from '../../../sdk/index.ts'
import { keyed } from '../data/keyed.ts'
import { Scrollable } from '../ui/scrollable.tsx'

export function TaskView({ item }: Pick<AnnotationTask, 'item'>) {
  const { input, answer, expected, passages } = item
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Part title="Question">
        <p className="prose-width text-prose break-words whitespace-pre-wrap">{input}</p>
      </Part>
      <Part title="Answer">
        <p className="prose-width rounded border-l-2 border-accent bg-sunken px-4 py-3 text-prose break-words whitespace-pre-wrap">
          {answer || <span className="text-muted">It answered nothing.</span>}
        </p>
      </Part>
      {expected !== null && (
        <Part title="Reference">
          <p className="prose-width break-words whitespace-pre-wrap text-muted">{expected}</p>
        </Part>
      )}
      {passages.length > 0 && (
        <Part title={`What it was given (${passages.length})`}>
          <Scrollable className="prose-width flex max-h-80 flex-col gap-3 overflow-y-auto rounded border border-line p-3">
            {keyed(passages, (text) => text).map(({ key, item: text, at }) => (
              <p key={key} className="break-words whitespace-pre-wrap">
                <span className="mr-2 font-mono text-[0.75rem] text-muted">{at + 1}</span>
                {text}
              </p>
            ))}
          </Scrollable>
        </Part>
      )}
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="mb-1 text-data font-normal text-muted">{title}</h2>
    {children}
  </section>
)
