/** What somebody sees who is not signed in: name and password, the organisation's sign-on, or a link. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { Logo } from '../shell/logo.tsx'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { PasswordForm } from './password-form.tsx'

/** Why the organisation's sign-on led back here. */
const REFUSED: Readonly<Record<string, string>> = {
  'access.oidc-no-role': 'The sign-on knows you and gives you no role here. Ask an owner which group it takes.',
  'access.oidc-name-taken': 'Your address belongs to somebody else here already. Ask an owner.',
  'access.actor-disabled': 'You may not act here any more. Ask an owner.',
  'access.oidc-refused': 'The sign-on did not go through. Begin again; the server’s log says why.',
  'access.oidc-unreachable': 'The sign-on does not answer. Try again in a minute, or sign in another way.',
}

/** Read at once: the first page leads on to another address before anybody knows that they are not signed in. */
const refused = new URLSearchParams(window.location.search).get('refused')

export function SignInPage() {
  const methods = useQuery({ queryKey: ['sign-in-methods'], queryFn: () => client.listSignInMethods() }).data
  const cache = useQueryClient()
  return (
    <main className="mx-auto flex min-h-dvh max-w-[32rem] flex-col justify-center px-6 py-16">
      <Logo />
      <h1 className="mt-8 text-display">Sign in</h1>
      {refused !== null && (
        <p role="alert" className="mt-4 rounded border border-fail px-4 py-3">
          {REFUSED[refused] ?? 'The sign-on did not go through. Begin again.'}
        </p>
      )}
      {methods?.oidc && (
        <a
          href="/sign-in/oidc"
          className="mt-6 inline-flex min-h-9 items-center justify-center rounded border border-transparent bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover"
        >
          Sign in with {methods.oidc.name}
        </a>
      )}
      {methods?.password && (
        <div className="mt-6">
          <PasswordForm onSignedIn={() => void cache.invalidateQueries()} />
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
          In a terminal, in the project’s folder, run
          <div className="mt-2">
            <Command text="npx airworthy open" />
          </div>
        </li>
        <li>Open the link that it prints. It works once, within ten minutes.</li>
      </ol>
      <p className="mt-4 text-muted">
        The server prints such a link at each start too. If it runs on another machine, ask its owner for a link.
      </p>
      <div className="mt-4">
        <Button onClick={() => window.location.reload()}>I have signed in, try again</Button>
      </div>
    </>
  )
  if (!isOnlyWay)
    return (
      <details className="mt-8">
        <summary className="cursor-pointer text-muted">Sign in with a link from the server’s machine</summary>
        {steps}
      </details>
    )
  return (
    <>
      <p className="mt-3 text-prose text-muted">
        Nobody has a password here yet. Whoever can run commands on the server’s machine makes a link that signs one
        browser in.
      </p>
      {steps}
    </>
  )
}
