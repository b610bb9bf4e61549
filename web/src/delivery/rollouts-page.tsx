/** All rollouts: the open ones first. */
import { useQuery } from '@tanstack/react-query'
import { rollouts } from '../data/queries.ts'
import { Command } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { isOpen } from './rollout-state.tsx'
import { RolloutTable } from './rollout-table.tsx'

export function RolloutsPage() {
  const query = useQuery(rollouts({}))
  return (
    <Page title={say('rollouts.rollouts')}>
      <Loaded query={query}>
        {({ items }) => {
          const open = items.filter(({ state }) => isOpen(state))
          const ended = items.filter(({ state }) => !isOpen(state))
          if (items.length === 0)
            return (
              <Empty
                title={say('rollouts.no-rollout-yet')}
                command={<Command text="npx airworthy promote poc" />}
                action={
                  <ButtonLink tone="primary" href="/applications">
                    {say('rollouts.choose-an-application')}
                  </ButtonLink>
                }
              >
                {say('rollouts.when-a-release-is-promoted-into-a')}
              </Empty>
            )
          return (
            <>
              {open.length > 0 && (
                <Section title={say('rollouts.under-way')} count={open.length}>
                  <RolloutTable items={open} withApplication />
                </Section>
              )}
              {ended.length > 0 && (
                <Section title={say('rollouts.ended')} count={ended.length}>
                  <RolloutTable items={ended} withApplication />
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
