/** People of an application: who is to learn, who has, and which duties are held without what they need. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { GROUP_WORDS, GroupTable } from './group-table.tsx'
import { PeopleFrame } from './people-frame.tsx'
import { type ApplicationTraining, applicationTraining } from './queries.ts'

export function PeoplePage({ name }: { name: string }) {
  const [naming, setNaming] = useState(false)
  const query = useQuery(applicationTraining(name))
  const may = useMay()
  return (
    <PeopleFrame
      name={name}
      title={say('people.people-and-training')}
      actions={
        may('build') && <Button onClick={() => setNaming(true)}>{say('people.name-users-and-overseers')}</Button>
      }
    >
      <Loaded query={query}>
        {(found) => (
          <>
            <Lead>{leadOf(found)}</Lead>
            <Section
              title={say('people.by-group')}
              note={<TextLink href="/training">{say('people.what-each-group-reads')}</TextLink>}
            >
              <GroupTable groups={found.groups} />
            </Section>
            <Section title={say('people.duties-without-what-they-need')} count={found.gaps.length}>
              {found.gaps.length === 0 ? (
                <p className="text-muted">{say('people.everybody-who-holds-a-duty-has')}</p>
              ) : (
                <ul>
                  {found.gaps.map(({ duty, person, missing }) => (
                    <li key={duty} className="border-t border-line py-2 first:border-0">
                      <span className="font-medium">{person}</span>{' '}
                      {say('people.holds-and-lacks', { duty, missing: missing.join(', ') })}
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <Section title={say('people.people')} count={found.learners.length}>
              <ul>
                {found.learners.map(({ person, group, finished, missing }) => (
                  <li
                    key={`${group}${person}`}
                    className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 first:border-0"
                  >
                    <span className="font-medium">{person}</span>
                    <Tag>{GROUP_WORDS[group].toLowerCase()}</Tag>
                    <span className={finished ? 'text-pass' : 'text-muted'}>
                      {finished ? say('people.finished') : say('people.needs', { missing: missing.join(', ') })}
                    </span>
                  </li>
                ))}
              </ul>
            </Section>
            {naming && <NameLearners name={name} found={found} onClose={() => setNaming(false)} />}
          </>
        )}
      </Loaded>
    </PeopleFrame>
  )
}

function leadOf({ groups, gaps, onGap }: ApplicationTraining): string {
  const users = groups.find(({ group }) => group === 'consumers')?.people ?? 0
  const short = groups.filter(({ isMet }) => isMet === false).length
  const gapWords =
    gaps.length === 0
      ? ''
      : say('people.held-without-what-they-need', {
          n: gaps.length,
          onGapSaid: onGap === 'block' ? say('people.and-no-more-are-given') : '',
        })
  if (users === 0) return say('people.nobody-is-named-who-uses-it', { gapWords })
  return `${short === 0 ? say('people.every-group-has-finished-what-was') : say('people.short-of-what-was-agreed', { n: short })}${gapWords}`
}

function NameLearners({ name, found, onClose }: { name: string; found: ApplicationTraining; onClose: () => void }) {
  const named = (kind: 'users' | 'overseers') =>
    found.learners
      .filter(({ isNamed, oversees }) => isNamed && oversees === (kind === 'overseers'))
      .map(({ person }) => person)
      .join('\n')
  const [users, setUsers] = useState(() => named('users'))
  const [overseers, setOverseers] = useState(() => named('overseers'))
  const cache = useQueryClient()
  const put = useMutation({
    mutationFn: () =>
      client.putLearners({ params: { name }, body: { users: linesOf(users), overseers: linesOf(overseers) } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['training'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('people.who-uses-it-and-who-watches')}
      onClose={onClose}
      doing={put}
      submit={say('people.keep')}
    >
      <TextArea
        label={say('people.users')}
        hint={say('people.one-name-or-address-a-line')}
        rows={6}
        value={users}
        onChange={setUsers}
      />
      <TextArea
        label={say('people.overseers')}
        hint={say('people.they-watch-it-and-may-overrule')}
        rows={3}
        value={overseers}
        onChange={setOverseers}
      />
    </FormDialog>
  )
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
