/** Everything on its way, by the five phases of LLMOps: from the idea to what was learnt from use. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { applicationNames } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PHASE_WORDS, stateWord } from '../words/states.ts'
import { type Phase, type PhasedObject, phasedObjects } from './queries.ts'

const KINDS: Readonly<Record<PhasedObject['kind'], string>> = {
  idea: say('phases.kind-idea'),
  release: say('phases.kind-release'),
  experiment: say('phases.kind-experiment'),
  approval: say('phases.kind-approval'),
  rollout: say('phases.kind-rollout'),
  alert: say('phases.kind-alert'),
  incident: say('phases.kind-incident'),
  mitigation: say('phases.kind-mitigation'),
}
const SAYS: Readonly<Record<Phase, string>> = {
  discovery: say('phases.what-might-be-worth-doing'),
  development: say('phases.what-is-built-and-measured'),
  deployment: say('phases.what-is-on-its-way-to'),
  monitoring: say('phases.what-people-use-and-what-somebody'),
  improvement: say('phases.what-was-learnt-from-use-and'),
}

export function PhasesPage() {
  const [search, setSearch] = useSearchParams()
  const phase = (search.get('phase') ?? '') as Phase | ''
  const application = search.get('application') ?? ''
  const query = useQuery({
    ...phasedObjects(phase || undefined, application || undefined),
    placeholderData: keepPreviousData,
  })
  const names = useQuery(applicationNames).data?.items ?? []
  const choose = (name: string, value: string) =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (value === '') next.delete(name)
      else next.set(name, value)
      return next
    })
  return (
    <Page title={say('phases.by-phase')}>
      <div className="mb-6 flex flex-wrap gap-4">
        <Choice
          label={say('phases.phase')}
          value={phase}
          onChange={(value) => choose('phase', value)}
          options={[
            ['', say('phases.all')],
            ...Object.entries(query.data?.phases ?? {}).map(([key, count]) => [key, `${key} (${count})`] as const),
          ]}
        />
        <Choice
          label={say('phases.application')}
          value={application}
          onChange={(value) => choose('application', value)}
          options={[['', say('phases.all')], ...names.map(({ name }) => [name, name] as const)]}
        />
      </div>
      {phase && <Lead>{SAYS[phase]}</Lead>}
      <Loaded query={query} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('phases.nothing-is-in-this-phase')}>
              {say('phases.choose-another-or-another-application')}
            </Empty>
          ) : (
            <ul>
              {items.map((one) => (
                <ObjectRow key={`${one.kind} ${one.id}`} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {application === '' && <p className="mt-4 text-muted">{say('phases.releases-and-mitigations-are-listed-for')}</p>}
    </Page>
  )
}

const ObjectRow = ({ one: { kind, title, application, phase, state, at, href } }: { one: PhasedObject }) => (
  <li className="flex flex-wrap items-baseline gap-x-2 gap-y-1 border-t border-line py-2.5 first:border-0 first:pt-0">
    <TextLink href={href}>{title}</TextLink>
    {application && <span className="text-muted">{application}</span>}
    <Tag>{PHASE_WORDS[phase]}</Tag>
    <span className="w-full text-muted md:ml-auto md:w-auto">
      {KINDS[kind]}, {stateWord(state)}, <Ago at={at} />
    </span>
  </li>
)
