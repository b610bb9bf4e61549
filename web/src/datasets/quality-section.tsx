/** The quality of the newest version: each measure with its limit and a word, how the rows are made up, and the audit. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DatasetProfile, QualityRun } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { qualityRuns } from './dataset-queries.ts'
import { LabelAudit } from './label-audit.tsx'
import { MeasureList } from './measure-list.tsx'

export function QualitySection({ name, version }: { name: string; version: number }) {
  const query = useQuery(qualityRuns(name))
  const may = useMay()
  const cache = useQueryClient()
  const [isAuditing, setAuditing] = useState(false)
  const measure = useMutation({
    mutationFn: () => client.runDataQuality({ params: { dataset: name }, body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dataset', name, 'quality'] }),
  })
  const run = query.data?.items[0]
  return (
    <Section
      title={say('quality-section.quality')}
      note={run && <Measured run={run} version={version} />}
      actions={
        <>
          {may('attest') && <Button onClick={() => setAuditing(true)}>{say('quality-section.audit-labels')}</Button>}
          {may('build') && (
            <Button busy={measure.isPending} onClick={() => measure.mutate()}>
              {say('quality-section.measure')}
            </Button>
          )}
        </>
      }
    >
      {measure.error && <Trouble failure={measure.error} />}
      <Loaded query={query} rows={6}>
        {() =>
          run ? (
            <div className="grid gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <MeasureList measures={run.measures} />
              <Profile profile={run.profile} />
            </div>
          ) : (
            <Empty title={say('quality-section.nobody-measured-it-yet')}>
              {say('quality-section.duplicates-questions-in-two-splits-or-in')}
            </Empty>
          )
        }
      </Loaded>
      {isAuditing && <LabelAudit name={name} onClose={() => setAuditing(false)} />}
    </Section>
  )
}

const Measured = ({ run, version }: { run: QualityRun; version: number }) => (
  <span className="inline-flex flex-wrap items-center gap-2">
    <VerdictMark verdict={run.verdict} />{' '}
    {sayWith('quality-section.version', {
      version: run.version,
      when: <Ago at={run.at} />,
      version2: run.version !== version && <Tag tone="text-stale">{say('quality-section.not-the-newest')}</Tag>,
    })}
  </span>
)

function Profile({ profile }: { profile: DatasetProfile }) {
  const { lengths, labels, sources, segments, splits } = profile
  return (
    <div>
      <Facts
        items={[
          [say('quality-section.rows'), number(profile.rows)],
          ...Object.entries(splits).map(([split, rows]) => [split, number(rows)] as const),
          [say('quality-section.with-an-answer'), number(profile.withExpected)],
          [say('quality-section.conversations'), number(profile.conversations)],
          [say('quality-section.synthetic'), number(profile.synthetic)],
          ...(lengths
            ? ([
                [
                  say('quality-section.characters'),
                  say('quality-section.in-the-middle-at-most', {
                    median: number(lengths.median),
                    most: number(lengths.most),
                  }),
                ],
              ] as const)
            : []),
          ...sources.slice(0, 6).map(({ source, rows }) => [`from ${source}`, number(rows)] as const),
          ...labels.slice(0, 8).map(({ label, rows }) => [`answer ${label}`, number(rows)] as const),
          ...segments.map(
            ({ field, value, rows, expected, isEnough }) =>
              [
                `${field} ${value}`,
                `${number(rows)}, declared ${percent(expected, 0)}${isEnough ? '' : say('quality-section.too-few')}`,
              ] as const,
          ),
        ]}
      />
    </div>
  )
}
