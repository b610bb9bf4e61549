/** What every command gets, and the way it is run: one result, one exit code. */
import type { Command } from 'commander'
import { type Connection, connect } from './connection.ts'
import type { ExitCode } from './exit-code.ts'
import { createOutput, explain, type Output } from './output.ts'

export type Context = Connection & { readonly output: Output }

/** Makes a commander action of a verb that talks to the server. */
export const withServer =
  <Words extends unknown[]>(verb: (context: Context, ...words: Words) => Promise<ExitCode>) =>
  async (...words: Words): Promise<void> => {
    const isJson = isJsonAsked(words)
    const output = createOutput({ isJson })
    try {
      process.exitCode = await verb({ ...connect(), output }, ...words)
    } catch (thrown) {
      output.settle()
      process.exitCode = explain(thrown, isJson)
    }
  }

/** The same for a verb that needs no server. */
export const withoutServer =
  <Words extends unknown[]>(verb: (output: Output, ...words: Words) => Promise<ExitCode>) =>
  async (...words: Words): Promise<void> => {
    const isJson = isJsonAsked(words)
    try {
      process.exitCode = await verb(createOutput({ isJson }), ...words)
    } catch (thrown) {
      process.exitCode = explain(thrown, isJson)
    }
  }

/** The last word of an action is the command itself. */
const isJsonAsked = (words: readonly unknown[]): boolean =>
  (words.at(-1) as Command | undefined)?.optsWithGlobals().json === true
