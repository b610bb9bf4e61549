/** A server of one's own, attached by its address alone. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
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
    <Dialog title="Attach a server" onClose={onClose}>
      {attach.data ? (
        <div className="flex flex-col gap-3 text-left">
          <p role="status">
            <b className="font-medium">{attach.data.provider.name}</b> is {sayLoad(attach.data.load)}.
          </p>
          <ul className="flex flex-col gap-1">
            {attach.data.models.map((model) => (
              <li key={model} className="font-mono text-[0.75rem] break-all">
                {model}
              </li>
            ))}
          </ul>
          <p className="text-muted">They can be asked in the sandbox from now on; beyond it each wants an approval.</p>
          <Button tone="primary" onClick={onClose}>
            Done
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
            label="Address"
            value={address}
            onChange={setAddress}
            required
            hint="Of vLLM, llama.cpp, Ollama, TGI or another server of chat completions, for example http://10.0.0.7:8000."
          />
          <TextField label="Name" value={name} onChange={setName} hint="Left empty: what it turns out to be." />
          <TextField
            label="Key"
            type="password"
            autoComplete="off"
            value={credential}
            onChange={setCredential}
            hint="If the server was started with one; kept encrypted, never shown."
          />
          {attach.error && <Trouble failure={attach.error} />}
          <Button type="submit" tone="primary" busy={attach.isPending}>
            Look at it and attach it
          </Button>
        </form>
      )}
    </Dialog>
  )
}
