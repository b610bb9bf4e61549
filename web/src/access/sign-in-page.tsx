/** What somebody sees who is not signed in: there is no password; the server's own machine makes a link. */

import { Logo } from '../shell/logo.tsx'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'

export function SignInPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-[32rem] flex-col justify-center px-6 py-16">
      <Logo />
      <h1 className="mt-8 text-display">Open a link to sign in</h1>
      <p className="mt-3 text-prose text-muted">
        Airworthy has no password. Whoever can run commands on the server’s machine makes a link that signs one browser
        in.
      </p>
      <ol className="mt-6 flex list-decimal flex-col gap-4 pl-5 text-prose">
        <li>
          In a terminal, in the project’s folder, run
          <div className="mt-2">
            <Command text="npx airworthy open" />
          </div>
        </li>
        <li>Open the link that it prints. It works once, within ten minutes.</li>
        <li>You stay signed in for twelve hours in this browser.</li>
      </ol>
      <p className="mt-6 text-muted">
        The server prints such a link at each start too. If it runs on another machine, ask its owner for a link.
      </p>
      <div className="mt-6">
        <Button onClick={() => window.location.reload()}>I have signed in, try again</Button>
      </div>
    </main>
  )
}
