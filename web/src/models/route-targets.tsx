/** The targets of a route, in the order in which they are asked: each a model, its weight, and what it is asked for. */
import { ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'
import { emptyTarget, type TargetDraft } from './route-draft.ts'

export function RouteTargets({
  targets,
  isWeighed,
  onChange,
}: {
  targets: readonly TargetDraft[]
  /** Whether weights count, as the strategy has it. */
  isWeighed: boolean
  onChange: (targets: readonly TargetDraft[]) => void
}) {
  const change = (key: number, part: Partial<TargetDraft>) =>
    onChange(targets.map((target) => (target.key === key ? { ...target, ...part } : target)))
  const moveUp = (at: number) => {
    const [moved] = targets.slice(at, at + 1)
    if (moved) onChange(targets.toSpliced(at, 1).toSpliced(at - 1, 0, moved))
  }
  const nextKey = Math.max(-1, ...targets.map(({ key }) => key)) + 1
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">{say('route-targets.targets')}</legend>
      {targets.map((target, at) => (
        <div key={target.key} className="flex flex-col gap-3 rounded border border-line p-3">
          <div className="flex items-end gap-2">
            <div className="min-w-0 grow">
              <TextField
                label={say('route-targets.model', { at: at + 1 })}
                value={target.model}
                onChange={(model) => change(target.key, { model })}
                required
              />
            </div>
            {at > 0 && (
              <Button
                tone="quiet"
                aria-label={say('route-targets.ask-model-earlier', { at: at + 1 })}
                onClick={() => moveUp(at)}
              >
                <ArrowUp size={16} aria-hidden />
              </Button>
            )}
            {targets.length > 1 && (
              <Button
                tone="quiet"
                aria-label={say('route-targets.remove-model', { at: at + 1 })}
                onClick={() => onChange(targets.filter(({ key }) => key !== target.key))}
              >
                <Trash2 size={16} aria-hidden />
              </Button>
            )}
          </div>
          {isWeighed && (
            <TextField
              label={say('route-targets.weight')}
              value={target.weight}
              onChange={(weight) => change(target.key, { weight })}
              hint={say('route-targets.only-proportions-count')}
              required
            />
          )}
          <Conditions target={target} onChange={(part) => change(target.key, part)} />
        </div>
      ))}
      <p className="text-muted">{say('route-targets.as-provider-model-for-example-openai-gpt')}</p>
      <Button className="self-start" onClick={() => onChange([...targets, emptyTarget(nextKey)])}>
        {say('route-targets.add-a-target')}
      </Button>
    </fieldset>
  )
}

function Conditions({ target, onChange }: { target: TargetDraft; onChange: (part: Partial<TargetDraft>) => void }) {
  // Only at first: it does not close while its fields are emptied.
  const [isOpen] = useState(isConditional(target))
  return (
    <details open={isOpen}>
      <summary className="text-muted">{say('route-targets.ask-it-only-for-some-requests')}</summary>
      <div className="mt-3 flex flex-col gap-3">
        <TextField
          label={say('route-targets.tasks')}
          value={target.tasks}
          onChange={(tasks) => onChange({ tasks })}
          hint={say('route-targets.as-requests-name-them-in-their-metadata')}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={say('route-targets.tokens-at-least')}
            type="number"
            min={0}
            value={target.atLeast}
            onChange={(atLeast) => onChange({ atLeast })}
          />
          <TextField
            label={say('route-targets.tokens-at-most')}
            type="number"
            min={0}
            value={target.atMost}
            onChange={(atMost) => onChange({ atMost })}
          />
        </div>
        <TextField
          label={say('route-targets.languages')}
          value={target.languages}
          onChange={(languages) => onChange({ languages })}
          hint={say('route-targets.two-letters-each-with-commas-between-de')}
        />
      </div>
    </details>
  )
}

const isConditional = ({ tasks, atLeast, atMost, languages }: TargetDraft): boolean =>
  [tasks, atLeast, atMost, languages].some((text) => text !== '')
