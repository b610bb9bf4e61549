/** One dataset: its rows, how it is made up, its quality, its versions, and what waits. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ServedDataset } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'
import { useMay, useNames } from '../data/queries.ts'
import { Digest, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { dataset } from './dataset-queries.ts'
import { FilesSection } from './files-section.tsx'
import { GenerateDialog } from './generate-dialog.tsx'
import { GenerationsSection } from './generations-section.tsx'
import { HoldoutSection } from './holdout-section.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { QualitySection } from './quality-section.tsx'
import { QuarantineSection } from './quarantine-section.tsx'
import { RowsSection } from './rows-section.tsx'
import { VersionsSection } from './versions-section.tsx'

const CRUMBS = [{ label: say('dataset.datasets'), href: '/datasets' }]

export function DatasetPage({ name }: { name: string }) {
  const query = useQuery(dataset(name))
  const may = useMay()
  const [isImporting, setImporting] = useState(false)
  const [isDrafting, setDrafting] = useState(false)
  const add = may('build') && (
    <>
      {query.data?.application && <Button onClick={() => setDrafting(true)}>{say('dataset.draft-cases')}</Button>}
      <Button tone="primary" onClick={() => setImporting(true)}>
        {say('dataset.import-a-file')}
      </Button>
    </>
  )
  return (
    <Page
      title={name}
      crumbs={CRUMBS}
      aside={query.data?.application && <Tag>{query.data.application}</Tag>}
      actions={add}
    >
      <Loaded query={query}>{(found) => <Sections found={found} />}</Loaded>
      {isDrafting && <GenerateDialog name={name} onClose={() => setDrafting(false)} />}
      {isImporting && <ImportDialog name={name} onClose={() => setImporting(false)} />}
    </Page>
  )
}

function Sections({ found }: { found: ServedDataset }) {
  const { name, version, waiting } = found
  return (
    <>
      <Lead>
        {found.description ? `${found.description.replace(/[.\s]*$/, '')}. ` : ''}
        {version
          ? say('dataset.rows-in-version', {
              rows: number(version.rows),
              number: version.number,
              waiting: waiting > 0 ? say('dataset.wait-in-quarantine', { waiting: number(waiting) }) : '',
            })
          : say('dataset.it-has-no-rows-yet')}
      </Lead>
      <About found={found} />
      {waiting > 0 && <QuarantineSection name={name} />}
      <GenerationsSection name={name} />
      {version ? (
        <>
          <RowsSection found={found} />
          <QualitySection name={name} version={version.number} />
          <VersionsSection name={name} />
          <FilesSection name={name} />
          <HoldoutSection found={found} />
        </>
      ) : (
        <Section title={say('dataset.rows')}>
          <Empty title={say('dataset.no-rows-yet')}>{say('dataset.import-json-lines-csv-or-a-spreadsheet')}</Empty>
        </Section>
      )}
    </>
  )
}

function About({ found }: { found: ServedDataset }) {
  const nameOf = useNames()
  const { owner, card, version, access, name } = found
  return (
    <Facts
      items={[
        [say('dataset.owner'), nameOf(owner)],
        [say('dataset.read-by'), access.readers.join(', ') || say('dataset.its-owner-alone')],
        [say('dataset.licence'), card.licence ?? say('dataset.nobody-said')],
        ...(version ? ([[say('dataset.digest'), <Digest key="digest" value={version.digest} />]] as const) : []),
        ...(version
          ? ([
              [
                say('dataset.as-a-file'),
                <span key="files" className="flex flex-wrap gap-3">
                  <Download href={`/api/v1/datasets/${name}/exports`}>{say('dataset.json-lines')}</Download>
                  <Download href={`/api/v1/datasets/${name}/exports?format=csv`}>{say('dataset.csv')}</Download>
                  <Download href={`/api/v1/datasets/${name}/sheet?format=html`}>{say('dataset.data-sheet')}</Download>
                </span>,
              ],
            ] as const)
          : []),
        ...(found.application
          ? ([
              [
                say('dataset.application'),
                <TextLink key="application" href={`/applications/${found.application}`}>
                  {found.application}
                </TextLink>,
              ],
            ] as const)
          : []),
      ]}
    />
  )
}

const Download = ({ href, children }: { href: string; children: string }) => (
  <a href={href} download className="underline decoration-line-strong underline-offset-3 hover:decoration-current">
    {children}
  </a>
)
