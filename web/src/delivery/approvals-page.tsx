/** The inbox of approvals: what waits for me, what waits for others, and what was decided. */
import { useQuery } from '@tanstack/react-query'
import type { ServedApproval } from '../../../sdk/index.ts'
import { approvals, useNames } from '../data/queries.ts'
import { Ago, Command, ExampleTag, Tag } from '../ui/bits.tsx'
import { ButtonLink, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'
import { missingWords } from './approval-words.ts'
import { ApproverSection } from './approver-section.tsx'
import { STAGE_WORDS } from './stages.ts'

export function ApprovalsPage() {
  const query = useQuery(approvals)
  return (
    <Page
      title={say('approvals.approvals')}
      actions={
        <>
          <ButtonLink href="/oversight">{say('approvals.answers-to-look-at')}</ButtonLink>
          <ButtonLink href="/waivers">{say('approvals.waivers')}</ButtonLink>
          <ButtonLink href="/findings">{say('approvals.findings')}</ButtonLink>
        </>
      }
    >
      <Loaded query={query}>
        {({ items }) => {
          const yours = items.filter((one) => one.yours)
          const others = items.filter((one) => one.state === 'asked' && !one.yours)
          const decided = items.filter((one) => one.state !== 'asked')
          if (items.length === 0)
            return (
              <Empty
                title={say('approvals.nobody-was-asked-for-an-approval-yet')}
                command={<Command text="npx airworthy approve pilot" />}
              >
                {say('approvals.before-the-pilot-and-before-production-people')}
              </Empty>
            )
          return (
            <>
              <Lead>
                {yours.length === 0
                  ? say('approvals.nothing-waits-for-you')
                  : say('approvals.for-you-to-make', { decisions: say('many.decision', { n: yours.length }) })}
              </Lead>
              {[
                { title: say('approvals.waiting-for-you'), own: yours },
                { title: say('approvals.waiting-for-others'), own: others },
                { title: say('approvals.decided'), own: decided },
              ]
                .filter(({ own }) => own.length > 0)
                .map(({ title, own }) => (
                  <Section key={title} title={title} count={own.length}>
                    <ul>
                      {own.map((approval) => (
                        <ApprovalRow key={approval.id} approval={approval} />
                      ))}
                    </ul>
                  </Section>
                ))}
              <ApproverSection />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function ApprovalRow({ approval }: { approval: ServedApproval }) {
  const nameOf = useNames()
  const { id, application, into, state, askedAt, askedBy, until, solo, example } = approval
  return (
    <li className="border-t border-line py-3 first:border-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <TextLink href={`/approvals/${id}`} className="font-medium">
          {sayWith('approvals.into', { application, into: STAGE_WORDS[into] })}
        </TextLink>
        <Tag>{stateWord(state)}</Tag>
        {solo && <Tag>{say('approvals.not-independent')}</Tag>}
        {example && <ExampleTag />}
      </p>
      <p className="text-muted">
        {sayWith('approvals.asked', {
          askedBy: nameOf(askedBy),
          when: <Ago at={askedAt} />,
          state:
            state === 'asked' &&
            say('approvals.still-to-sign-until', { missingWords: missingWords(approval), until: until.slice(0, 10) }),
          state2:
            state === 'given' &&
            say('approvals.counts-until-unless-a-check-changes-before', { until: until.slice(0, 10) }),
        })}
      </p>
    </li>
  )
}
