/** The same on paper: a page that prints, Markdown, or a table. */
import { say } from '../words/say.ts'

const WORDS = { html: say('take-away.print'), markdown: say('take-away.markdown'), csv: 'CSV' } as const

export const TakeAway = ({
  address,
  formats = ['html', 'markdown', 'csv'],
}: {
  /** Without its query. */
  address: string
  formats?: readonly (keyof typeof WORDS)[]
}) => (
  <span className="flex flex-wrap items-center gap-3 text-data">
    {formats.map((format) => (
      <a
        key={format}
        href={`${address}?format=${format}`}
        className="inline-flex min-h-8 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
        {...(format === 'html' && { target: '_blank', rel: 'noreferrer' })}
      >
        {WORDS[format]}
      </a>
    ))}
  </span>
)
