/** An address that leads nowhere. */
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { say } from '../words/say.ts'

export function NotFoundPage() {
  return (
    <Page title={say('not-found.there-is-no-such-page')}>
      <p className="prose-width mb-4 text-prose">{say('not-found.the-address-may-be-mistyped-or-it')}</p>
      <ButtonLink href="/applications">{say('not-found.all-applications')}</ButtonLink>
    </Page>
  )
}
