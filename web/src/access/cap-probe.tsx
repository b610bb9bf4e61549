/** Trying a cap: keys of its own are driven to their refusal, and the gate gets the evidence. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { releases } from '../data/queries.ts'
import { Button, TextLink } from '../ui/button.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function CapProbe({ application }: { application: string }) {
  const [newest] = useQuery(releases(application)).data?.items ?? []
  const cache = useQueryClient()
  const probe = useMutation({
    mutationFn: (id: string) => client.probeCap({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['gate'] }),
  })
  if (!newest) return null
  return (
    <>
      <Button
        tone="quiet"
        busy={probe.isPending}
        onClick={() => probe.mutate(newest.id)}
        aria-label={say('cap-probe.probe-the-cap-of', { application })}
        title={say('cap-probe.drives-keys-of-its-own-with-a')}
      >
        {say('cap-probe.probe-the-cap')}
      </Button>
      {probe.data && (
        <p role="status" className="basis-full pl-3 text-muted">
          {probe.data.summary} <TextLink href={`/evidence/${probe.data.id}`}>{say('cap-probe.evidence')}</TextLink>
        </p>
      )}
      {probe.error && (
        <div className="basis-full pl-3">
          <Trouble failure={probe.error} />
        </div>
      )}
    </>
  )
}
