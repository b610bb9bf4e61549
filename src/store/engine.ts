/**
 * What both engines offer: statements over connections that are held by one caller at a time.
 *
 * The embedded engine has one connection, so a transaction keeps everybody else waiting; that is why
 * no transaction may be held across a call to a model. Parsers make a row a JSON value:
 * instants are ISO strings, int8 is a number, numeric stays an exact decimal string.
 */
export type Rows = { rows: Record<string, unknown>[]; affectedRows: number }

export type Connection = {
  /** One statement with `$1` parameters; `copy … from stdin` takes what comes in as its one parameter, in bytes. */
  query(sql: string, parameters: readonly unknown[]): Promise<Rows>
  /** Several statements without parameters; the rows of all of them. */
  script(sql: string): Promise<Rows>
  release(): void
}

/** What a `copy` reads, or undefined for any other statement. */
export const copiedBy = (sql: string, [given]: readonly unknown[]): Uint8Array | undefined =>
  sql.startsWith('copy ') && given instanceof Uint8Array ? given : undefined

export type Engine = {
  readonly kind: 'embedded' | 'postgres'
  acquire(): Promise<Connection>
  /** Hears the notices of a channel, also of other processes, until the returned function is called. Embedded: none. */
  listen?(channel: string, heard: (text: string) => void): () => Promise<void>
  close(): Promise<void>
}
