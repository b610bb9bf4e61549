/** The decision sheet: one page with everything that a signature binds, and what speaks against it. */
import { useQuery } from '@tanstack/react-query'
import type { DecisionSheet } from '../../../sdk/index.ts'
import { money } from '../data/format.ts'
import { decisionSheet, useNames } from '../data/queries.ts'
import { Ago, Digest, ExampleTag, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'
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
          ? say('approval.r-into', {
              application: sheet.approval.application,
              releaseNumber: sheet.releaseNumber,
              into: STAGE_WORDS[sheet.approval.into],
            })
          : say('approval.approval')
      }
      crumbs={[{ label: say('approval.approvals'), href: '/approvals' }]}
      aside={
        sheet && (
          <>
            <Tag>{stateWord(sheet.approval.state)}</Tag>
            <Tag>{sayWith('approval.tier', { tier: sheet.approval.tier })}</Tag>
            {sheet.approval.solo && <Tag>{say('approval.not-independent')}</Tag>}
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
          {say('approval.to-print')}
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
        {isOpen
          ? say('approval.still-to-sign', { missingWords: missingWords(approval) })
          : say('approval.this-approval-is', { state: approval.state })}
        {!current && say('approval.the-gate-says-something-else-than-when')}
      </Lead>
      {approval.note && <p className="prose-width mb-6">“{approval.note}”</p>}
      <Section title={say('approval.what-a-signature-binds')}>
        <ul className="prose-width list-disc pl-5">
          {binds.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 text-muted">
          <span>{sayWith('approval.release', { digest: <Digest value={approval.releaseDigest} /> })}</span>
          <span>{sayWith('approval.verdicts', { digest: <Digest value={approval.verdicts} /> })}</span>
          <TextLink href={`/releases/${approval.release}/gates/${approval.into}`}>{say('approval.the-gate')}</TextLink>
          <span>
            {sayWith('approval.measured-imported-attested', {
              measured: trust.measured ?? 0,
              imported: trust.imported ?? 0,
              attested: trust.attested ?? 0,
            })}
          </span>
        </p>
      </Section>
      <Section title={say('approval.open-waivers')} count={openWaivers.length}>
        {openWaivers.length === 0 && <p className="text-muted">{say('approval.none')}</p>}
        <ul>
          {openWaivers.map((waiver) => (
            <li key={waiver.id} className="border-t border-line py-2 first:border-0">
              {sayWith('approval.until', {
                check: <code className="font-mono text-[0.75rem]">{waiver.check}</code>,
                until: waiver.until.slice(0, 10),
                reason: waiver.reason,
                residualRisk: (
                  <span className="text-muted">
                    {sayWith('approval.risk-that-stays', { residualRisk: waiver.residualRisk })}
                  </span>
                ),
              })}
            </li>
          ))}
        </ul>
      </Section>
      <div className="mt-8 grid gap-x-8 md:grid-cols-2">
        <Section title={say('approval.responsible-use')}>
          <Lines lines={responsible} />
        </Section>
        <Section title={say('approval.economics')}>
          <Lines lines={economics.findings} />
          <Facts
            items={[
              [
                say('approval.spent-in', { month: economics.month }),
                `${money(economics.spentMicroUsd)} of ${economics.capMicroUsd === null ? say('approval.no-cap') : money(economics.capMicroUsd)}`,
              ],
              [say('approval.measuring-this-release'), money(economics.evidenceMicroUsd)],
            ]}
          />
        </Section>
      </div>
      <Section
        title={say('approval.what-speaks-against-it')}
        note={say('approval.without-a-view', {
          pillars: say('many.pillar', { n: dissent.filter(({ noneSought }) => noneSought).length }),
        })}
      >
        <Facts
          items={dissent.map(({ pillar, views }) => [
            pillar,
            views.length === 0 ? (
              <span key="n" className="text-muted">
                {say('approval.none-sought')}
              </span>
            ) : (
              <span key="v">{views.map((one) => `“${one.view}” (${one.name})`).join(' ')}</span>
            ),
          ])}
        />
        {isOpen && <DoubtForm id={approval.id} />}
      </Section>
      <Section title={say('approval.signatures')} count={approval.signatures.length}>
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
          {sayWith('approval.as', {
            by: <strong>{nameOf(one.by)}</strong>,
            decision: one.decision === 'approve' ? say('approval.approved') : say('approval.refused'),
            duties: one.duties.join(', ') || say('approval.a-reviewer-from-outside'),
            onBehalfOf: one.onBehalfOf && say('approval.for', { onBehalfOf: one.onBehalfOf }),
            when: <Ago at={one.at} />,
            independent: !one.independent && <Tag>{say('approval.not-independent')}</Tag>,
          })}
          <p className="text-muted">“{one.reason}”</p>
        </li>
      ))}
      {approval.signatures.length === 0 && <li className="text-muted">{say('approval.nobody-has-signed-yet')}</li>}
    </ul>
  )
}

function Lines({ lines }: { lines: DecisionSheet['responsible'] }) {
  if (lines.length === 0) return <p className="text-muted">{say('approval.the-gate-asks-nothing-here')}</p>
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
