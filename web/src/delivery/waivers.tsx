/** Waivers: asking for one, and granting or refusing what somebody else asked for. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding, GatedStage, Waiver } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { me, useMay, useNames } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { Ago, ExampleTag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Trouble } from '../ui/states.tsx'
import { VERDICT_WORDS } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

export function WaiverForm({
  finding,
  release,
  into,
  before,
  onClose,
}: {
  finding: Pick<Finding, 'check' | 'title' | 'verdict'>
  release: string
  into: GatedStage
  /** The waiver that this one follows. */
  before?: Waiver
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const [residualRisk, setResidualRisk] = useState(before?.residualRisk ?? '')
  const [compensatingControl, setControl] = useState(before?.compensatingControl ?? '')
  const [days, setDays] = useState('7')
  const cache = useQueryClient()
  const request = useMutation({
    mutationFn: () =>
      client.requestWaiver({
        body: { release, into, check: finding.check, reason, residualRisk, compensatingControl, days: Number(days) },
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['waiver'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={before ? say('waivers.ask-for-another-waiver') : say('waivers.ask-for-a-waiver')}
      onClose={onClose}
      doing={request}
      submit={say('waivers.ask')}
    >
      <p>
        {sayWith('waivers.will-not-hold-this-release-before-for', {
          title: finding.title === finding.check ? finding.check : `${finding.title} (${finding.check})`,
          into,
          before: before
            ? say('waivers.more-days')
            : say('waivers.days-although-it-is', { verdict: VERDICT_WORDS[finding.verdict] }),
        })}
      </p>
      <TextArea label={say('waivers.why-it-is-justified')} value={reason} onChange={setReason} minLength={10} />
      <TextField label={say('waivers.which-risk-stays')} value={residualRisk} onChange={setResidualRisk} required />
      <TextField
        label={say('waivers.what-is-done-instead')}
        value={compensatingControl}
        onChange={setControl}
        required
        hint={say('waivers.the-control-that-stands-in-for-the')}
      />
      <TextField
        label={say('waivers.for-how-many-days')}
        type="number"
        min={0}
        max={90}
        value={days}
        onChange={setDays}
        required
        hint={say('waivers.at-most-90')}
      />
    </FormDialog>
  )
}

/** @param isApart away from its gate, so that it says which one */
export function WaiverRequest({ waiver, isApart = false }: { waiver: Waiver; isApart?: boolean }) {
  const nameOf = useNames()
  const may = useMay()
  const who = useQuery(me).data
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: (decision: 'grant' | 'refuse') =>
      client.decideWaiver({ params: { id: waiver.id }, body: { decision } }),
    onSuccess: () =>
      Promise.all([cache.invalidateQueries({ queryKey: ['waiver'] }), cache.invalidateQueries({ queryKey: ['gate'] })]),
  })
  const isOwn = who?.actor === waiver.requestedBy
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          {sayWith('waivers.asks-to-let-pass-until', {
            requestedBy: <strong>{nameOf(waiver.requestedBy)}</strong>,
            check: <code className="font-mono text-[0.75rem]">{waiver.check}</code>,
            until: <span title={absoluteTime(waiver.until)}>{waiver.until.slice(0, 10)}</span>,
            isApart: isApart && (
              <>
                {' '}
                {sayWith('waivers.at-the', {
                  link: (
                    <TextLink href={`/releases/${waiver.release}/gates/${waiver.into}`}>
                      {sayWith('waivers.gate-of-into', { application: waiver.application, into: waiver.into })}
                    </TextLink>
                  ),
                })}
              </>
            ),
            example: waiver.example && <ExampleTag />,
            when: (
              <span className="text-muted">
                <Ago at={waiver.requestedAt} />
              </span>
            ),
          })}
        </p>
        <p className="prose-width">“{waiver.reason}”</p>
        <p className="prose-width text-muted">
          {sayWith('waivers.risk-that-stays', { residualRisk: waiver.residualRisk })}
        </p>
        <p className="prose-width text-muted">
          {sayWith('waivers.done-instead', { compensatingControl: waiver.compensatingControl })}
        </p>
        {decide.error && <Trouble failure={decide.error} />}
      </div>
      {may('waive') && !isOwn ? (
        <div className="flex gap-2">
          <Button tone="primary" busy={decide.isPending} onClick={() => decide.mutate('grant')}>
            {say('waivers.grant')}
          </Button>
          <Button busy={decide.isPending} onClick={() => decide.mutate('refuse')}>
            {say('waivers.refuse')}
          </Button>
        </div>
      ) : (
        <p className="text-muted">
          {isOwn ? say('waivers.you-asked-for-it-so-another-person') : say('waivers.an-approver-or-security-decides')}
        </p>
      )}
    </div>
  )
}
