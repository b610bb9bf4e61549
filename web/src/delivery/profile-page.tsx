/** What an application says of itself, and which checks another profile would add or remove, each with its rule. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { application } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { type Profile, ProfileFields, useProfileInAddress } from './profile-fields.tsx'

type Preview = Awaited<ReturnType<typeof client.previewProfile>>

export function ProfilePage({ name }: { name: string }) {
  const query = useQuery(application(name))
  return (
    <Page
      title={say('profile.profile')}
      crumbs={[
        { label: say('profile.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={<ButtonLink href={`/applications/${name}/blueprint`}>{say('profile.blueprint')}</ButtonLink>}
    >
      <Lead>
        {sayWith('profile.the-decides-what-gates-ask-change-it', {
          term: <Term of="profile">{say('profile.profile-2')}</Term>,
        })}
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
          <Section title={say('profile.to-make-it-so')} note={say('profile.in-airworthy-yaml')}>
            <CodeBlock>
              {['profile:', ...changes.map(([axis, value]) => `  ${axis}: ${wordsOf(value)}`)].join('\n')}
            </CodeBlock>
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
        {sayWith('profile.it-is-in-tier', {
          before: tier.before,
          part: <span className="text-muted">{say('profile.change-an-answer-to-see-what-that')}</span>,
        })}
      </p>
    )
  return (
    <>
      <p className="text-prose">
        {tier.before === tier.after
          ? say('profile.it-stays-in-tier', { after: tier.after })
          : say('profile.tier-becomes', { before: tier.before, after: tier.after })}{' '}
        {added.length + removed.length === 0
          ? say('profile.no-check-comes-or-goes')
          : `${say('many.check-comes', { n: added.length })}, ${say('many.goes', { n: removed.length })}.`}
      </p>
      {added.length > 0 && (
        <Section title={say('profile.asked-then')} count={added.length}>
          <Rows rows={added} />
        </Section>
      )}
      {removed.length > 0 && (
        <Section title={say('profile.not-asked-then')} count={removed.length}>
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
          <Tag>{into ? say('profile.gate-into', { into }) : say('profile.while-in-production')}</Tag>
        </p>
        <p className="prose-width text-muted">
          <Said text={rule?.words ?? say('profile.every-application-is-asked-it')} />{' '}
          {rule && <span className="whitespace-nowrap">{sayWith('profile.rule', { rule: rule.rule })}</span>}
        </p>
      </li>
    ))}
  </ul>
)
