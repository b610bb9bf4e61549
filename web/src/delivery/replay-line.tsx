/** Whether the decisions of a rollout come out the same when they are made again from the log. */
import { useMutation } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export function ReplayLine({ id }: { id: string }) {
  const replay = useMutation({ mutationFn: () => client.replayRollout({ params: { id } }) })
  const found = replay.data
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3" aria-live="polite">
      <Button busy={replay.isPending} onClick={() => replay.mutate()}>
        {say('replay-line.make-them-again')}
      </Button>
      {replay.error && <Trouble failure={replay.error} />}
      {found && (
        <span className={found.differing.length > 0 ? 'text-fail' : 'text-muted'}>
          {sayWith('replay-line.of-come-out-the-same-from-what', {
            same: found.same,
            decisions: say('many.decision', { n: found.replayed }),
            notKept:
              found.notKept > 0 &&
              say('replay-line.kept-without-it', { decisions: say('many.decision', { n: found.notKept }) }),
          })}
        </span>
      )}
    </div>
  )
}
