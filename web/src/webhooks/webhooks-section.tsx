/** Webhooks: whom we tell of what, and how each delivery ended. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import type { Webhook } from '../data/shapes.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { NewWebhook, RemoveWebhook, RotateSecret } from './webhook-dialogs.tsx'

type Open = { what: 'new' } | { what: 'rotate' | 'remove'; webhook: Webhook }

export function WebhooksSection() {
  const query = useQuery({ queryKey: ['webhook'], queryFn: () => client.listWebhooks() })
  const may = useMay()
  const [open, setOpen] = useState<Open>()
  const [chosen, setChosen] = useState<string>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Section
        title={say('webhooks-section.webhooks')}
        note={<Term of="webhook">{say('webhooks-section.other-servers-are-told-of-events-in')}</Term>}
        actions={
          may('administer') && (
            <Button onClick={() => setOpen({ what: 'new' })}>{say('webhooks-section.new-webhook')}</Button>
          )
        }
      >
        <Loaded query={query} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title={say('webhooks-section.nobody-is-told')}
                command={<Command text="airworthy webhooks create https://example.com/hooks" />}
              >
                {say('webhooks-section.a-webhook-tells-a-server-of-yours')}
              </Empty>
            ) : (
              <ul className="flex flex-col gap-4">
                {items.map((webhook) => (
                  <li key={webhook.id} className="rounded border border-line px-4 py-3">
                    <WebhookCard
                      webhook={webhook}
                      isOpen={chosen === webhook.id}
                      onLog={() => setChosen(chosen === webhook.id ? undefined : webhook.id)}
                      onOpen={(what) => setOpen({ what, webhook })}
                    />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      {open?.what === 'new' && <NewWebhook onClose={close} />}
      {open?.what === 'rotate' && <RotateSecret webhook={open.webhook} onClose={close} />}
      {open?.what === 'remove' && <RemoveWebhook webhook={open.webhook} onClose={close} />}
    </>
  )
}

function WebhookCard({
  webhook,
  isOpen,
  onLog,
  onOpen,
}: {
  webhook: Webhook
  isOpen: boolean
  onLog: () => void
  onOpen: (what: 'rotate' | 'remove') => void
}) {
  const { id, url, description, events, application, enabled, disabledBecause } = webhook
  const may = useMay()
  const cache = useQueryClient()
  const test = useMutation({
    mutationFn: () => client.testWebhook({ params: { id } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['webhook-delivery', id] })
      if (!isOpen) onLog()
    },
  })
  const turn = useMutation({
    mutationFn: () => client.changeWebhook({ params: { id }, body: { enabled: !enabled } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['webhook'] }),
  })
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium break-all">{url}</span>
        {!enabled && <Tag tone="text-fail">{say('webhooks-section.off')}</Tag>}
      </p>
      <p className="mt-1 text-muted">
        {[
          description,
          events.length === 0 ? say('webhooks-section.all-events') : events.join(', '),
          application ?? say('webhooks-section.all-applications'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {disabledBecause && <p className="mt-1">{disabledBecause}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        {may('operate') && (
          <Button busy={test.isPending} disabled={!enabled} onClick={() => test.mutate()}>
            {say('webhooks-section.send-a-test')}
          </Button>
        )}
        <Button aria-expanded={isOpen} onClick={onLog}>
          {isOpen ? say('webhooks-section.hide-deliveries') : say('webhooks-section.show-deliveries')}
        </Button>
        {may('administer') && (
          <>
            <Button busy={turn.isPending} onClick={() => turn.mutate()}>
              {say('webhooks-section.switch', {
                enabled: enabled ? say('webhooks-section.off') : say('webhooks-section.on'),
              })}
            </Button>
            <Button onClick={() => onOpen('rotate')}>{say('webhooks-section.new-secret')}</Button>
            <Button tone="danger" onClick={() => onOpen('remove')}>
              {say('webhooks-section.remove')}
            </Button>
          </>
        )}
      </div>
      {(test.error ?? turn.error) && <Trouble failure={test.error ?? turn.error} />}
      {isOpen && <DeliveryLog webhook={id} />}
    </>
  )
}
