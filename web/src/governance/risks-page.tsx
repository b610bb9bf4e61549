/** The risk register: what needs somebody first, the heat map, each risk with its checks, and what else may be one. */
import { sentence } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { useRowEditing } from './edit-rows.tsx'
import { HeatMap } from './heat-map.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

type Register = Plan['risks']
type LiveRisk = Register['risks'][number]
/** What rows of the roadmap are called, by their ids. */
type Phases = ReadonlyMap<string, string>

export const RisksPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title={say('risks.risks')} paper="risks">
    {(found) => <RiskRegister name={name} register={found.risks} phases={phasesOf(found)} />}
  </PlanFrame>
)

const written = ({
  score,
  level,
  residual,
  residualLevel,
  isAboveAppetite,
  controlVerdicts,
  alarm,
  rows,
  ...risk
}: LiveRisk) => risk

function fieldsOf({ scales }: Register): FieldPlan[] {
  const scale = (steps: Register['scales']['likelihood']) =>
    steps.map(({ value, label, says }) => [String(value), `${value} ${label}: ${says}`] as const)
  return [
    { key: 'title', label: say('risks.risk'), kind: 'text', required: true },
    { key: 'category', label: say('risks.category'), kind: 'choice', options: CATEGORIES },
    { key: 'description', label: say('risks.cause-event-consequence'), kind: 'long' },
    { key: 'likelihood', label: say('risks.how-likely-is-it'), kind: 'level', options: scale(scales.likelihood) },
    { key: 'severity', label: say('risks.how-bad-would-it-be'), kind: 'level', options: scale(scales.severity) },
    { key: 'owner', label: say('risks.who-watches-it'), kind: 'text' },
    {
      key: 'treatment',
      label: say('risks.what-is-done'),
      kind: 'choice',
      options: [
        ['reduce', say('risks.make-it-smaller')],
        ['avoid', say('risks.do-not-do-it')],
        ['transfer', say('risks.let-another-bear-it')],
        ['accept', say('risks.live-with-it')],
      ],
    },
    { key: 'measures', label: say('risks.measures'), kind: 'lines' },
    {
      key: 'controls',
      label: say('risks.checks-that-show-that-it-works'),
      kind: 'lines',
      hint: say('risks.ids-of-checks-such-as-data'),
    },
    {
      key: 'residualLikelihood',
      label: say('risks.how-likely-afterwards'),
      kind: 'level',
      options: scale(scales.likelihood),
    },
    { key: 'residualSeverity', label: say('risks.how-bad-afterwards'), kind: 'level', options: scale(scales.severity) },
    { key: 'acceptedBy', label: say('risks.accepted-by'), kind: 'text' },
    { key: 'acceptedUntil', label: say('risks.accepted-until'), kind: 'date' },
    { key: 'earlyWarning', label: say('risks.early-warning'), kind: 'text' },
  ]
}

const CATEGORIES = [
  ['data-bias', say('risks.data-bias')],
  ['security', say('risks.security-vulnerabilities')],
  ['expertise', say('risks.lack-of-expertise')],
  ['cost', say('risks.cost-overruns')],
  ['integration', say('risks.integration-challenges')],
  ['ethics', say('risks.ethical-concerns')],
  ['other', say('risks.other')],
] as const
const CATEGORY_WORDS: ReadonlyMap<string, string> = new Map(CATEGORIES)

const RAISED_BY: Readonly<Record<Register['suggestions'][number]['from'], string>> = {
  module: say('risks.from-the-checklist'),
  gate: say('risks.from-a-check'),
  advisor: say('risks.from-the-advice'),
  classification: say('risks.from-the-classification'),
  impact: say('risks.from-the-impact-assessment'),
  incident: say('risks.from-an-incident'),
}
const LEVELS: Readonly<Record<LiveRisk['level'], string>> = {
  unrated: say('risks.not-rated'),
  low: say('risks.low'),
  medium: say('risks.medium'),
  high: say('risks.high'),
  critical: say('risks.critical'),
}

const phasesOf = ({ roadmap }: Plan): Phases => new Map(roadmap.rows.map(({ id, phase }) => [id, phase]))

