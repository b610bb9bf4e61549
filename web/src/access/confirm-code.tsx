/** Asks for a code where an approval was refused for the lack of one; the act is then tried again by its own button. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'

export function ConfirmCode() {
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: () => client.confirmSession({ body: { code } }) })
  if (confirm.isSuccess)
    return (
      <p role="status" className="mt-3">
        {say('confirm-code.taken-press-the-button-again-for-a')}
      </p>
    )
  const submit = () => code !== '' && confirm.mutate()
  return (
    <div className="mt-3 flex flex-wrap items-end gap-3">
      <TextField
        label={say('confirm-code.code-of-your-authenticator-app')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        onEnter={submit}
      />
      <Button tone="primary" busy={confirm.isPending} onClick={submit}>
        {say('confirm-code.confirm')}
      </Button>
      {confirm.error && (
        <p role="alert" className="w-full">
          {confirm.error.message}
        </p>
      )}
    </div>
  )
}
