/** Making a route or changing one: how a target is chosen, which there are and for what, and what else holds. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { modelRoutes } from '../data/queries.ts'
import type { ModelRoute } from '../data/shapes.ts'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { say } from '../words/say.ts'
import { draftOf, type RouteDraft, routeOf } from './route-draft.ts'
import { RouteTargets } from './route-targets.tsx'

const STRATEGIES: readonly (readonly [RouteDraft['strategy'], string])[] = [
  ['priority', say('route-dialog.priority-the-first-that-works')],
  ['weighted', say('route-dialog.weighted-by-chance-by-their-weights')],
  ['least-load', 'least-load: the one with the fewest requests under way'],
  ['latency', say('route-dialog.latency-the-quicker-of-two')],
  ['cost', say('route-dialog.cost-the-cheapest')],
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
      title={before ? say('route-dialog.change', { name: before.name }) : say('route-dialog.new-route')}
      onClose={onClose}
      doing={save}
      submit={say('route-dialog.save-it-holds-from-the-next-request')}
    >
      {!before && (
        <TextField
          label={say('route-dialog.name')}
          value={name}
          onChange={setName}
          required
          hint={say('route-dialog.lower-case-letters-digits-and-hyphens-programs')}
        />
      )}
      <Choice
        label={say('route-dialog.a-target-is-chosen-by')}
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
        <summary className="font-medium">{say('route-dialog.more-tries-waiting-keeping-answers')}</summary>
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
        label={say('route-dialog.further-tries')}
        value={draft.retries}
        onChange={(retries) => onChange({ retries })}
        type="number"
        min={0}
        max={10}
        hint={say('route-dialog.left-empty-one-for-each-further-target')}
      />
      <TextField
        label={say('route-dialog.seconds-to-the-first-piece-of-an')}
        value={draft.firstTokenSeconds}
        onChange={(firstTokenSeconds) => onChange({ firstTokenSeconds })}
        hint={say('route-dialog.after-that-the-next-target-is-asked')}
      />
      <TextField
        label={say('route-dialog.minutes-for-which-an-answer-is-given')}
        value={draft.cacheMinutes}
        onChange={(cacheMinutes) => onChange({ cacheMinutes })}
        hint={say('route-dialog.to-exactly-the-same-request-of-the')}
      />
      {draft.cacheMinutes !== '' && (
        <Choice
          label={say('route-dialog.to-whom')}
          value={draft.cacheSharedBy}
          onChange={(sharedBy) => onChange({ cacheSharedBy: sharedBy as RouteDraft['cacheSharedBy'] })}
          options={[
            ['key', say('route-dialog.the-same-key')],
            ['organisation', say('route-dialog.every-key-of-the-organisation')],
          ]}
        />
      )}
      <Choice
        label={say('route-dialog.when-the-client-hangs-up')}
        value={draft.onDisconnect}
        onChange={(choice) => onChange({ onDisconnect: choice as RouteDraft['onDisconnect'] })}
        options={[
          ['cancel', say('route-dialog.the-model-is-stopped')],
          ['drain', say('route-dialog.the-model-goes-on-so-that-its')],
        ]}
      />
      <Choice
        label={say('route-dialog.a-target-whose-price-nobody-knows')}
        value={draft.onUnknownPrice}
        onChange={(choice) => onChange({ onUnknownPrice: choice as RouteDraft['onUnknownPrice'] })}
        options={[
          ['', say('route-dialog.as-the-organisation-says')],
          ['block', say('route-dialog.is-left-out')],
          ['flag', say('route-dialog.is-asked-and-flagged')],
        ]}
      />
      <Choice
        label={say('route-dialog.a-field-that-a-target-has-no')}
        value={draft.onUnsupported}
        onChange={(choice) => onChange({ onUnsupported: choice as RouteDraft['onUnsupported'] })}
        options={[
          ['', say('route-dialog.is-refused-where-it-would-change-the')],
          ['reject', say('route-dialog.is-refused')],
          ['warn', say('route-dialog.is-left-out-and-named-in-the')],
          ['drop', say('route-dialog.is-left-out')],
        ]}
      />
      <Choice
        label={say('route-dialog.a-conversation')}
        value={draft.affinity}
        onChange={(choice) => onChange({ affinity: choice as RouteDraft['affinity'] })}
        options={[
          ['', say('route-dialog.as-the-strategy-has-it')],
          ['prompt', say('route-dialog.stays-with-the-target-that-read-its')],
          ['none', say('route-dialog.is-chosen-for-anew-with-each-request')],
        ]}
      />
    </>
  )
}