function RiskRegister({ name, register, phases }: { name: string; register: Register; phases: Phases }) {
  const mayBuild = useMay()('build')
  const editing = useRowEditing({
    name,
    document: 'risks',
    list: 'risks',
    key: 'id',
    what: say('risks.risk-2'),
    fields: fieldsOf(register),
    fresh: { title: '', category: 'other' },
    prefilled: { tolerance: register.appetite, risks: register.risks.map(written) },
  })
  const { risks, appetite } = register
  const unrated = risks.filter(({ score }) => score === null).length
  const above = risks.filter(({ isAboveAppetite }) => isAboveAppetite).length
  const alarms = risks.filter(({ alarm }) => alarm !== null).length
  return (
    <>
      <Lead>
        {unrated > 0
          ? say('risks.of-risks-are-not-rated-yet', { unrated, risks: risks.length })
          : say('risks.all-risks-are-rated', { n: risks.length })}
        {above > 0 ? say('risks.remain-above-what-you-accept-of', { above, appetite }) : ''}
        {alarms > 0 && say('risks.for-a-check-does-not-pass', { alarms })}
        {!register.isKept && ` ${say('risks.these-six-are-a-start-they')}`}
      </Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Section title={say('risks.register')} count={risks.length} note={register.formula}>
          <ul>
            {[...risks].sort(byUrgency).map((risk) => (
              <RiskRow
                key={risk.id}
                name={name}
                risk={risk}
                phases={phases}
                open={mayBuild ? () => editing.open(risk.id) : undefined}
              />
            ))}
          </ul>
          {mayBuild && (
            <div className="mt-4">
              <Button onClick={() => editing.open(null)}>{say('risks.add-a-risk')}</Button>
            </div>
          )}
        </Section>
        <div>
          <Section title={say('risks.heat-map')} note={say('risks.before-treatment')}>
            <HeatMap register={register} />
          </Section>
          {register.suggestions.length > 0 && (
            <Section title={say('risks.may-be-a-risk-as-well')} count={register.suggestions.length}>
              <ul className="flex flex-col gap-2">
                {register.suggestions.map(({ id, title, category, because, from }) => (
                  <li key={id}>
                    {title} <Tag>{RAISED_BY[from]}</Tag>
                    <div className="text-muted">{because}</div>
                    {mayBuild && (
                      <Button tone="quiet" onClick={() => editing.begin({ id, title, category, description: because })}>
                        {say('risks.take-it-in')}
                        <span className="sr-only"> {title}</span>
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      </div>
      {editing.dialog}
    </>
  )
}

const byUrgency = (one: LiveRisk, other: LiveRisk): number =>
  Number(one.score !== null) - Number(other.score !== null) || (other.residual ?? 0) - (one.residual ?? 0)

const TONES: Readonly<Record<LiveRisk['level'], string>> = {
  unrated: 'text-muted',
  low: 'text-pass',
  medium: 'text-stale',
  high: 'text-fail',
  critical: 'text-fail',
}

function RiskRow({
  name,
  risk,
  phases,
  open,
}: {
  name: string
  risk: LiveRisk
  phases: Phases
  open: (() => void) | undefined
}) {
  return (
    <li id={risk.id} className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{risk.title}</h3>
        {CATEGORY_WORDS.get(risk.category) !== risk.title && (
          <Tag>{CATEGORY_WORDS.get(risk.category) ?? risk.category}</Tag>
        )}
        <Tag tone={TONES[risk.level]}>
          {risk.score === null ? LEVELS.unrated : `${risk.score} ${LEVELS[risk.level]}`}
        </Tag>
        {risk.residual !== null && risk.residual !== risk.score && (
          <Tag tone={TONES[risk.residualLevel]}>{say('risks.remains', { residual: risk.residual })}</Tag>
        )}
        {risk.isAboveAppetite && <Tag tone="text-fail">{say('risks.above-the-appetite')}</Tag>}
        {open && (
          <Button tone="quiet" className="ml-auto" onClick={open}>
            {risk.score === null ? say('risks.rate') : say('risks.change')}
            <span className="sr-only"> {risk.title}</span>
          </Button>
        )}
      </div>
      {risk.description && <p className="prose-width">{risk.description}</p>}
      <p className="prose-width text-muted">
        {risk.owner ? say('risks.watched-by', { owner: risk.owner }) : say('risks.nobody-watches-it-yet')}
        {risk.measures && risk.measures.length > 0 && sentence(risk.measures.join('; '))}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <CheckMarks checks={risk.controlVerdicts} />
        {risk.rows.map((row) => (
          <TextLink key={row} href={`/applications/${name}/roadmap`}>
            {phases.get(row) ?? row}
          </TextLink>
        ))}
      </p>
    </li>
  )
}
