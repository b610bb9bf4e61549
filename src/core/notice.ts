/** What somebody should be told: written by whoever knows of it, sent by whoever can. */

export type Notice = {
  /** The same for the same news, so that it is told once to each. */
  readonly key: string
  readonly application: string
  /** People by name, by id or by e-mail address, as blueprints name them. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}
