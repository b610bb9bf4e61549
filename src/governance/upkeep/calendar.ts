/** The calendar of upkeep as iCalendar (RFC 5545): one event of a whole day each. Pure. */
import { digestOf } from '../../kernel/digest.ts'
import { DAY, type Instant, instantOf } from '../../kernel/time.ts'
import type { UpkeepEntry } from './entry.ts'

const LONGEST_LINE_BYTES = 75

export function calendarOf(
  entries: readonly UpkeepEntry[],
  { now, baseUrl }: { now: Instant; baseUrl: string },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Airworthy//Upkeep//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Airworthy',
    ...entries.flatMap((entry) => eventOf(entry, { now, baseUrl })),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function eventOf(
  { id, kind, on, title, todo, application, href }: UpkeepEntry,
  { now, baseUrl }: { now: Instant; baseUrl: string },
): string[] {
  const next = instantOf(Date.parse(on) + DAY).slice(0, 10)
  return [
    'BEGIN:VEVENT',
    `UID:${digestOf(id).slice('sha256:'.length, 'sha256:'.length + 32)}@airworthy`,
    `DTSTAMP:${now.replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${plainDay(on)}`,
    // The end is the first day that is not part of it.
    `DTEND;VALUE=DATE:${plainDay(next)}`,
    `SUMMARY:${text(application === null ? title : `${application}: ${title}`)}`,
    `DESCRIPTION:${text(todo)}`,
    `CATEGORIES:${text(kind)}`,
    `URL:${baseUrl}${href}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

const plainDay = (day: string): string => day.replaceAll('-', '')

/** A text value: backslash, comma, semicolon and line ends are written with a backslash. */
const text = (value: string): string => value.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')

/** A line has at most 75 bytes; what is longer goes on after a line end and a space, never within a letter. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > LONGEST_LINE_BYTES) {
      parts.push(part)
      part = ''
      // The space that begins the next line counts.
      bytes = 1
    }
    part += letter
    bytes += size
  }
  return [...parts, part].join('\r\n ')
}
