/** Settings, in parts with addresses of their own; a part that the one who looks may not see is not offered. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { AuditSection } from '../access/audit-section.tsx'
import { CapsSection } from '../access/caps-section.tsx'
import { KeysSection } from '../access/keys-section.tsx'
import { PeopleSection } from '../access/people-section.tsx'
import { SwitchesSection } from '../access/switches-section.tsx'
import { YouPart } from '../access/you-part.tsx'
import { type Permission, useMay } from '../data/queries.ts'
import { PoliciesPart } from '../law/policies-part.tsx'
import { MailPart } from '../mail/mail-part.tsx'
import { RoutesSection } from '../models/routes-section.tsx'
import { SafetyPart } from '../posture/safety-part.tsx'
import { PrivacyPart } from '../privacy/privacy-part.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Page } from '../ui/page.tsx'
import { WebhooksSection } from '../webhooks/webhooks-section.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

type Part = { place: string; label: string; needs?: Permission; content: ReactNode }

const PARTS: readonly Part[] = [
  { place: '', label: say('settings.you'), content: <YouPart /> },
  { place: 'people', label: say('settings.people'), needs: 'administer', content: <PeopleSection /> },
  {
    place: 'keys',
    label: say('settings.keys-and-caps'),
    needs: 'audit',
    content: (
      <>
        <KeysSection />
        <CapsSection />
      </>
    ),
  },
  { place: 'routes', label: say('settings.routes'), content: <RoutesSection /> },
  { place: 'switches', label: say('settings.switches'), content: <SwitchesSection /> },
  { place: 'webhooks', label: say('settings.webhooks'), needs: 'operate', content: <WebhooksSection /> },
  { place: 'mail', label: say('settings.mail'), needs: 'operate', content: <MailPart /> },
  { place: 'policies', label: say('settings.policies'), content: <PoliciesPart /> },
  { place: 'privacy', label: say('settings.privacy'), content: <PrivacyPart /> },
  { place: 'safety', label: say('settings.safety'), needs: 'audit', content: <SafetyPart /> },
  { place: 'audit', label: say('settings.audit-log'), needs: 'audit', content: <AuditSection /> },
]

export function SettingsPage({ part = '' }: { part?: string }) {
  const may = useMay()
  const shown = PARTS.find(({ place }) => place === part)
  if (!shown) return <NotFoundPage />
  const offered = PARTS.filter(({ needs }) => needs === undefined || may(needs))
  return (
    <Page title={part === '' ? say('settings.settings') : shown.label} crumbs={part === '' ? TOP : SETTINGS}>
      <nav
        aria-label={say('settings.parts-of-the-settings')}
        className="mb-6 flex flex-wrap gap-x-1 gap-y-1 border-b border-line pb-2"
      >
        {offered.map(({ place, label }) => (
          <Link
            key={place}
            href={place === '' ? '/settings' : `/settings/${place}`}
            aria-current={place === part ? 'page' : undefined}
            className={`rounded px-3 py-1.5 hover:bg-hover ${place === part ? 'bg-sunken font-medium text-text' : 'text-muted'}`}
          >
            {label}
          </Link>
        ))}
      </nav>
      {shown.needs !== undefined && !may(shown.needs) ? (
        <p className="text-muted">{sayWith('settings.your-role-does-not-show-this-it', { needs: shown.needs })}</p>
      ) : (
        shown.content
      )}
    </Page>
  )
}

const TOP: readonly { label: string; href: string }[] = []
const SETTINGS = [{ label: say('settings.settings'), href: '/settings' }] as const
