/** One finding: the verdict, why, what would make it pass, what that takes, and what can be done here. */
import { useState } from 'react'
import type { Check, Finding, GatedStage } from '../../../sdk/index.ts'
import { list, minutes, sentence } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { Command } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Said } from '../ui/said.tsx'
import { VERDICT_COLOR, VERDICT_WORDS, VerdictMark } from '../ui/verdict.tsx'
import { AttestForm } from './attest-form.tsx'
import { opens } from './gate-bar.tsx'
import { WaiverForm } from './waivers.tsx'

type Props = {
  finding: Finding
  check: Check | undefined
  howto: string | undefined
  release: string
  stage: GatedStage
  application: string | undefined
  /** Somebody asks for a waiver already. */
  isAsked: boolean
}

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
            {finding.waived && ` until ${finding.waived.until.slice(0, 10)}`}
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

export function FindingRow({ finding, check, howto, release, stage, application, isAsked }: Props) {
  const may = useMay()
  const [form, setForm] = useState<'attest' | 'waive' | undefined>()
  const isOpen = opens(finding.verdict)
  const canAttest = !isOpen && may('attest') && check?.minimumTrust === 'attested' && check.mode !== 'auto'
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
                until {finding.waived.until.slice(0, 10)}
              </span>
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
          {!isOpen && (howto ?? finding.wouldPassIf.length > 0) && (
            <p className="prose-width text-muted">
              <span className="text-text">To pass:</span> <Remedy text={howto ?? list(finding.wouldPassIf)} />
            </p>
          )}
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted">
            {!isOpen && (
              <span>
                {finding.effort.who}, about {minutes(finding.effort.minutes)}
              </span>
            )}
            {finding.evidence && <TextLink href={`/evidence/${finding.evidence}`}>{finding.trust} evidence</TextLink>}
            {check && <About check={check} />}
          </p>
        </div>
        {!isOpen && (
          <div className="col-start-2 mt-1 flex flex-wrap items-start gap-2 md:col-start-3 md:mt-0">
            {canAttest && <Button onClick={() => setForm('attest')}>Attest</Button>}
            {isAsked && <span className="leading-8 text-muted">a waiver is asked for</span>}
            {may('promote') && !isAsked && (
              <Button tone="quiet" onClick={() => setForm('waive')}>
                Ask for a waiver
              </Button>
            )}
          </div>
        )}
      </div>
      {form === 'attest' && check && (
        <AttestForm check={check} release={release} application={application} onClose={() => setForm(undefined)} />
      )}
      {form === 'waive' && (
        <WaiverForm finding={finding} release={release} into={stage} onClose={() => setForm(undefined)} />
      )}
    </li>
  )
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

function About({ check }: { check: Check }) {
  return (
    <details className="min-w-0 open:w-full">
      <summary className="rounded underline decoration-line-strong underline-offset-3">why this check</summary>
      <div className="prose-width mt-1 flex flex-col gap-1 border-l-2 border-line pl-3">
        <p>
          <Said text={check.rationale} />
        </p>
        <p>
          <Said text={check.howto} />
        </p>
        <p>
          It accepts {check.minimumTrust} evidence{check.maxAgeDays !== null && ` up to ${check.maxAgeDays} days old`}.
          Default thresholds are ours; no standard prescribes them. Related: {check.standards.join(', ')}.
        </p>
      </div>
    </details>
  )
}
