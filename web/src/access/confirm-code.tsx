/** Asks for a code where an approval was refused for the lack of one; the act is then tried again by its own button. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

export function ConfirmCode() {
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: () => client.confirmSession({ body: { code } }) })
  if (confirm.isSuccess)
    return (
      <p role="status" className="mt-3">
        Taken. Press the button again; for a quarter of an hour no code is asked for.
      </p>
    )
  const submit = () => code !== '' && confirm.mutate()
  return (
    <div className="mt-3 flex flex-wrap items-end gap-3">
      <TextField
        label="Code of your authenticator app"
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        onEnter={submit}
      />
      <Button tone="primary" busy={confirm.isPending} onClick={submit}>
        Confirm
      </Button>
      {confirm.error && (
        <p role="alert" className="w-full">
          {confirm.error.message}
        </p>
      )}
    </div>
  )
}
