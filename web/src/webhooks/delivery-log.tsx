/** The last deliveries of a webhook: each try with what was answered, and sending again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import type { WebhookDelivery } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const TONES = { waiting: 'text-muted', delivered: 'text-pass', failed: 'text-fail' } as const
/** Tries follow each other within seconds at first. */
const LOOK_MS = 2000

export function DeliveryLog({ webhook }: { webhook: string }) {
  const query = useQuery({
    queryKey: ['webhook-delivery', webhook],
    queryFn: () => client.listWebhookDeliveries({ params: { id: webhook }, query: { limit: 50 } }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'waiting') ? LOOK_MS : false),
  })
  return (
    <div className="mt-4">
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('delivery-log.nothing-was-sent-yet')}</p>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('delivery-log.event')}</th>
                  <th scope="col">{say('delivery-log.state')}</th>
                  <th scope="col">{say('delivery-log.tries')}</th>
                  <th scope="col" className="wide">
                    {say('delivery-log.at')}
                  </th>
                  <th scope="col" className="num">
                    <span className="sr-only">{say('delivery-log.send-again')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} webhook={webhook} />
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </div>
  )
}

function DeliveryRow({ delivery, webhook }: { delivery: WebhookDelivery; webhook: string }) {
  const { id, type, state, attempts, nextAt, createdAt } = delivery
  const may = useMay()
  const cache = useQueryClient()
  const again = useMutation({
    mutationFn: () => client.redeliverWebhook({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['webhook-delivery', webhook] }),
  })
  return (
    <tr>
      <td className="break-words">{type}</td>
      <td>
        <Tag tone={TONES[state]}>{state}</Tag>
      </td>
      <td className="break-words">
        {attempts.length === 0 ? (
          say('delivery-log.none-yet')
        ) : (
          <details>
            <summary>
              {sayWith('delivery-log.last', {
                attempts: attempts.length,
                error: attempts.at(-1)?.error ?? attempts.at(-1)?.status,
              })}
            </summary>
            <ol className="mt-1 text-muted">
              {attempts.map(({ at, status, error }) => (
                <li key={at}>
                  {at.slice(11, 19)}: {error ?? status}
                </li>
              ))}
            </ol>
          </details>
        )}
        {state === 'waiting' && nextAt && (
          <span className="text-muted"> {say('delivery-log.next-try-at-utc', { nextAt: nextAt.slice(11, 19) })}</span>
        )}
        {again.error && <Trouble failure={again.error} />}
      </td>
      <td className="wide text-muted">
        <Ago at={createdAt} />
      </td>
      <td className="num">
        {may('operate') && (
          <Button
            tone="quiet"
            busy={again.isPending}
            onClick={() => again.mutate()}
            aria-label={say('delivery-log.send-again-3', { type })}
          >
            {say('delivery-log.send-again-2')}
          </Button>
        )}
      </td>
    </tr>
  )
}
