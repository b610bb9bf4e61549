/** The decision sheet: one page with everything that a signature binds, and what speaks against it. */
import { useQuery } from '@tanstack/react-query'
import type { DecisionSheet } from '../../../sdk/index.ts'
import { many, money } from '../data/format.ts'
import { decisionSheet, useNames } from '../data/queries.ts'
import { Ago, Digest, ExampleTag, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { missingWords } from './approval-words.ts'
import { DoubtForm } from './doubt-form.tsx'
import { SignForm } from './sign-form.tsx'
import { STAGE_WORDS } from './stages.ts'

export function ApprovalPage({ id }: { id: string }) {
  const query = useQuery(decisionSheet(id))
  const sheet = query.data
  return (
    <Page
      title={
        sheet
          ? `${sheet.approval.application} r${sheet.releaseNumber} into ${STAGE_WORDS[sheet.approval.into]}`
          : 'Approval'
      }
      crumbs={[{ label: 'Approvals', href: '/approvals' }]}
      aside={
        sheet && (
          <>
            <Tag>{sheet.approval.state}</Tag>
            <Tag>tier {sheet.approval.tier}</Tag>
            {sheet.approval.solo && <Tag>not independent</Tag>}
            {sheet.approval.example && <ExampleTag />}
          </>
        )
      }
      actions={
        <a
          href={`/api/v1/approvals/${id}/sheet.html`}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-8 items-center rounded border border-line bg-raised px-3 font-medium hover:bg-hover"
        >
          To print
        </a>
      }
    >
      <Loaded query={query} rows={14}>
        {(loaded) => <Sheet sheet={loaded} />}
      </Loaded>
    </Page>
  )
}

function Sheet({ sheet }: { sheet: DecisionSheet }) {
  const { approval, binds, current, openWaivers, responsible, economics, dissent, trust } = sheet
  const isOpen = approval.state === 'asked'
  return (
    <>
      <Lead>
        {isOpen ? `Still to sign: ${missingWords(approval)}.` : `This approval is ${approval.state}.`}
        {!current &&
          ' The gate says something else than when it was asked for, so it does not count; ask again when it is open.'}
      </Lead>
      {approval.note && <p className="prose-width mb-6">“{approval.note}”</p>}
      <Section title="What a signature binds">
        <ul className="prose-width list-disc pl-5">
          {binds.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 text-muted">
          <span>
            release <Digest value={approval.releaseDigest} />
          </span>
          <span>
            verdicts <Digest value={approval.verdicts} />
          </span>
          <TextLink href={`/releases/${approval.release}/gates/${approval.into}`}>the gate</TextLink>
          <span>
            {trust.measured ?? 0} measured, {trust.imported ?? 0} imported, {trust.attested ?? 0} attested
          </span>
        </p>
      </Section>
      <Section title="Open waivers" count={openWaivers.length}>
        {openWaivers.length === 0 && <p className="text-muted">None.</p>}
        <ul>
          {openWaivers.map((waiver) => (
            <li key={waiver.id} className="border-t border-line py-2 first:border-0">
              <code className="font-mono text-[0.75rem]">{waiver.check}</code> until {waiver.until.slice(0, 10)}: “
              {waiver.reason}” <span className="text-muted">Risk that stays: {waiver.residualRisk}</span>
            </li>
          ))}
        </ul>
      </Section>
      <div className="mt-8 grid gap-x-8 md:grid-cols-2">
        <Section title="Responsible use">
          <Lines lines={responsible} />
        </Section>
        <Section title="Economics">
          <Lines lines={economics.findings} />
          <Facts
            items={[
              [
                `spent in ${economics.month}`,
                `${money(economics.spentMicroUsd)} of ${economics.capMicroUsd === null ? 'no cap' : money(economics.capMicroUsd)}`,
              ],
              ['measuring this release', money(economics.evidenceMicroUsd)],
            ]}
          />
        </Section>
      </div>
      <Section
        title="What speaks against it"
        note={`${many(dissent.filter(({ noneSought }) => noneSought).length, 'pillar')} without a view`}
      >
        <Facts
          items={dissent.map(({ pillar, views }) => [
            pillar,
            views.length === 0 ? (
              <span key="n" className="text-muted">
                none sought
              </span>
            ) : (
              <span key="v">{views.map((one) => `“${one.view}” (${one.name})`).join(' ')}</span>
            ),
          ])}
        />
        {isOpen && <DoubtForm id={approval.id} />}
      </Section>
      <Section title="Signatures" count={approval.signatures.length}>
        <Signatures sheet={sheet} />
        {approval.yours && current && <SignForm sheet={sheet} />}
      </Section>
    </>
  )
}

function Signatures({ sheet: { approval } }: { sheet: DecisionSheet }) {
  const nameOf = useNames()
  return (
    <ul className="mb-4">
      {approval.signatures.map((one) => (
        <li key={one.id} className="border-t border-line py-2 first:border-0">
          <strong>{nameOf(one.by)}</strong> {one.decision === 'approve' ? 'approved' : 'refused'} as{' '}
          {one.duties.join(', ') || 'a reviewer from outside'}
          {one.onBehalfOf && ` for ${one.onBehalfOf}`} <Ago at={one.at} />
          {!one.independent && <Tag>not independent</Tag>}
          <p className="text-muted">“{one.reason}”</p>
        </li>
      ))}
      {approval.signatures.length === 0 && <li className="text-muted">Nobody has signed yet.</li>}
    </ul>
  )
}

function Lines({ lines }: { lines: DecisionSheet['responsible'] }) {
  if (lines.length === 0) return <p className="text-muted">The gate asks nothing here.</p>
  return (
    <ul className="mb-3">
      {lines.map(({ check, title, verdict, why }) => (
        <li key={check} className="flex gap-2 py-1">
          <span className="mt-1">
            <VerdictMark verdict={verdict} />
          </span>
          <span>
            {title}
            <span className="block text-muted">
              <Said text={why.join(' ')} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
