/** Routes: names of your own under which the gateway reaches one or several models. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { gatewayReports, modelRoutes, useMay } from '../data/queries.ts'
import type { ModelRoute } from '../data/shapes.ts'
import { sum, together } from '../gateway/reports.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { RouteDialog } from './route-dialog.tsx'

export function RoutesSection() {
  const query = useQuery(modelRoutes)
  const reports = useQuery(gatewayReports)
  const lately = together(reports.data?.items ?? []).servedBy
  const may = useMay()
  const [open, setOpen] = useState<'new' | ModelRoute>()
  const [leaving, setLeaving] = useState<ModelRoute>()
  return (
    <Section
      title={say('routes-section.routes-of-models')}
      note={say('routes-section.a-name-of-yours-for-several-models')}
      actions={may('administer') && <Button onClick={() => setOpen('new')}>{say('routes-section.new-route')}</Button>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={say('routes-section.no-route-yet')}
              command={<Command text="airworthy call putModelRoute name=fast --body route.json" />}
            >
              {say('routes-section.with-a-route-a-program-asks-for')}
            </Empty>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('routes-section.name')}</th>
                  <th scope="col">{say('routes-section.chosen-by')}</th>
                  <th scope="col">{say('routes-section.targets')}</th>
                  <th scope="col" className="wide">
                    {say('routes-section.tries')}
                  </th>
                  <th scope="col" className="wide">
                    {say('routes-section.changed')}
                  </th>
                  <th scope="col" className="num">
                    <span className="sr-only">{say('routes-section.change')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.name}>
                    <td className="font-medium">{one.name}</td>
                    <td>{one.strategy}</td>
                    <td className="break-words">
                      <RouteTargets route={one} lately={lately} />
                    </td>
                    <td className="wide">
                      {sayWith('routes-section.at-most', {
                        retries: (one.retries ?? Math.max(1, one.targets.length - 1)) + 1,
                      })}
                    </td>
                    <td className="wide text-muted">
                      <Ago at={one.updatedAt} />
                    </td>
                    <td className="num">
                      {may('administer') && (
                        <>
                          <Button
                            tone="quiet"
                            onClick={() => setOpen(one)}
                            aria-label={say('routes-section.change-3', { name: one.name })}
                          >
                            {say('routes-section.change-2')}
                          </Button>
                          <Button
                            tone="quiet"
                            onClick={() => setLeaving(one)}
                            aria-label={say('routes-section.remove-2', { name: one.name })}
                          >
                            {say('routes-section.remove')}
                          </Button>
                        </>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      {open && <RouteDialog before={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
      {leaving && <RemoveRoute name={leaving.name} onClose={() => setLeaving(undefined)} />}
    </Section>
  )
}

/** Each target with its condition, and its part of what these targets answered in the last seconds. */
function RouteTargets({ route, lately }: { route: ModelRoute; lately: ReadonlyMap<string, number> }) {
  const all = sum(route.targets.map(({ model }) => lately.get(model) ?? 0))
  return (
    <ul>
      {route.targets.map(({ model, weight, when }) => (
        <li key={model}>
          <span className="break-all">{route.strategy === 'weighted' ? `${model} × ${weight}` : model}</span>
          {when && (
            <span className="text-muted"> {sayWith('routes-section.for', { sayCondition: sayCondition(when) })}</span>
          )}
          {all > 0 && (
            <span className="ml-2 text-muted" title={say('routes-section.of-what-these-targets-answered-in-the')}>
              {Math.round(((lately.get(model) ?? 0) / all) * 100)} %
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

type Condition = NonNullable<ModelRoute['targets'][number]['when']>

const sayCondition = ({ tasks, inputTokens, languages }: Condition): string =>
  [
    tasks && say('routes-section.the-task', { tasks: tasks.join(' or ') }),
    inputTokens?.atLeast !== undefined && say('routes-section.tokens-or-more', { atLeast: inputTokens.atLeast }),
    inputTokens?.atMost !== undefined && say('routes-section.tokens-or-fewer', { atMost: inputTokens.atMost }),
    languages && say('routes-section.the-language', { languages: languages.join(' or ') }),
  ]
    .filter(Boolean)
    .join(', ')

function RemoveRoute({ name, onClose }: { name: string; onClose: () => void }) {
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: () => client.deleteModelRoute({ params: { name } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: modelRoutes.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={say('routes-section.remove-2', { name })} onClose={onClose}>
      <p className="mb-4">{sayWith('routes-section.whoever-asks-for-is-told-from-the', { name })}</p>
      {remove.error && <Trouble failure={remove.error} />}
      <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
        {sayWith('routes-section.remove-2', { name })}
      </Button>
    </Dialog>
  )
}
