/** Making a route or changing one: how a target is chosen, and which there are, one a line. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import type { ModelRoute } from '../data/shapes.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'

type Strategy = ModelRoute['strategy']

const STRATEGIES: readonly (readonly [Strategy, string])[] = [
  ['priority', 'priority: the first that works'],
  ['weighted', 'weighted: by chance, by their weights'],
  ['least-load', 'least-load: the one with the fewest requests under way'],
  ['latency', 'latency: the quicker of two'],
  ['cost', 'cost: the cheapest'],
]

export function RouteDialog({ before, onClose }: { before: ModelRoute | undefined; onClose: () => void }) {
  const [name, setName] = useState(before?.name ?? '')
  const [strategy, setStrategy] = useState<Strategy>(before?.strategy ?? 'priority')
  const [targets, setTargets] = useState(before ? before.targets.map(lineOf).join('\n') : '')
  const [retries, setRetries] = useState(before?.retries === undefined ? '' : String(before.retries))
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      client.putModelRoute({
        params: { name },
        body: {
          strategy,
          targets: targetsOf(targets, before),
          ...(retries !== '' && { retries: Number(retries) }),
          ...(before?.timeouts && { timeouts: before.timeouts }),
          ...(before && { onDisconnect: before.onDisconnect }),
          ...(before?.affinity && { affinity: before.affinity }),
          ...(before?.cache && { cache: before.cache }),
          ...(before?.onUnsupported && { onUnsupported: before.onUnsupported }),
        },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['model-route'] })
      onClose()
    },
  })
  return (
    <Dialog title={before ? `Change ${before.name}` : 'New route'} onClose={onClose}>
      <form
        className="flex flex-col gap-4 text-left"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
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
          value={strategy}
          onChange={(value) => setStrategy(value as Strategy)}
          options={STRATEGIES}
        />
        <TextArea
          label="Targets"
          value={targets}
          onChange={setTargets}
          minLength={3}
          hint="One a line, as provider/model, for example openai/gpt-4o-mini. A number after it is its weight."
        />
        <TextField
          label="Further tries"
          value={retries}
          onChange={setRetries}
          type="number"
          min={0}
          max={10}
          hint="Left empty: one for each further target, at least one."
        />
        {save.error && <Trouble failure={save.error} />}
        <Button type="submit" tone="primary" busy={save.isPending}>
          Save; it holds from the next request on
        </Button>
      </form>
    </Dialog>
  )
}

const lineOf = ({ model, weight }: ModelRoute['targets'][number]) => (weight === 1 ? model : `${model} ${weight}`)

/** Conditions are said over the API, and stay with their target. */
const targetsOf = (text: string, before: ModelRoute | undefined): ModelRoute['targets'] =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([model, weight]) => {
      if (!model) return []
      const when = before?.targets.find((target) => target.model === model)?.when
      return [{ model, weight: weight === undefined ? 1 : Number(weight), ...(when && { when }) }]
    })
