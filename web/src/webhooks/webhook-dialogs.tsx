/** Making a webhook, giving it a new secret, removing it. A secret is shown once. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useApplicationNames } from '../data/queries.ts'
import type { Webhook } from '../data/shapes.ts'
import { LongText } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

type EventName = Webhook['events'][number]

/** The events that there are; a webhook that names none gets all. */
const EVENTS: readonly EventName[] = [
  'release.promoted',
  'gate.held',
  'rollout.started',
  'rollout.advanced',
  'rollout.held',
  'rollout.completed',
  'rollout.aborted',
  'waiver.requested',
  'waiver.decided',
  'approval.asked',
  'approval.signed',
  'finding.opened',
  'experiment.finished',
  'experiment.paused',
  'limit.near',
  'limit.reached',
  'switch.changed',
]

export function NewWebhook({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [application, setApplication] = useState('')
  const [events, setEvents] = useState<readonly EventName[]>([])
  const names = useApplicationNames()
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: () =>
      client.createWebhook({
        body: {
          url,
          description,
          // The server takes every event but the test, which nobody asks for.
          events: events.filter((event) => event !== 'webhook.test'),
          application: application === '' ? null : application,
        },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['webhook'] }),
  })
  return (
    <Dialog title={say('webhook-dialogs.new-webhook')} onClose={onClose}>
      {make.data ? (
        <Shown secret={make.data.secret} onClose={onClose} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <TextField
            label={say('webhook-dialogs.address')}
            value={url}
            onChange={setUrl}
            type="url"
            required
            hint={say('webhook-dialogs.it-gets-post-requests')}
          />
          <TextField label={say('webhook-dialogs.what-it-is')} value={description} onChange={setDescription} />
          <Choice
            label={say('webhook-dialogs.application')}
            value={application}
            onChange={setApplication}
            options={[['', 'all'], ...names.map((one) => [one, one] as const)]}
          />
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">{say('webhook-dialogs.events')}</legend>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1">
              {EVENTS.map((event) => (
                <label key={event} className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    checked={events.includes(event)}
                    onChange={({ target }) =>
                      setEvents(target.checked ? [...events, event] : events.filter((one) => one !== event))
                    }
                  />
                  {event}
                </label>
              ))}
            </div>
            <p className="text-muted">{say('webhook-dialogs.none-chosen-all-of-them')}</p>
          </fieldset>
          {make.error && <Trouble failure={make.error} />}
          <Button type="submit" tone="primary" busy={make.isPending}>
            {say('webhook-dialogs.make-the-webhook')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}

export function RotateSecret({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const rotate = useMutation({ mutationFn: () => client.rotateWebhookSecret({ params: { id: webhook.id } }) })
  return (
    <Dialog title={say('webhook-dialogs.new-secret')} onClose={onClose}>
      {rotate.data ? (
        <Shown secret={rotate.data.secret} onClose={onClose} />
      ) : (
        <>
          <p className="mb-4">{say('webhook-dialogs.for-a-day-both-the-old-and')}</p>
          {rotate.error && <Trouble failure={rotate.error} />}
          <Button tone="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
            {say('webhook-dialogs.make-the-new-secret')}
          </Button>
        </>
      )}
    </Dialog>
  )
}

export function RemoveWebhook({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: () => client.deleteWebhook({ params: { id: webhook.id } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['webhook'] })
      onClose()
    },
  })
  return (
    <Dialog title={say('webhook-dialogs.remove-the-webhook')} onClose={onClose}>
      <p className="mb-4 break-words">
        {sayWith('webhook-dialogs.is-told-nothing-more-what-waits-is', { url: webhook.url })}
      </p>
      {remove.error && <Trouble failure={remove.error} />}
      <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
        {say('webhook-dialogs.remove-it-with-its-log')}
      </Button>
    </Dialog>
  )
}

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <p>{say('webhook-dialogs.this-secret-signs-every-request-it-is')}</p>
      <LongText text={secret} what={say('webhook-dialogs.secret')} />
      <Button tone="primary" onClick={onClose}>
        {say('webhook-dialogs.i-have-copied-it')}
      </Button>
    </div>
  )
}
