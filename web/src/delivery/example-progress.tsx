/** While the example plays: the chapter it is in, and what it told so far. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { example, useMay } from '../data/queries.ts'
import { Command, ExampleTag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Said } from '../ui/said.tsx'
import { say } from '../words/say.ts'

export function ExampleProgress() {
  const { data } = useQuery(example)
  if (!data || !['queued', 'running', 'failed'].includes(data.state)) return null
  const latest = data.story.at(-1)?.trim()
  return (
    <div className="mb-6 rounded border border-line p-4">
      <p className="flex flex-wrap items-center gap-x-3" aria-live="polite">
        <ExampleTag />
        <strong>
          {data.state === 'failed'
            ? say('example-progress.the-example-stopped')
            : say('example-progress.an-example-application-is-being-taken-along')}
        </strong>
        <span className={data.state === 'failed' ? 'text-fail' : 'text-muted'}>
          <Said text={data.message} />
        </span>
      </p>
      {data.state !== 'failed' && latest && (
        <p className="prose-width mt-1">
          <Said text={latest} />
        </p>
      )}
      {data.state === 'failed' && (
        <p className="mt-1 flex flex-wrap items-center gap-2">
          {say('example-progress.nothing-else-is-touched-by-this-to')} <Command text="npx airworthy example reset" />
        </p>
      )}
      {data.story.length > 0 && (
        <details className="mt-2">
          <summary className="rounded text-muted">{say('example-progress.what-it-told-so-far')}</summary>
          <ol className="mt-1 flex flex-col gap-0.5">
            {data.story.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the story only grows
              <li key={index} className="prose-width whitespace-pre-wrap">
                <Said text={line} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

/** For an installation that began empty. */
export function PlayExample() {
  const may = useMay()
  const { data } = useQuery(example)
  const cache = useQueryClient()
  const play = useMutation({
    mutationFn: () => client.resetExample(),
    onSuccess: (status) => cache.setQueryData(example.queryKey, status),
  })
  if (data?.state !== 'off' || !may('administer')) return null
  return (
    <Button busy={play.isPending} onClick={() => play.mutate()}>
      {say('example-progress.watch-an-example')}
    </Button>
  )
}
