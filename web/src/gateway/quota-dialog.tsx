/** What a provider, or one of its models, may be asked in a minute, where its answers do not say. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

const COUNTED = ['requests', 'tokens', 'input-tokens', 'output-tokens'] as const

/** Left empty is not said, `none` is without a limit. */
const limitsOf = (texts: Readonly<Record<string, string>>) =>
  COUNTED.flatMap((counted) => {
    const text = (texts[counted] ?? '').trim()
    if (text === '') return []
    const limit = Number(text)
    // What is no number would leave as null, which says that there is no limit.
    if (text !== 'none' && !(Number.isInteger(limit) && limit > 0))
      throw new Error(say('quota-dialog.is-no-whole-number', { text }))
    return [{ counted, per: 'minute' as const, limit: text === 'none' ? null : limit }]
  })

export function QuotaDialog({ provider, onClose }: { provider: string; onClose: () => void }) {
  const [model, setModel] = useState('')
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: async () =>
      client.declareQuota({
        body: { target: model === '' ? provider : `${provider}/${model}`, limits: limitsOf(texts) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['quotas'] })
      await cache.invalidateQueries({ queryKey: ['job', 'load-runs'] })
      onClose()
    },
  })
  const labels = {
    requests: say('quota-dialog.requests-a-minute'),
    tokens: say('quota-dialog.tokens-a-minute'),
    'input-tokens': say('quota-dialog.tokens-in-a-minute'),
    'output-tokens': say('quota-dialog.tokens-out-a-minute'),
  }
  return (
    <Dialog title={say('quota-dialog.quota-of', { name: provider })} onClose={onClose}>
      <form
        className="flex flex-col gap-4 text-left"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <p className="text-muted">{say('quota-dialog.what-its-answers-say-is-read')}</p>
        <TextField
          label={say('quota-dialog.model')}
          value={model}
          onChange={setModel}
          hint={say('quota-dialog.its-name-at-the-provider-left')}
        />
        {COUNTED.map((counted) => (
          <TextField
            key={counted}
            label={labels[counted]}
            value={texts[counted] ?? ''}
            onChange={(text) => setTexts({ ...texts, [counted]: text })}
          />
        ))}
        {save.error && <Trouble failure={save.error} />}
        <Button type="submit" tone="primary" busy={save.isPending}>
          {say('quota-dialog.declare-it')}
        </Button>
      </form>
    </Dialog>
  )
}
