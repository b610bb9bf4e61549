/** Policies in force and who read them, and the standards that applications are held to. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { type Policy, policies, standards } from './queries.ts'

export function PoliciesPart() {
  const mayPublish = useMay()('administer')
  const query = useQuery(policies)
  const [editing, setEditing] = useState<Policy | 'new' | undefined>()
  return (
    <>
      <Section
        title={say('policies.policies')}
        note={say('policies.a-new-version-makes-acknowledgements-stale')}
        actions={mayPublish && <Button onClick={() => setEditing('new')}>{say('policies.publish-a-policy')}</Button>}
      >
        <Loaded query={query} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title={say('policies.no-policy-yet')}
                command={<Command text="airworthy policies publish use-of-ai policy.md" />}
              >
                {say('policies.what-your-organisation-says-about-the')}
              </Empty>
            ) : (
              <ul>
                {items.map((policy) => (
                  <PolicyRow key={policy.id} policy={policy} edit={mayPublish ? () => setEditing(policy) : undefined} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      <StandardsSection />
      {editing && (
        <PublishPolicy before={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  )
}

function PolicyRow({ policy, edit }: { policy: Policy; edit: (() => void) | undefined }) {
  const { name, version, title, text, isRequired, mine, people, checks, createdAt } = policy
  const cache = useQueryClient()
  const acknowledge = useMutation({
    mutationFn: () => client.acknowledgePolicy({ params: { policy: name }, body: { version } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['policy'] }),
  })
  const read = people.filter(({ standing }) => standing === 'acknowledged').length
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <Tag>{say('policies.version', { version })}</Tag>
        {isRequired && <Tag tone="text-accent">{say('policies.required-to-freeze')}</Tag>}
        <Tag tone={mine === 'acknowledged' ? 'text-pass' : 'text-stale'}>
          {
            {
              acknowledged: say('policies.you-read-it'),
              stale: say('policies.you-read-an-older-version'),
              missing: say('policies.you-have-not-read-it'),
            }[mine]
          }
        </Tag>
        {edit && (
          <Button tone="quiet" className="ml-auto" onClick={edit}>
            {say('policies.new-version')}
            <span className="sr-only"> {say('policies.of', { title })}</span>
          </Button>
        )}
      </div>
      <p className="text-muted">
        <span className="font-mono text-[0.75rem]">{name}</span>, <Ago at={createdAt} />.{' '}
        {people.length === 0
          ? say('policies.nobody-has-acknowledged-it-yet')
          : say('policies.of-people-who-acknowledged-it-have', { read, people: people.length })}
        {checks.length > 0 && say('policies.shown-by', { checks: checks.join(', ') })}
      </p>
      <details className="mt-1">
        <summary className="w-fit rounded text-muted underline">{say('policies.read-it')}</summary>
        <p className="prose-width mt-2 border-l border-line pl-3 whitespace-pre-wrap">{text}</p>
        {acknowledge.error && <Trouble failure={acknowledge.error} />}
        {mine !== 'acknowledged' && (
          <div className="mt-2">
            <Button tone="primary" busy={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
              {say('policies.i-have-read-it')}
            </Button>
          </div>
        )}
      </details>
    </li>
  )
}

function PublishPolicy({ before, onClose }: { before: Policy | undefined; onClose: () => void }) {
  const [name, setName] = useState<string>(before?.name ?? '')
  const [title, setTitle] = useState(before?.title ?? '')
  const [text, setText] = useState(before?.text ?? '')
  const [required, setRequired] = useState(before?.isRequired ? 'yes' : 'no')
  const cache = useQueryClient()
  const publish = useMutation({
    mutationFn: () =>
      client.publishPolicy({
        params: { policy: name },
        body: { title, text, isRequired: required === 'yes', ...(before && { checks: before.checks }) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['policy'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={before ? say('policies.new-version-of', { title: before.title }) : say('policies.publish-a-policy')}
      onClose={onClose}
      doing={publish}
      submit={say('policies.publish')}
    >
      {!before && (
        <TextField
          label={say('policies.name')}
          hint={say('policies.for-example-use-of-ai')}
          value={name}
          onChange={setName}
          required
        />
      )}
      <TextField label={say('policies.title')} value={title} onChange={setTitle} required />
      <TextArea label={say('policies.text')} rows={10} value={text} onChange={setText} minLength={1} />
      <Choice
        label={say('policies.must-whoever-freezes-a-release-have')}
        value={required}
        onChange={setRequired}
        options={[
          ['no', say('policies.no')],
          ['yes', say('policies.yes')],
        ]}
      />
    </FormDialog>
  )
}

function StandardsSection() {
  const mayAdminister = useMay()('administer')
  const query = useQuery(standards)
  const cache = useQueryClient()
  const [text, setText] = useState<string | undefined>()
  const put = useMutation({
    mutationFn: (body: string) => client.putStandards({ body: JSON.parse(body) }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['policy'] })
      setText(undefined)
    },
  })
  return (
    <Section title={say('policies.standards')} note={say('policies.new-applications-inherit-them-a-freeze')}>
      <Loaded query={query} rows={4}>
        {({ standards: found }) => (
          <>
            {found ? (
              <ul className="prose-width flex flex-col gap-1">
                <li>
                  {say('policies.models')} {found.content.models.join(', ') || say('policies.all-that-are-approved')}
                </li>
                <li>
                  {say('policies.templates')} {found.content.templates.join(', ') || say('policies.all')}
                </li>
                <li>
                  {say('policies.given-to-new-applications')}{' '}
                  {Object.keys(found.content.defaults).join(', ') || say('policies.nothing')}
                </li>
                <li>
                  {say('policies.fixed-in-every-release')} {found.content.fixed.join(', ') || say('policies.nothing')}
                </li>
                <li className="text-muted">
                  {say('policies.version-2', { version: found.version })} <Ago at={found.createdAt} />
                </li>
              </ul>
            ) : (
              <p className="text-muted">{say('policies.there-are-no-standards-yet-everything')}</p>
            )}
            {mayAdminister && text === undefined && (
              <div className="mt-3">
                <Button onClick={() => setText(JSON.stringify(found?.content ?? START, null, 2))}>
                  {say('policies.change-them')}
                </Button>
              </div>
            )}
            {text !== undefined && (
              <form
                className="mt-3 flex max-w-[40rem] flex-col gap-3"
                onSubmit={(event) => {
                  event.preventDefault()
                  put.mutate(text)
                }}
              >
                <TextArea
                  label={say('policies.standards-as-json')}
                  hint={say('policies.models-may-hold-defaults-are-parts')}
                  rows={12}
                  value={text}
                  onChange={setText}
                />
                {put.error && <Trouble failure={put.error} />}
                <span className="flex gap-2">
                  <Button type="submit" tone="primary" busy={put.isPending}>
                    {say('policies.keep')}
                  </Button>
                  <Button onClick={() => setText(undefined)}>{say('policies.take-back')}</Button>
                </span>
              </form>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

const START = {
  models: [],
  templates: [],
  defaults: { privacy: { retention: { tracesDays: 90 } } },
  fixed: ['privacy'],
}
