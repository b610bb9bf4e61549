/** Whether the decisions of a rollout come out the same when they are made again from the log. */
import { useMutation } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { Trouble } from '../ui/states.tsx'

export function ReplayLine({ id }: { id: string }) {
  const replay = useMutation({ mutationFn: () => client.replayRollout({ params: { id } }) })
  const found = replay.data
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3" aria-live="polite">
      <Button busy={replay.isPending} onClick={() => replay.mutate()}>
        Make them again
      </Button>
      {replay.error && <Trouble failure={replay.error} />}
      {found && (
        <span className={found.differing.length > 0 ? 'text-fail' : 'text-muted'}>
          {found.same} of {many(found.replayed, 'decision')} come out the same from what was kept
          {found.notKept > 0 && `; ${many(found.notKept, 'decision')} kept without it`}.
        </span>
      )}
    </div>
  )
}
