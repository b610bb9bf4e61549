/** Settings: who I am and how I sign in, what is switched off, people, keys, the audit log. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { me, useMay } from '../data/queries.ts'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { Button } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { AuditSection } from './audit-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { SwitchesSection } from './switches-section.tsx'

export function SettingsPage() {
  const query = useQuery(me)
  const may = useMay()
  const leave = useMutation({ mutationFn: () => client.signOut(), onSuccess: () => window.location.reload() })
  return (
    <Page
      title="Settings"
      actions={
        <Button busy={leave.isPending} onClick={() => leave.mutate()}>
          Sign out
        </Button>
      }
    >
      <Section title="Who you are">
        <Loaded query={query} rows={4}>
          {(who) => (
            <Facts
              items={[
                ['name', who.name],
                [
                  <Term key="r" of="role">
                    role
                  </Term>,
                  who.role,
                ],
                ['you may', list(who.permissions)],
                ['organisation', who.organisation],
                ['theme', <ThemeSwitch key="t" />],
              ]}
            />
          )}
        </Loaded>
      </Section>
      <SecondFactorSection />
      <SessionsSection />
      <SwitchesSection />
      {may('administer') && <PeopleSection />}
      {may('audit') && <KeysSection />}
      {may('audit') && <AuditSection />}
    </Page>
  )
}
