/** What somebody sees who is not signed in: name and password, the organisation's sign-on, or a link. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { Logo } from '../shell/logo.tsx'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { speakAnew } from '../words/languages.ts'
import { say } from '../words/say.ts'
import { PasswordForm } from './password-form.tsx'

/** Why the organisation's sign-on led back here. */
const REFUSED: Readonly<Record<string, string>> = {
  'access.oidc-no-role': say('sign-in.the-sign-on-knows-you-and-gives'),
  'access.oidc-name-taken': say('sign-in.your-address-belongs-to-somebody-else-here'),
  'access.actor-disabled': say('sign-in.you-may-not-act-here-any-more'),
  'access.oidc-refused': say('sign-in.the-sign-on-did-not-go-through'),
  'access.oidc-unreachable': say('sign-in.the-sign-on-does-not-answer-try'),
}

/** Read at once: the first page leads on to another address before anybody knows that they are not signed in. */
const refused = new URLSearchParams(window.location.search).get('refused')

export function SignInPage() {
  const methods = useQuery({ queryKey: ['sign-in-methods'], queryFn: () => client.listSignInMethods() }).data
  const cache = useQueryClient()
  return (
    <main className="mx-auto flex min-h-dvh max-w-[32rem] flex-col justify-center px-6 py-16">
      <Logo />
      <h1 className="mt-8 text-display">{say('sign-in.sign-in')}</h1>
      {refused !== null && (
        <p role="alert" className="mt-4 rounded border border-fail px-4 py-3">
          {REFUSED[refused] ?? say('sign-in.the-sign-on-did-not-go-through-2')}
        </p>
      )}
      {methods?.oidc && (
        <a
          href="/sign-in/oidc"
          className="mt-6 inline-flex min-h-9 items-center justify-center rounded border border-transparent bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover"
        >
          {say('sign-in.sign-in-with', { name: methods.oidc.name })}
        </a>
      )}
      {methods?.password && (
        <div className="mt-6">
          <PasswordForm onSignedIn={() => void speakAnew().then(() => cache.invalidateQueries())} />
        </div>
      )}
      <LinkHelp isOnlyWay={!methods?.password && !methods?.oidc} />
    </main>
  )
}

function LinkHelp({ isOnlyWay }: { isOnlyWay: boolean }) {
  const steps = (
    <>
      <ol className="mt-4 flex list-decimal flex-col gap-4 pl-5 text-prose">
        <li>
          {say('sign-in.in-a-terminal-in-the-projects-folder')}
          <div className="mt-2">
            <Command text="npx airworthy open" />
          </div>
        </li>
        <li>{say('sign-in.open-the-link-that-it-prints-it')}</li>
      </ol>
      <p className="mt-4 text-muted">{say('sign-in.the-server-prints-such-a-link-at')}</p>
      <div className="mt-4">
        <Button onClick={() => window.location.reload()}>{say('sign-in.i-have-signed-in-try-again')}</Button>
      </div>
    </>
  )
  if (!isOnlyWay)
    return (
      <details className="mt-8">
        <summary className="cursor-pointer text-muted">{say('sign-in.sign-in-with-a-link-from-the')}</summary>
        {steps}
      </details>
    )
  return (
    <>
      <p className="mt-3 text-prose text-muted">{say('sign-in.nobody-has-a-password-here-yet-whoever')}</p>
      {steps}
    </>
  )
}
