/** All rollouts: the open ones first. */
import { useQuery } from '@tanstack/react-query'
import { rollouts } from '../data/queries.ts'
import { Command } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { isOpen } from './rollout-state.tsx'
import { RolloutTable } from './rollout-table.tsx'

export function RolloutsPage() {
  const query = useQuery(rollouts({}))
  return (
    <Page title="Rollouts">
      <Loaded query={query}>
        {({ items }) => {
          const open = items.filter(({ state }) => isOpen(state))
          const ended = items.filter(({ state }) => !isOpen(state))
          if (items.length === 0)
            return (
              <Empty
                title="No rollout yet"
                command={<Command text="npx airworthy promote poc" />}
                action={
                  <ButtonLink tone="primary" href="/applications">
                    Choose an application
                  </ButtonLink>
                }
              >
                When a release is promoted into a stage where another one answers, it takes over step by step. Each such
                move will be here, live.
              </Empty>
            )
          return (
            <>
              {open.length > 0 && (
                <Section title="Under way" count={open.length}>
                  <RolloutTable items={open} withApplication />
                </Section>
              )}
              {ended.length > 0 && (
                <Section title="Ended" count={ended.length}>
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
