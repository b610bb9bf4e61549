/** Whether an answer helped, and why. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export function RateAnswer({ token, answer }: { token: string; answer: string }) {
  const [helpful, setHelpful] = useState<boolean | undefined>()
  const [comment, setComment] = useState('')
  const rate = useMutation({
    mutationFn: (given: boolean) =>
      client.rateTestAnswer({
        body: { token, answer, helpful: given, ...(comment.trim() && { comment: comment.trim() }) },
      }),
  })
  if (rate.data)
    return (
      <p role="status" className="mt-2 text-muted">
        {say('rate-answer.thank-you-the-team-will-see-it')}
      </p>
    )
  return (
    <div className="mt-2">
      {helpful === undefined ? (
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="text-muted">{say('rate-answer.did-it-help')}</span>
          <Button tone="quiet" onClick={() => rate.mutate(true)} busy={rate.isPending}>
            {say('rate-answer.yes')}
          </Button>
          <Button tone="quiet" onClick={() => setHelpful(false)}>
            {say('rate-answer.no')}
          </Button>
        </p>
      ) : (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            rate.mutate(helpful)
          }}
        >
          <div className="min-w-0 flex-1 basis-64">
            <TextField label={say('rate-answer.what-was-wrong')} value={comment} onChange={setComment} />
          </div>
          <Button type="submit" busy={rate.isPending}>
            {say('rate-answer.tell-the-team')}
          </Button>
        </form>
      )}
      {rate.error && <Trouble failure={rate.error} />}
    </div>
  )
}
