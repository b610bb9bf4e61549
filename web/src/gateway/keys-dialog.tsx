/** The keys of a provider: a new one, which are in force, and which go. Stored ones stay without being sent again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import type { Provider } from '../data/shapes.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { KeySource, NO_KEY, sourceOf } from './key-source.tsx'

type Kept = { name: string; inForce: boolean }

/** Dialects that no client speaks say nothing of what they answer. */
const SPOKEN: ReadonlySet<string> = new Set(['openai', 'anthropic', 'azure'])

export function KeysDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const [kept, setKept] = useState<readonly Kept[]>(keptOf(provider))
  const [name, setName] = useState('')
  const [draft, setDraft] = useState(NO_KEY)
  const cache = useQueryClient()
  const { dialect, baseUrl, speaks } = provider
  const save = useMutation({
    mutationFn: async () => {
      const source = sourceOf(draft)
      return client.putProvider({
        params: { name: provider.name },
        body: {
          dialect,
          baseUrl,
          ...(SPOKEN.has(dialect) && speaks.length > 0 && { speaks }),
          credentials: [...kept, ...(source === undefined ? [] : [{ name: name || 'default', source, inForce: true }])],
        },
      })
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['provider'] })
      onClose()
    },
  })
  return (
    <Dialog title={say('keys-dialog.keys-of', { name: provider.name })} onClose={onClose}>
      <form
        className="flex flex-col gap-4 text-left"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {kept.length === 0 ? (
          <p className="text-muted">{say('keys-dialog.it-has-none')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {kept.map((one) => (
              <li key={one.name} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1 break-all font-medium">{one.name}</span>
                <label className="flex items-center gap-1.5">
                  <input
                    type="checkbox"
                    checked={one.inForce}
                    onChange={({ target: { checked } }) =>
                      setKept(kept.map((other) => (other === one ? { ...one, inForce: checked } : other)))
                    }
                  />
                  {say('keys-dialog.in-force')}
                </label>
                <Button
                  tone="quiet"
                  aria-label={say('keys-dialog.remove-2', { name: one.name })}
                  onClick={() => setKept(kept.filter((other) => other !== one))}
                >
                  {say('keys-dialog.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <TextField
          label={say('keys-dialog.name-of-a-new-key')}
          value={name}
          onChange={setName}
          hint={say('keys-dialog.lower-case-letters-digits-and-hyphens-default')}
        />
        <KeySource draft={draft} onChange={setDraft} />
        {save.error && <Trouble failure={save.error} />}
        <Button type="submit" tone="primary" busy={save.isPending}>
          {say('keys-dialog.save-it-holds-from-the-next-request')}
        </Button>
      </form>
    </Dialog>
  )
}

/** A folder's keys are one entry. */
const keptOf = ({ credentials }: Provider): Kept[] => [
  ...new Map(
    credentials.map(({ name, inForce }) => {
      const own = name.split('/')[0] ?? name
      return [own, { name: own, inForce }]
    }),
  ).values(),
]
