/** The inbox of approvals: what waits for me, what waits for others, and what was decided. */
import { useQuery } from '@tanstack/react-query'
import type { ServedApproval } from '../../../sdk/index.ts'
import { many } from '../data/format.ts'
import { approvals, useNames } from '../data/queries.ts'
import { Ago, Command, ExampleTag, Tag } from '../ui/bits.tsx'
import { ButtonLink, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { missingWords } from './approval-words.ts'
import { ApproverSection } from './approver-section.tsx'
import { STAGE_WORDS } from './stages.ts'

export function ApprovalsPage() {
  const query = useQuery(approvals)
  return (
    <Page
      title="Approvals"
      actions={
        <>
          <ButtonLink href="/oversight">Answers to look at</ButtonLink>
          <ButtonLink href="/waivers">Waivers</ButtonLink>
          <ButtonLink href="/findings">Findings</ButtonLink>
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
                title="Nobody was asked for an approval yet"
                command={<Command text="npx airworthy approve pilot" />}
              >
                Before the pilot and before production people sign for a release: once every other check of the gate is
                open, each under their duty, and never for what they made themselves.
              </Empty>
            )
          return (
            <>
              <Lead>
                {yours.length === 0 ? 'Nothing waits for you.' : `${many(yours.length, 'decision')} for you to make.`}
              </Lead>
              {[
                { title: 'Waiting for you', own: yours },
                { title: 'Waiting for others', own: others },
                { title: 'Decided', own: decided },
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
          {application} into {STAGE_WORDS[into]}
        </TextLink>
        <Tag>{state}</Tag>
        {solo && <Tag>not independent</Tag>}
        {example && <ExampleTag />}
      </p>
      <p className="text-muted">
        {nameOf(askedBy)} asked <Ago at={askedAt} />
        {state === 'asked' && `; still to sign: ${missingWords(approval)}; until ${until.slice(0, 10)}`}
        {state === 'given' && `; counts until ${until.slice(0, 10)} unless a check changes before`}
      </p>
    </li>
  )
}
