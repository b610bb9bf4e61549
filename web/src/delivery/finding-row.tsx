/** One finding: the verdict, why, what would make it pass, what that takes, and what can be done here. */
import { useState } from 'react'
import type { Check, Finding, GatedStage } from '../../../sdk/index.ts'
import { list, minutes, sentence } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { Button, TextLink } from '../ui/button.tsx'
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
}

export function FindingRow({ finding, check, howto, release, stage, application }: Props) {
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
          <h4 className="flex flex-wrap items-baseline gap-x-2 text-data">
            <span className="font-medium">{finding.title}</span>
            <code className="font-mono text-[0.75rem] text-muted">{finding.check}</code>
            <span className={VERDICT_COLOR[finding.verdict]}>{VERDICT_WORDS[finding.verdict]}</span>
            {finding.waived && (
              <span className="text-stale" title={absoluteTime(finding.waived.until)}>
                until {finding.waived.until.slice(0, 10)}
              </span>
            )}
          </h4>
          {finding.why.map((why) => (
            <p key={why} className="prose-width">
              {why}
            </p>
          ))}
          {!isOpen && (howto ?? finding.wouldPassIf.length > 0) && (
            <p className="prose-width text-muted">
              <span className="text-text">To pass:</span> {howto ?? `${sentence(list(finding.wouldPassIf))}`}
              {/[.!?]$/.test(howto ?? finding.wouldPassIf.at(-1) ?? '') ? '' : '.'}
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
          <div className="col-start-2 mt-1 flex flex-wrap gap-2 md:col-start-3 md:mt-0">
            {canAttest && <Button onClick={() => setForm('attest')}>Attest</Button>}
            {may('promote') && (
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

function About({ check }: { check: Check }) {
  return (
    <details className="min-w-0 open:w-full">
      <summary className="rounded underline decoration-line-strong underline-offset-3">why this check</summary>
      <div className="prose-width mt-1 flex flex-col gap-1 border-l-2 border-line pl-3">
        <p>{check.rationale}</p>
        <p>{check.howto}</p>
        <p>
          It accepts {check.minimumTrust} evidence{check.maxAgeDays !== null && ` up to ${check.maxAgeDays} days old`}.
          Default thresholds are ours; no standard prescribes them. Related: {check.standards.join(', ')}.
        </p>
      </div>
    </details>
  )
}
