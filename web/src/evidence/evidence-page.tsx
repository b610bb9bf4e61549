/** One piece of evidence: what it says, what it rests on, who made it, and its signature. */

import { useQuery } from '@tanstack/react-query'
import type { SignedEvidence } from '../../../sdk/index.ts'
import { money } from '../data/format.ts'
import { reasonWords } from '../data/metric-names.ts'
import { evidence, release, useNames } from '../data/queries.ts'
import { Ago, Digest, ExampleTag, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { ChallengesSection } from './challenges-section.tsx'
import { FactTable } from './fact-table.tsx'
import { SignatureSection } from './signature-section.tsx'

export function EvidencePage({ id }: { id: string }) {
  const query = useQuery(evidence(id))
  const found = query.data
  return (
    <Page
      title={found ? `Evidence on ${found.check}` : 'Evidence'}
      crumbs={
        found
          ? [
              { label: 'Evidence', href: `/evidence?application=${found.application}` },
              { label: found.application, href: `/applications/${found.application}` },
              ...(found.release ? [{ label: 'release', href: `/releases/${found.release}` }] : []),
            ]
          : []
      }
      aside={
        found && (
          <>
            <Tag>{found.trust}</Tag>
            {found.example && <ExampleTag />}
          </>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <EvidenceBody evidence={loaded} />}</Loaded>
    </Page>
  )
}

function EvidenceBody({ evidence: found }: { evidence: SignedEvidence }) {
  const nameOf = useNames()
  return (
    <>
      <Lead>
        <Said text={reasonWords(found.summary)} />
      </Lead>
      <Section title="Facts">
        <FactTable facts={found.facts} />
      </Section>
      <Section
        title="What it depends on"
        note="It holds for every release that has all of these; change one and it goes stale."
      >
        <ul className="flex flex-col">
          {found.inputs.map(({ kind, name, digest }) => (
            <li key={`${kind}${name}`} className="flex min-h-8 items-center gap-3">
              <span className="w-24 text-muted">{kind}</span>
              <span className="min-w-0 truncate">
                <InputName kind={kind} name={name} evidence={found} />
              </span>
              <span className="ml-auto md:ml-0">
                <Digest value={digest} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Where it came from">
        <Facts
          items={[
            ['made by', `${nameOf(found.by)}${found.duty ? `, as ${found.duty}` : ''}`],
            ['with', `${found.producer.name} ${found.producer.version}`],
            ['at', <Ago key="a" at={found.at} />],
            [
              'answers',
              <TextLink key="c" href={`/evidence?application=${found.application}&check=${found.check}`}>
                {found.check}, with every answer before
              </TextLink>,
            ],
            ['cost', money(found.costMicroUsd)],
            ['rows behind it', <Source key="s" source={found.source} />],
          ]}
        />
      </Section>
      <SignatureSection evidence={found} />
      <ChallengesSection evidence={found} />
    </>
  )
}

function Source({ source }: { source: string | null }) {
  if (!source) return <span className="text-muted">none: the facts above are all</span>
  const [kind, id] = source.split(' ')
  const place = { experiment: 'experiments', rollout: 'rollouts', trace: 'traces', approval: 'approvals' }[kind ?? '']
  return place && id ? <TextLink href={`/${place}/${id}`}>the {kind}</TextLink> : source
}

/** Where a part that it rests on can be read; digests tell whether it is still the same. */
function InputName({ kind, name, evidence }: { kind: string; name: string; evidence: SignedEvidence }) {
  const { application, release } = evidence
  if (kind === 'dataset' && release) return <DatasetName name={name} id={release} />
  const href = {
    prompt: `/applications/${application}/prompts/${name}`,
    document: `/applications/${application}/blueprint`,
    ...(release && Object.fromEntries(OF_RELEASE.map((one) => [one, `/releases/${release}`]))),
    ...(release && { gate: `/releases/${release}/gates/${name}` }),
  }[kind]
  return href ? <TextLink href={href}>{name}</TextLink> : name
}

const OF_RELEASE = ['release', 'model', 'flow', 'baseline', 'index', 'suite', 'evaluator', 'judge']

/** The very version that was measured; rows that stand in the blueprint are a part of the release. */
function DatasetName({ name, id }: { name: string; id: string }) {
  const found = useQuery(release(id)).data?.manifest.datasets.find((dataset) => dataset.name === name)
  if (!found?.from) return <TextLink href={`/releases/${id}`}>{name}</TextLink>
  const { dataset, version } = found.from
  return (
    <TextLink href={`/datasets/${dataset}?version=${version}`}>
      {dataset}, version {version}
    </TextLink>
  )
}
