/** What the CLI prints: tables for people, JSON for programs, one line for what went wrong. */
import { AirworthyError } from '../../sdk/index.ts'
import { EXIT, type ExitCode, UsageError } from './exit-code.ts'

export type Output = {
  readonly isJson: boolean
  /** A line for people; nothing with `--json`. */
  line(text?: string): void
  /** The result: with `--json` as JSON on standard output, else as `people` prints it. */
  result(value: unknown, people: () => void): void
  /** Columns aligned, with a header; `empty` is said in place of a table without rows. */
  table(header: readonly string[], rows: readonly (readonly string[])[], empty?: string): void
  /** One line that is written over while work goes on; plain lines where there is no terminal. */
  progress(text: string): void
  /** Ends the progress line. */
  settle(): void
}

export function createOutput({
  isJson,
  out = process.stdout,
  err = process.stderr,
}: {
  isJson: boolean
  out?: NodeJS.WriteStream
  err?: NodeJS.WriteStream
}): Output {
  let shown = ''
  return {
    isJson,
    line: (text = '') => {
      if (!isJson) out.write(`${withoutCommands(text)}\n`)
    },
    result(value, people) {
      if (isJson) out.write(`${JSON.stringify(value, null, 2)}\n`)
      else people()
    },
    table(header, rows, empty) {
      if (isJson) return
      if (rows.length === 0 && empty !== undefined) {
        out.write(`${empty}\n`)
        return
      }
      const shownRows = rows.map((row) => row.map(withoutCommands))
      const widths = header.map((title, column) =>
        Math.max(title.length, ...shownRows.map((row) => (row[column] ?? '').length)),
      )
      const write = (cells: readonly string[]) =>
        out.write(
          `${cells
            .map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
            .join('  ')
            .trimEnd()}\n`,
        )
      write(header)
      for (const row of shownRows) write(row)
    },
    progress(text) {
      if (text === shown) return
      shown = text
      if (err.isTTY) err.write(`\r\u001b[2K${text}`)
      else err.write(`${text}\n`)
    },
    settle() {
      if (shown !== '' && err.isTTY) err.write('\r\u001b[2K')
      shown = ''
    },
  }
}

/** Line ends and tabs may be in it; what commands a terminal or turns the writing round becomes its code. */
const withoutCommands = (text: string): string =>
  text
    .toWellFormed()
    .replace(
      /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )

/** Prints what went wrong on one line, each problem below it, and gives the exit code. */
export function explain(thrown: unknown, isJson: boolean): ExitCode {
  const { code, detail, problems } = describe(thrown)
  if (isJson) process.stdout.write(`${JSON.stringify({ code, detail, problems }, null, 2)}\n`)
  else {
    process.stderr.write(`${withoutCommands(detail)}${code ? ` (${code})` : ''}\n`)
    // One problem stands in the sentence already.
    const others = problems.length === 1 && detail.includes(problems[0]?.message ?? '') ? [] : problems
    for (const { file, line, field, message, remedy } of others)
      process.stderr.write(
        withoutCommands(
          `  ${[file, line].filter((part) => part !== undefined).join(':')}${file ? '  ' : ''}${field}: ${message}${remedy ? `. ${remedy}` : ''}\n`,
        ),
      )
  }
  if (thrown instanceof UsageError || code === 'sdk.input-missing') return EXIT.usage
  if (!(thrown instanceof AirworthyError)) return EXIT.broken
  return thrown.status >= 400 && thrown.status < 500 ? EXIT.failed : EXIT.broken
}

/** What went wrong, as code, sentence and single problems. */
export function describe(thrown: unknown): { code: string; detail: string; problems: AirworthyError['problems'] } {
  if (thrown instanceof AirworthyError) return { code: thrown.code, detail: thrown.message, problems: thrown.problems }
  const { code, message, cause, problems } = thrown as Error & { code?: string; problems?: AirworthyError['problems'] }
  const isNetwork = thrown instanceof TypeError && /fetch failed/.test(message)
  if (isNetwork)
    return {
      code: 'cli.no-server',
      detail: `No server answers: ${(cause as Error | undefined)?.message ?? message}. Start it with \`npx airworthy up\`, or set AIRWORTHY_URL.`,
      problems: [],
    }
  return { code: code ?? '', detail: message ?? String(thrown), problems: problems ?? [] }
}
