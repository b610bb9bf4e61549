/** An address that leads nowhere. */
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <p className="prose-width mb-4 text-prose">
        The address may be mistyped, or it is from another installation. Nothing was changed.
      </p>
      <ButtonLink href="/applications">All applications</ButtonLink>
    </Page>
  )
}
