/** Files that were imported, each with what it held: its form, its fields, and what was not taken and why. */
import { useQuery } from '@tanstack/react-query'
import type { ImportedFile } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { importedFiles } from './dataset-queries.ts'

export function FilesSection({ name }: { name: string }) {
  const query = useQuery(importedFiles(name))
  return (
    <Section title={say('files-section.files')} note={say('files-section.what-each-held-when-it-came-in')}>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('files-section.no-file-was-imported-its-rows-came')}</p>
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
            {[format, encoding].filter((word) => word !== null).join(', ')}, {say('many.byte', { n: bytes })},{' '}
            {say('many.record', { n: records })},{' '}
            {version === null ? say('files-section.nothing-new') : say('files-section.version', { version })}
            {left > 0 && say('files-section.in-quarantine', { left: number(left) })}; <Ago at={at} />
          </span>
        </summary>
        {fields.length > 0 && (
          <Scrollable className="mt-2 overflow-x-auto">
            <Fields fields={fields} />
          </Scrollable>
        )}
        {furtherFields > 0 && (
          <p className="mt-1 text-muted">
            {say('files-section.not-listed', { furtherFields: say('many.further-field', { n: furtherFields }) })}
          </p>
        )}
        {quarantined.length > 0 && (
          <ul className="mt-2 list-disc pl-5" aria-label={say('files-section.not-taken')}>
            {quarantined.map(({ kind, field, message, rows, firstLine }) => (
              <li key={`${kind} ${field} ${message}`}>
                {sayWith('files-section.in-quarantine-the-first-in-line', {
                  rows: say('many.row', { n: rows }),
                  firstLine,
                  field,
                  message,
                })}
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
        <th scope="col">{say('files-section.field')}</th>
        <th scope="col">{say('files-section.type')}</th>
        <th scope="col" className="num">
          {say('files-section.missing')}
        </th>
        <th scope="col" className="num">
          {say('files-section.different')}
        </th>
        <th scope="col">{say('files-section.for-example')}</th>
      </tr>
    </thead>
    <tbody>
      {fields.map(({ name, types, missing, distinct, isDistinctCut, examples }) => (
        <tr key={name}>
          <td className="min-w-24 break-words">{name}</td>
          <td>{Object.keys(types).join(', ') || say('files-section.empty')}</td>
          <td className="num">{percent(missing)}</td>
          <td className="num">
            {isDistinctCut && say('files-section.over')}
            {number(distinct)}
          </td>
          <td className="break-words">{examples.join(' · ')}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
