/** Who I am, how I sign in, and where I am signed in. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { list } from '../data/format.ts'
import { me } from '../data/queries.ts'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { Button } from '../ui/button.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { LanguageChoice } from './language-choice.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'

export function YouPart() {
  const query = useQuery(me)
  const leave = useMutation({ mutationFn: () => client.signOut(), onSuccess: () => window.location.reload() })
  return (
    <>
      <Section
        title={say('you-part.who-you-are')}
        actions={
          <Button busy={leave.isPending} onClick={() => leave.mutate()}>
            {say('you-part.sign-out')}
          </Button>
        }
      >
        <Loaded query={query} rows={4}>
          {(who) => (
            <Facts
              items={[
                [say('you-part.name'), who.name],
                [
                  <Term key="r" of="role">
                    {say('you-part.role')}
                  </Term>,
                  who.role,
                ],
                [say('you-part.you-may'), list(who.permissions)],
                [say('you-part.organisation'), who.organisation],
                [say('you-part.theme'), <ThemeSwitch key="t" />],
                [say('you-part.language'), <LanguageChoice key="l" />],
              ]}
            />
          )}
        </Loaded>
      </Section>
      <SecondFactorSection />
      <SessionsSection />
    </>
  )
}
