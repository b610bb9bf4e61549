/** While the example plays: the chapter it is in, and what it told so far. */
import { useQuery } from '@tanstack/react-query'
import { example } from '../data/queries.ts'
import { ExampleTag } from '../ui/bits.tsx'

export function ExampleProgress() {
  const { data } = useQuery(example)
  if (!data || !['queued', 'running', 'failed'].includes(data.state)) return null
  return (
    <div className="mb-6 rounded border border-line p-4">
      <p className="flex flex-wrap items-center gap-x-3" aria-live="polite">
        <ExampleTag />
        <strong>
          {data.state === 'failed' ? 'The example stopped.' : 'An example application is being taken along the path.'}
        </strong>
        <span className="text-muted">{data.message}</span>
      </p>
      {data.story.length > 0 && (
        <details className="mt-2">
          <summary className="rounded text-muted">What it told so far</summary>
          <ol className="mt-1 flex flex-col gap-0.5">
            {data.story.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the story only grows
              <li key={index} className="prose-width whitespace-pre-wrap">
                {line}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}
