/** What an invited person sees: for whom the invitation is, and a field for a password. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Logo } from '../shell/logo.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { NewPassword } from './new-password.tsx'

export function InvitationPage() {
  // It stands after the #, so that no server has it in a log; and it leaves the address bar once it was read.
  const [token] = useState(() => window.location.hash.slice(1))
  const query = useQuery({
    queryKey: ['invitation'],
    queryFn: () => client.readInvitation({ body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const accept = useMutation({
    mutationFn: (password: string) => client.acceptInvitation({ body: { token, password } }),
    onSuccess: () => window.location.replace('/'),
  })
  return (
    <main className="mx-auto flex min-h-dvh max-w-[32rem] flex-col justify-center px-6 py-16">
      <Logo />
      <h1 className="mt-8 text-display">{say('invitation.set-your-password')}</h1>
      <div className="mt-4">
        <Loaded query={query} rows={3}>
          {({ name, signInName }) => (
            <>
              <p className="mb-6 text-prose text-muted">
                {sayWith('invitation.this-invitation-is-for-you-will-sign', {
                  name,
                  signInName: <b className="text-text">{signInName}</b>,
                })}
              </p>
              <NewPassword
                failure={accept.error}
                busy={accept.isPending}
                button={say('invitation.set-it-and-sign-in')}
                onChosen={(password) => accept.mutate(password)}
              />
            </>
          )}
        </Loaded>
      </div>
    </main>
  )
}
