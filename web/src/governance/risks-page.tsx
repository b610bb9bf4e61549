/** The risk register: what needs somebody first, the heat map, each risk with its checks, and what else may be one. */
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { useRowEditing } from './edit-rows.tsx'
import { HeatMap } from './heat-map.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

type Register = Plan['risks']
type LiveRisk = Register['risks'][number]

export const RisksPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title="Risks" paper="risks">
    {(found) => <RiskRegister name={name} register={found.risks} />}
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
    { key: 'title', label: 'Risk', kind: 'text', required: true },
    { key: 'category', label: 'Category', kind: 'choice', options: CATEGORIES },
    { key: 'description', label: 'Cause, event, consequence', kind: 'long' },
    { key: 'likelihood', label: 'How likely is it?', kind: 'level', options: scale(scales.likelihood) },
    { key: 'severity', label: 'How bad would it be?', kind: 'level', options: scale(scales.severity) },
    { key: 'owner', label: 'Who watches it?', kind: 'text' },
    {
      key: 'treatment',
      label: 'What is done?',
      kind: 'choice',
      options: [
        ['reduce', 'make it smaller'],
        ['avoid', 'do not do it'],
        ['transfer', 'let another bear it'],
        ['accept', 'live with it'],
      ],
    },
    { key: 'measures', label: 'Measures', kind: 'lines' },
    {
      key: 'controls',
      label: 'Checks that show that it works',
      kind: 'lines',
      hint: 'Ids of checks, such as data.quality, one a line.',
    },
    { key: 'residualLikelihood', label: 'How likely afterwards?', kind: 'level', options: scale(scales.likelihood) },
    { key: 'residualSeverity', label: 'How bad afterwards?', kind: 'level', options: scale(scales.severity) },
    { key: 'acceptedBy', label: 'Accepted by', kind: 'text' },
    { key: 'acceptedUntil', label: 'Accepted until', kind: 'date' },
    { key: 'earlyWarning', label: 'Early warning', kind: 'text' },
  ]
}

const CATEGORIES = [
  ['data-bias', 'Data bias'],
  ['security', 'Security vulnerabilities'],
  ['expertise', 'Lack of expertise'],
  ['cost', 'Cost overruns'],
  ['integration', 'Integration challenges'],
  ['ethics', 'Ethical concerns'],
  ['other', 'Other'],
] as const

function RiskRegister({ name, register }: { name: string; register: Register }) {
  const mayBuild = useMay()('build')
  const editing = useRowEditing({
    name,
    document: 'risks',
    list: 'risks',
    key: 'id',
    what: 'risk',
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
          ? `${unrated} of ${risks.length} risks are not rated yet. `
          : `All ${risks.length} risks are rated. `}
        {above > 0 ? `${above} remain above what you accept (${appetite} of 25). ` : ''}
        {alarms > 0 && `For ${alarms} a check does not pass now.`}
        {!register.isKept && ' These six are a start; they are kept when you change one.'}
      </Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Section title="Register" count={risks.length} note={register.formula}>
          <ul>
            {[...risks].sort(byUrgency).map((risk) => (
              <RiskRow
                key={risk.id}
                name={name}
                risk={risk}
                open={mayBuild ? () => editing.open(risk.id) : undefined}
              />
            ))}
          </ul>
          {mayBuild && (
            <div className="mt-4">
              <Button onClick={() => editing.open(null)}>Add a risk</Button>
            </div>
          )}
        </Section>
        <div>
          <Section title="Heat map" note="before treatment">
            <HeatMap register={register} />
          </Section>
          {register.suggestions.length > 0 && (
            <Section title="May be a risk as well" count={register.suggestions.length}>
              <ul className="flex flex-col gap-2">
                {register.suggestions.map(({ id, title, because, from }) => (
                  <li key={id}>
                    {title} <Tag>{from}</Tag>
                    <div className="text-muted">{because}</div>
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

function RiskRow({ name, risk, open }: { name: string; risk: LiveRisk; open: (() => void) | undefined }) {
  return (
    <li id={risk.id} className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{risk.title}</h3>
        <Tag tone={TONES[risk.level]}>{risk.score === null ? 'not rated' : `${risk.score} ${risk.level}`}</Tag>
        {risk.residual !== null && risk.residual !== risk.score && (
          <Tag tone={TONES[risk.residualLevel]}>{risk.residual} remains</Tag>
        )}
        {risk.isAboveAppetite && <Tag tone="text-fail">above the appetite</Tag>}
        {open && (
          <Button tone="quiet" className="ml-auto" onClick={open}>
            {risk.score === null ? 'Rate' : 'Change'}
            <span className="sr-only"> {risk.title}</span>
          </Button>
        )}
      </div>
      {risk.description && <p className="prose-width">{risk.description}</p>}
      <p className="prose-width text-muted">
        {risk.owner ? `Watched by ${risk.owner}. ` : 'Nobody watches it yet. '}
        {risk.measures?.join('; ')}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <CheckMarks checks={risk.controlVerdicts} />
        {risk.rows.map((row) => (
          <TextLink key={row} href={`/applications/${name}/roadmap`}>
            {row}
          </TextLink>
        ))}
      </p>
    </li>
  )
}
