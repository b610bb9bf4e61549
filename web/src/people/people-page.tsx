/** People of an application: who is to learn, who has, and which duties are held without what they need. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
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
      title="People and training"
      actions={may('build') && <Button onClick={() => setNaming(true)}>Name users and overseers</Button>}
    >
      <Loaded query={query}>
        {(found) => (
          <>
            <Lead>{leadOf(found)}</Lead>
            <Section title="By group" note={<TextLink href="/training">What each group reads</TextLink>}>
              <GroupTable groups={found.groups} />
            </Section>
            <Section title="Duties without what they need" count={found.gaps.length}>
              {found.gaps.length === 0 ? (
                <p className="text-muted">Everybody who holds a duty has learnt for it, or nobody holds one.</p>
              ) : (
                <ul>
                  {found.gaps.map(({ duty, person, missing }) => (
                    <li key={duty} className="border-t border-line py-2 first:border-0">
                      <span className="font-medium">{person}</span> holds {duty} and lacks {missing.join(', ')}
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <Section title="People" count={found.learners.length}>
              <ul>
                {found.learners.map(({ person, group, finished, missing }) => (
                  <li
                    key={`${group}${person}`}
                    className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 first:border-0"
                  >
                    <span className="font-medium">{person}</span>
                    <Tag>{GROUP_WORDS[group].toLowerCase()}</Tag>
                    <span className={finished ? 'text-pass' : 'text-muted'}>
                      {finished ? 'finished' : `needs ${missing.join(', ')}`}
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
      : ` ${many(gaps.length, 'duty is', 'duties are')} held without what they need${onGap === 'block' ? ', and no more are given' : ''}.`
  if (users === 0) return `Nobody is named who uses it, so the check for trained users has no answer yet.${gapWords}`
  return `${short === 0 ? 'Every group has finished what was agreed.' : `${many(short, 'group is', 'groups are')} short of what was agreed.`}${gapWords}`
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
    <FormDialog title="Who uses it, and who watches it" onClose={onClose} doing={put} submit="Keep">
      <TextArea
        label="Users"
        hint="One name or address a line, as training records have it."
        rows={6}
        value={users}
        onChange={setUsers}
      />
      <TextArea
        label="Overseers"
        hint="They watch it and may overrule it. Builders and holders of duties name themselves in airworthy.yaml."
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
