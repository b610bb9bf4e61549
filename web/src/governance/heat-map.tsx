/** Five by five: how likely against how bad, with the risks in each field. The table is the picture. */

import { say } from '../words/say.ts'
import type { Plan } from './queries.ts'

type Register = Plan['risks']

export function HeatMap({ register: { risks, scales } }: { register: Register }) {
  const at = (likelihood: number, severity: number) =>
    risks.filter((risk) => risk.likelihood === likelihood && risk.severity === severity)
  const share = (score: number) => `${Math.round((score / 25) * 55)}%`
  return (
    <table className="w-full table-fixed border-collapse text-center text-[0.75rem]">
      <caption className="sr-only">{say('heat-map.risks-by-likelihood-and-severity')}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-16 text-left font-normal text-muted">
            {say('heat-map.likely-bad')}
          </th>
          {scales.severity.map(({ value, label, says }) => (
            <th key={value} scope="col" title={`${label}: ${says}`} className="font-normal text-muted">
              {value}
              <span className="sr-only"> {label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...scales.likelihood].reverse().map((likelihood) => (
          <tr key={likelihood.value}>
            <th
              scope="row"
              title={`${likelihood.label}: ${likelihood.says}`}
              className="text-left font-normal text-muted"
            >
              {likelihood.value} {likelihood.label}
            </th>
            {scales.severity.map(({ value }) => {
              const here = at(likelihood.value, value)
              return (
                <td
                  key={value}
                  className="h-10 border border-surface"
                  style={{
                    background: `color-mix(in oklch, var(--verdict-fail) ${share(likelihood.value * value)}, var(--surface-sunken))`,
                  }}
                  title={here.map(({ title }) => title).join(', ')}
                >
                  {here.length > 0 && (
                    <span className="rounded bg-surface px-1.5 py-0.5 font-medium">
                      {here.length}
                      <span className="sr-only"> {here.map(({ title }) => title).join(', ')}</span>
                    </span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
