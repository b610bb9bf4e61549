/** A server of one's own, attached by its address alone. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { sayLoad } from './provider-row.tsx'

export function AttachDialog({ onClose }: { onClose: () => void }) {
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [credential, setCredential] = useState('')
  const cache = useQueryClient()
  const attach = useMutation({
    mutationFn: () =>
      client.attachProvider({
        body: { address, ...(name !== '' && { name }), ...(credential !== '' && { credential }) },
      }),
    onSuccess: async () => {
      setCredential('')
      await cache.invalidateQueries({ queryKey: ['provider'] })
      await cache.invalidateQueries({ queryKey: ['model-card'] })
    },
  })
  return (
    <Dialog title={say('attach-dialog.attach-a-server')} onClose={onClose}>
      {attach.data ? (
        <div className="flex flex-col gap-3 text-left">
          <p role="status">
            {sayWith('attach-dialog.is', {
              name: <b className="font-medium">{attach.data.provider.name}</b>,
              sayLoad: sayLoad(attach.data.load),
            })}
          </p>
          <ul className="flex flex-col gap-1">
            {attach.data.models.map((model) => (
              <li key={model} className="font-mono text-[0.75rem] break-all">
                {model}
              </li>
            ))}
          </ul>
          <p className="text-muted">{say('attach-dialog.they-can-be-asked-in-the-sandbox')}</p>
          <Button tone="primary" onClick={onClose}>
            {say('attach-dialog.done')}
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col gap-4 text-left"
          onSubmit={(event) => {
            event.preventDefault()
            attach.mutate()
          }}
        >
          <TextField
            label={say('attach-dialog.address')}
            value={address}
            onChange={setAddress}
            required
            hint={say('attach-dialog.of-vllm-llama-cpp-ollama-tgi-or')}
          />
          <TextField
            label={say('attach-dialog.name')}
            value={name}
            onChange={setName}
            hint={say('attach-dialog.left-empty-what-it-turns-out-to')}
          />
          <TextField
            label={say('attach-dialog.key')}
            type="password"
            autoComplete="off"
            value={credential}
            onChange={setCredential}
            hint={say('attach-dialog.if-the-server-was-started-with-one')}
          />
          {attach.error && <Trouble failure={attach.error} />}
          <Button type="submit" tone="primary" busy={attach.isPending}>
            {say('attach-dialog.look-at-it-and-attach-it')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}
