/** What an application says of itself, and which checks another profile would add or remove, each with its rule. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { application } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { type Profile, ProfileFields, useProfileInAddress } from './profile-fields.tsx'

type Preview = Awaited<ReturnType<typeof client.previewProfile>>

export function ProfilePage({ name }: { name: string }) {
  const query = useQuery(application(name))
  return (
    <Page
      title="Profile"
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/applications/${name}/blueprint`}>Blueprint</ButtonLink>}
    >
      <Lead>
        The <Term of="profile">profile</Term> decides what gates ask. Change it here to see what would come and what
        would go; nothing is changed until it stands in the blueprint.
      </Lead>
      <Loaded query={query} rows={8}>
        {({ documents }) => <Body name={name} before={(documents.profile?.value ?? {}) as Profile} />}
      </Loaded>
    </Page>
  )
}

function Body({ name, before }: { name: string; before: Profile }) {
  const { profile, changes, set } = useProfileInAddress(before)
  const preview = useQuery({
    queryKey: ['application', name, 'profile', profile],
    queryFn: () => client.previewProfile({ params: { name }, body: { profile } }),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <ProfileFields before={before} profile={profile} set={set} />
      <div aria-live="polite">
        <Loaded query={preview} rows={6}>
          {(found) => <PreviewView preview={found} isChanged={changes.length > 0} />}
        </Loaded>
        {changes.length > 0 && (
          <Section title="To make it so" note="in airworthy.yaml">
            <CodeBlock>{`profile:\n${changes.map(([axis, value]) => `  ${axis}: ${wordsOf(value)}`).join('\n')}`}</CodeBlock>
          </Section>
        )}
      </div>
    </div>
  )
}

const wordsOf = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value))

function PreviewView({ preview: { tier, added, removed }, isChanged }: { preview: Preview; isChanged: boolean }) {
  if (!isChanged)
    return (
      <p className="text-prose">
        It is in tier {tier.before}. <span className="text-muted">Change an answer to see what that does.</span>
      </p>
    )
  return (
    <>
      <p className="text-prose">
        {tier.before === tier.after ? `It stays in tier ${tier.after}.` : `Tier ${tier.before} becomes ${tier.after}.`}{' '}
        {added.length + removed.length === 0
          ? 'No check comes or goes.'
          : `${many(added.length, 'check comes', 'checks come')}, ${many(removed.length, 'goes', 'go')}.`}
      </p>
      {added.length > 0 && (
        <Section title="Asked then" count={added.length}>
          <Rows rows={added} />
        </Section>
      )}
      {removed.length > 0 && (
        <Section title="Not asked then" count={removed.length}>
          <Rows rows={removed} />
        </Section>
      )}
    </>
  )
}

const Rows = ({ rows }: { rows: Preview['added'] }) => (
  <ul>
    {rows.map(({ check, title, into, rule }) => (
      <li key={check} className="border-t border-line py-2 first:border-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{title}</span>
          <code className="font-mono text-[0.75rem] text-muted">{check}</code>
          <Tag>{into ? `gate into ${into}` : 'while in production'}</Tag>
        </p>
        <p className="prose-width text-muted">
          <Said text={rule?.words ?? 'Every application is asked it.'} />{' '}
          {rule && <span className="whitespace-nowrap">Rule {rule.rule}.</span>}
        </p>
      </li>
    ))}
  </ul>
)
