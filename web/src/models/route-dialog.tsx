/** Making a route or changing one: how a target is chosen, which there are and for what, and what else holds. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelRoutes } from '../data/queries.ts'
import type { ModelRoute } from '../data/shapes.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { draftOf, type RouteDraft, routeOf } from './route-draft.ts'
import { RouteTargets } from './route-targets.tsx'

const STRATEGIES: readonly (readonly [RouteDraft['strategy'], string])[] = [
  ['priority', 'priority: the first that works'],
  ['weighted', 'weighted: by chance, by their weights'],
  ['least-load', 'least-load: the one with the fewest requests under way'],
  ['latency', 'latency: the quicker of two'],
  ['cost', 'cost: the cheapest'],
]
const WEIGHED: readonly string[] = ['weighted', 'least-load']

export function RouteDialog({ before, onClose }: { before: ModelRoute | undefined; onClose: () => void }) {
  const [name, setName] = useState(before?.name ?? '')
  const [draft, setDraft] = useState(() => draftOf(before))
  const change = (part: Partial<RouteDraft>) => setDraft({ ...draft, ...part })
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: () => client.putModelRoute({ params: { name }, body: routeOf(draft, before) }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: modelRoutes.queryKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={before ? `Change ${before.name}` : 'New route'}
      onClose={onClose}
      doing={save}
      submit="Save; it holds from the next request on"
    >
      {!before && (
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          required
          hint="Lower-case letters, digits and hyphens. Programs use it as `model`."
        />
      )}
      <Choice
        label="A target is chosen by"
        value={draft.strategy}
        onChange={(strategy) => change({ strategy: strategy as RouteDraft['strategy'] })}
        options={STRATEGIES}
      />
      <RouteTargets
        targets={draft.targets}
        isWeighed={WEIGHED.includes(draft.strategy)}
        onChange={(targets) => change({ targets })}
      />
      <details>
        <summary className="font-medium">More: tries, waiting, keeping answers</summary>
        <div className="mt-3 flex flex-col gap-4">
          <Further draft={draft} onChange={change} />
        </div>
      </details>
    </FormDialog>
  )
}

function Further({ draft, onChange }: { draft: RouteDraft; onChange: (part: Partial<RouteDraft>) => void }) {
  return (
    <>
      <TextField
        label="Further tries"
        value={draft.retries}
        onChange={(retries) => onChange({ retries })}
        type="number"
        min={0}
        max={10}
        hint="Left empty: one for each further target, at least one."
      />
      <TextField
        label="Seconds to the first piece of an answer"
        value={draft.firstTokenSeconds}
        onChange={(firstTokenSeconds) => onChange({ firstTokenSeconds })}
        hint="After that the next target is asked. Left empty: as long as usual."
      />
      <TextField
        label="Minutes for which an answer is given again"
        value={draft.cacheMinutes}
        onChange={(cacheMinutes) => onChange({ cacheMinutes })}
        hint="To exactly the same request of the same user. Left empty: never."
      />
      {draft.cacheMinutes !== '' && (
        <Choice
          label="To whom"
          value={draft.cacheSharedBy}
          onChange={(sharedBy) => onChange({ cacheSharedBy: sharedBy as RouteDraft['cacheSharedBy'] })}
          options={[
            ['key', 'the same key'],
            ['organisation', 'every key of the organisation'],
          ]}
        />
      )}
      <Choice
        label="When the client hangs up"
        value={draft.onDisconnect}
        onChange={(choice) => onChange({ onDisconnect: choice as RouteDraft['onDisconnect'] })}
        options={[
          ['cancel', 'the model is stopped'],
          ['drain', 'the model goes on, so that its usage is known'],
        ]}
      />
      <Choice
        label="A target whose price nobody knows"
        value={draft.onUnknownPrice}
        onChange={(choice) => onChange({ onUnknownPrice: choice as RouteDraft['onUnknownPrice'] })}
        options={[
          ['', 'as the organisation says'],
          ['block', 'is left out'],
          ['flag', 'is asked, and flagged'],
        ]}
      />
      <Choice
        label="A field that a target has no word for"
        value={draft.onUnsupported}
        onChange={(choice) => onChange({ onUnsupported: choice as RouteDraft['onUnsupported'] })}
        options={[
          ['', 'is refused where it would change the answer'],
          ['reject', 'is refused'],
          ['warn', 'is left out, and named in the answer'],
          ['drop', 'is left out'],
        ]}
      />
      <Choice
        label="A conversation"
        value={draft.affinity}
        onChange={(choice) => onChange({ affinity: choice as RouteDraft['affinity'] })}
        options={[
          ['', 'as the strategy has it'],
          ['prompt', 'stays with the target that read its beginning'],
          ['none', 'is chosen for anew with each request'],
        ]}
      />
    </>
  )
}
