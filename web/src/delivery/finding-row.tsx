/** One finding: the verdict, why, what would make it pass, what that takes, and what can be done here. */
import { useState } from 'react'
import type { Check, Finding, GatedStage, NextStep } from '../../../sdk/index.ts'
import { list, minutes, price, sentence } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Said } from '../ui/said.tsx'
import { VERDICT_COLOR, VERDICT_WORDS, VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { AboutCheck } from './about-check.tsx'
import { AttestForm } from './attest-form.tsx'
import { opens } from './gate-bar.tsx'
import type { GateRun } from './gate-run.ts'
import { ImportForm } from './import-form.tsx'
import { WaiverForm } from './waivers.tsx'

type Props = {
  finding: Finding
  /** As this release is asked it. */
  check: Check | undefined
  /** What to do about it; undefined for what passes. */
  step: NextStep | undefined
  release: string
  stage: GatedStage
  application: string | undefined
  /** Somebody asks for a waiver already. */
  isAsked: boolean
  run: GateRun
}
type Form = 'attest' | 'waive' | 'import'

/** A finding that lets through, on one line; it opens to the whole. */
export function PassingRow(props: Props) {
  const { finding } = props
  return (
    <li data-row>
      <details className="group">
        <summary className="grid min-h-8 list-none grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-3 rounded hover:bg-hover md:grid-cols-[auto_14rem_10rem_minmax(0,1fr)]">
          <VerdictMark verdict={finding.verdict} />
          <span className="truncate">{finding.title}</span>
          <span
            className={`whitespace-nowrap ${finding.verdict === 'PASS' ? 'text-muted' : VERDICT_COLOR[finding.verdict]}`}
          >
            {finding.verdict === 'PASS' ? finding.trust : VERDICT_WORDS[finding.verdict]}
            {finding.waived && say('finding-row.until', { until: finding.waived.until.slice(0, 10) })}
          </span>
          <span className="hidden truncate text-muted group-open:invisible md:block">
            <Said text={finding.why[0] ?? ''} />
          </span>
        </summary>
        <ul>
          <FindingRow {...props} />
        </ul>
      </details>
    </li>
  )
}

export function FindingRow(props: Props) {
  const { finding, check, step, release, stage, application } = props
  const [form, setForm] = useState<Form>()
  const isOpen = opens(finding.verdict)
  const close = () => setForm(undefined)
  return (
    <li className="border-t border-line py-3 first:border-0" data-row>
      <div className="grid grid-cols-[20px_1fr] gap-x-3 gap-y-1 md:grid-cols-[20px_1fr_auto]">
        <span className="pt-0.5">
          <VerdictMark verdict={finding.verdict} />
        </span>
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-baseline gap-x-2 text-data">
            <span className="font-medium">{finding.title}</span>
            <code className="font-mono text-[0.75rem] text-muted">{finding.check}</code>
            <span className={VERDICT_COLOR[finding.verdict]}>{VERDICT_WORDS[finding.verdict]}</span>
            {finding.waived && (
              <span className="text-stale" title={absoluteTime(finding.waived.until)}>
                {say('finding-row.until-2', { until: finding.waived.until.slice(0, 10) })}
              </span>
            )}
            {finding.enforcement.mode !== 'enforce' && (
              <Tag tone="text-stale">
                {finding.enforcement.mode}
                {finding.enforcement.until && say('finding-row.until', { until: finding.enforcement.until })}
              </Tag>
            )}
          </h3>
          {finding.why.map((why) => (
            <p key={why} className="prose-width">
              <Said text={why} />
            </p>
          ))}
          {!isOpen && finding.enforcement.mode !== 'enforce' && (
            <p className="prose-width text-muted">{finding.enforcement.why}</p>
          )}
          {!isOpen && finding.wouldPassIf.length > 0 && (
            <p className="prose-width text-muted">
              <span className="text-text">{say('finding-row.to-pass')}</span>{' '}
              <Remedy text={list(finding.wouldPassIf)} />
            </p>
          )}
          <div className="mt-0.5 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-muted">
            {step && <span>{effortWords(step)}</span>}
            {finding.evidence && (
              <TextLink href={`/evidence/${finding.evidence}`} className="inline-flex min-h-6 items-center">
                {sayWith('finding-row.evidence', { trust: finding.trust })}
              </TextLink>
            )}
            {check && <AboutCheck check={check} finding={finding} />}
          </div>
        </div>
        {!isOpen && <Actions {...props} open={setForm} />}
      </div>
      {form === 'attest' && check && (
        <AttestForm check={check} release={release} application={application} onClose={close} />
      )}
      {form === 'import' && check && <ImportForm check={check} release={release} onClose={close} />}
      {form === 'waive' && <WaiverForm finding={finding} release={release} into={stage} onClose={close} />}
    </li>
  )
}

/** Where a document that answers a check is written: a page of its own, or its file in the blueprint. */
const WRITTEN_AT: Readonly<Record<string, string>> = {
  'biz.charter': 'charter',
  'risk.register': 'risks',
  'strat.decision': 'advice',
  'cost.forecast': 'resources',
  'gov.classification': 'blueprint?file=classification.yaml',
  'model.approved': 'blueprint?file=approvals.yaml',
  'data.inventory': 'blueprint?file=inventory.yaml',
}
/** What is answered by learning. */
const LEARNT: ReadonlySet<string> = new Set(['train.builders', 'train.users'])

/** The one thing that answers it comes first; a waiver is always the last resort. */
function Actions({ finding, check, step, application, isAsked, run, open }: Props & { open: (form: Form) => void }) {
  const may = useMay()
  const canAttest = may('attest') && check?.minimumTrust === 'attested' && check.mode !== 'auto'
  const canImport = may('attest') && (check?.imports.length ?? 0) > 0 && check?.minimumTrust !== 'measured'
  return (
    <div className="col-start-2 mt-1 flex flex-wrap items-start gap-2 md:col-start-3 md:mt-0 md:justify-end">
      {step?.doing === 'answer' && finding.evidence && (
        <ButtonLink href={`/evidence/${finding.evidence}`}>{say('finding-row.read-the-doubt')}</ButtonLink>
      )}
      {may('build') && step?.producer && (
        <Button busy={run.isRunning} onClick={() => run.start([finding.check])}>
          {say('finding-row.run')}
        </Button>
      )}
      {may('build') && step?.doing === 'write' && application && check?.boundTo.includes('document') && (
        <ButtonLink href={`/applications/${application}/${WRITTEN_AT[finding.check] ?? 'blueprint'}`}>
          {say('finding-row.write')}
        </ButtonLink>
      )}
      {LEARNT.has(finding.check) && <ButtonLink href="/training">{say('finding-row.learn')}</ButtonLink>}
      {canAttest && <Button onClick={() => open('attest')}>{say('finding-row.attest')}</Button>}
      {canImport && <Button onClick={() => open('import')}>{say('finding-row.import')}</Button>}
      {isAsked && <span className="leading-8 text-muted">{say('finding-row.a-waiver-is-asked-for')}</span>}
      {may('promote') && !isAsked && (
        <Button tone="quiet" onClick={() => open('waive')}>
          {say('finding-row.ask-for-a-waiver')}
        </Button>
      )}
    </div>
  )
}

/** `security, about 10 min` or `machine, about 6 min, $0.80`. */
function effortWords({ who, minutes: takes, costMicroUsd, producer }: NextStep): string {
  const by = producer ? 'machine' : who
  return [by, `about ${minutes(takes)}`, ...(costMicroUsd === '0' ? [] : [price(costMicroUsd)])].join(', ')
}

/** A sentence, or a command as it is typed. */
function Remedy({ text }: { text: string }) {
  if (/^(npx|npm|airworthy) /.test(text)) return <Command text={text} />
  return (
    <>
      <Said text={sentence(text)} />
      {/[.!?]$/.test(text) ? '' : '.'}
    </>
  )
}
