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
      title="Routes of models"
      note="a name of yours for several models"
      actions={may('administer') && <Button onClick={() => setOpen('new')}>New route</Button>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title="No route yet"
              command={<Command text="airworthy call putModelRoute name=fast --body route.json" />}
            >
              With a route, a program asks for a name of yours, and you choose which model answers: the first that
              works, the cheapest, the quickest, or by shares.
            </Empty>
          ) : (
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">name</th>
                  <th scope="col">chosen by</th>
                  <th scope="col">targets</th>
                  <th scope="col" className="wide">
                    tries
                  </th>
                  <th scope="col" className="wide">
                    changed
                  </th>
                  <th scope="col" className="num">
                    <span className="sr-only">change</span>
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
                    <td className="wide">{(one.retries ?? Math.max(1, one.targets.length - 1)) + 1} at most</td>
                    <td className="wide text-muted">
                      <Ago at={one.updatedAt} />
                    </td>
                    <td className="num">
                      {may('administer') && (
                        <>
                          <Button tone="quiet" onClick={() => setOpen(one)} aria-label={`Change ${one.name}`}>
                            Change
                          </Button>
                          <Button tone="quiet" onClick={() => setLeaving(one)} aria-label={`Remove ${one.name}`}>
                            Remove
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
          {when && <span className="text-muted"> for {sayCondition(when)}</span>}
          {all > 0 && (
            <span className="ml-2 text-muted" title="Of what these targets answered in the last ten seconds">
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
    tasks && `the task ${tasks.join(' or ')}`,
    inputTokens?.atLeast !== undefined && `${inputTokens.atLeast} tokens or more`,
    inputTokens?.atMost !== undefined && `${inputTokens.atMost} tokens or fewer`,
    languages && `the language ${languages.join(' or ')}`,
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
    <Dialog title={`Remove ${name}`} onClose={onClose}>
      <p className="mb-4">Whoever asks for {name} is told from the next request on that there is no such model.</p>
      {remove.error && <Trouble failure={remove.error} />}
      <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
        Remove {name}
      </Button>
    </Dialog>
  )
}
