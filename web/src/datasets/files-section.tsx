/** Files that were imported, each with what it held: its form, its fields, and what was not taken and why. */
import { useQuery } from '@tanstack/react-query'
import type { ImportedFile } from '../../../sdk/index.ts'
import { many, number, percent } from '../data/format.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Loaded } from '../ui/states.tsx'
import { importedFiles } from './dataset-queries.ts'

export function FilesSection({ name }: { name: string }) {
  const query = useQuery(importedFiles(name))
  return (
    <Section title="Files" note="what each held when it came in">
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">No file was imported: its rows came by hand, from traces or from a model.</p>
          ) : (
            <ul className="flex flex-col gap-4">
              {items.map((file, at) => (
                <FileItem key={file.id} file={file} isOpen={at === 0} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function FileItem({ file: { file, version, profile, at }, isOpen }: { file: ImportedFile; isOpen: boolean }) {
  const { format, encoding, bytes, records, fields, furtherFields, quarantined } = profile
  const left = quarantined.reduce((sum, { rows }) => sum + rows, 0)
  return (
    <li className="border-b border-line pb-3">
      <details open={isOpen}>
        <summary className="cursor-pointer">
          <span className="break-all font-medium">{file}</span>{' '}
          <span className="text-muted">
            {[format, encoding].filter((word) => word !== null).join(', ')}, {many(bytes, 'byte')},{' '}
            {many(records, 'record')}, {version === null ? 'nothing new' : `version ${version}`}
            {left > 0 && `, ${number(left)} in quarantine`}; <Ago at={at} />
          </span>
        </summary>
        {fields.length > 0 && (
          <Scrollable className="mt-2 overflow-x-auto">
            <Fields fields={fields} />
          </Scrollable>
        )}
        {furtherFields > 0 && <p className="mt-1 text-muted">{many(furtherFields, 'further field')} not listed.</p>}
        {quarantined.length > 0 && (
          <ul className="mt-2 list-disc pl-5" aria-label="Not taken">
            {quarantined.map(({ kind, field, message, rows, firstLine }) => (
              <li key={`${kind} ${field} ${message}`}>
                {many(rows, 'row')} in quarantine, the first in line {firstLine}: {field}, {message}
              </li>
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}

const Fields = ({ fields }: Pick<ImportedFile['profile'], 'fields'>) => (
  <table className="data-table">
    <thead>
      <tr>
        <th scope="col">field</th>
        <th scope="col">type</th>
        <th scope="col" className="num">
          missing
        </th>
        <th scope="col" className="num">
          different
        </th>
        <th scope="col">for example</th>
      </tr>
    </thead>
    <tbody>
      {fields.map(({ name, types, missing, distinct, isDistinctCut, examples }) => (
        <tr key={name}>
          <td className="break-all">{name}</td>
          <td>{Object.keys(types).join(', ') || 'empty'}</td>
          <td className="num">{percent(missing)}</td>
          <td className="num">
            {isDistinctCut && 'over '}
            {number(distinct)}
          </td>
          <td className="break-words">{examples.join(' · ')}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
