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
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ChallengesSection } from './challenges-section.tsx'
import { FactTable } from './fact-table.tsx'
import { SignatureSection } from './signature-section.tsx'

export function EvidencePage({ id }: { id: string }) {
  const query = useQuery(evidence(id))
  const found = query.data
  return (
    <Page
      title={found ? say('evidence.evidence-on', { check: found.check }) : say('evidence.evidence')}
      crumbs={
        found
          ? [
              { label: say('evidence.evidence'), href: `/evidence?application=${found.application}` },
              { label: found.application, href: `/applications/${found.application}` },
              ...(found.release ? [{ label: say('evidence.release'), href: `/releases/${found.release}` }] : []),
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
      <Section title={say('evidence.facts')}>
        <FactTable facts={found.facts} />
      </Section>
      <Section title={say('evidence.what-it-depends-on')} note={say('evidence.it-holds-for-every-release-that-has')}>
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
      <Section title={say('evidence.where-it-came-from')}>
        <Facts
          items={[
            [say('evidence.made-by'), `${nameOf(found.by)}${found.duty ? `, as ${found.duty}` : ''}`],
            [say('evidence.with'), `${found.producer.name} ${found.producer.version}`],
            [say('evidence.at'), <Ago key="a" at={found.at} />],
            [
              say('evidence.answers'),
              <TextLink key="c" href={`/evidence?application=${found.application}&check=${found.check}`}>
                {sayWith('evidence.with-every-answer-before', { check: found.check })}
              </TextLink>,
            ],
            [say('evidence.cost'), money(found.costMicroUsd)],
            [say('evidence.rows-behind-it'), <Source key="s" source={found.source} />],
          ]}
        />
      </Section>
      <SignatureSection evidence={found} />
      <ChallengesSection evidence={found} />
    </>
  )
}

function Source({ source }: { source: string | null }) {
  if (!source) return <span className="text-muted">{say('evidence.none-the-facts-above-are-all')}</span>
  const [kind, id] = source.split(' ')
  const place = { experiment: 'experiments', rollout: 'rollouts', trace: 'traces', approval: 'approvals' }[kind ?? '']
  return place && id ? <TextLink href={`/${place}/${id}`}>{sayWith('evidence.the', { kind })}</TextLink> : source
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
      {sayWith('evidence.version', { dataset, version })}
    </TextLink>
  )
}
