/** What was said of an answer, and the two buttons to say more. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import type { Trace } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'
import { Value } from '../ui/value.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export function FeedbackSection({ trace }: { trace: Trace }) {
  const may = useMay()
  const cache = useQueryClient()
  const telling = useMutation({
    mutationFn: (value: boolean) => client.recordFeedback({ body: { trace: trace.traceId, name: 'helpful', value } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['trace', trace.traceId] }),
  })
  return (
    <Section
      title={say('feedback-section.feedback')}
      count={trace.feedback.length}
      actions={
        may('infer') && (
          <>
            <Button busy={telling.isPending} onClick={() => telling.mutate(true)}>
              <ThumbsUp size={14} aria-hidden /> {say('feedback-section.helpful')}
            </Button>
            <Button busy={telling.isPending} onClick={() => telling.mutate(false)}>
              <ThumbsDown size={14} aria-hidden /> {say('feedback-section.not-helpful')}
            </Button>
          </>
        )
      }
    >
      {telling.error && <Trouble failure={telling.error} />}
      {trace.feedback.length === 0 && (
        <p className="text-muted">{say('feedback-section.nobody-has-said-anything-yet')}</p>
      )}
      <ul className="flex flex-col gap-1.5">
        {trace.feedback.map(({ id, name, value, user, comment, correction, at }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <span>{name.replaceAll('-', ' ')}</span>
            <strong>
              <Value value={value} />
            </strong>
            {comment && <span>“{comment}”</span>}
            {correction && <span className="text-muted">{sayWith('feedback-section.should-be', { correction })}</span>}
            <span className="text-muted">
              {user ?? say('feedback-section.no-name')}, <Ago at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
