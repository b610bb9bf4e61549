/** Setting or changing one's own password. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { me } from '../data/queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'
import { NewPassword } from './new-password.tsx'

export function PasswordDialog({ hasOne, onClose }: { hasOne: boolean; onClose: () => void }) {
  const cache = useQueryClient()
  const [current, setCurrent] = useState('')
  const [signInName, setSignInName] = useState('')
  const set = useMutation({
    mutationFn: (password: string) =>
      client.setPassword({ body: { password, ...(hasOne ? { current } : signInName ? { signInName } : {}) } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['second-factor'] })
      await cache.invalidateQueries({ queryKey: ['session'] })
      await cache.invalidateQueries({ queryKey: me.queryKey })
      onClose()
    },
  })
  return (
    <Dialog
      title={hasOne ? say('password-dialog.change-your-password') : say('password-dialog.set-a-password')}
      onClose={onClose}
    >
      <NewPassword
        before={
          hasOne ? (
            <TextField
              label={say('password-dialog.present-password')}
              type="password"
              value={current}
              onChange={setCurrent}
              required
              autoComplete="current-password"
            />
          ) : (
            <TextField
              label={say('password-dialog.sign-in-as')}
              value={signInName}
              onChange={setSignInName}
              autoComplete="username"
              hint={say('password-dialog.your-e-mail-address-or-a-short')}
            />
          )
        }
        failure={set.error}
        busy={set.isPending}
        button={say('password-dialog.set-it-and-sign-my-other-browsers')}
        onChosen={(password) => set.mutate(password)}
      />
    </Dialog>
  )
}
