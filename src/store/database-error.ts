/** What the database refused, with PostgreSQL's code (`23505` is a unique violation). */
export class DatabaseError extends Error {
  readonly code: string | undefined
  readonly detail: string | undefined
  readonly constraint: string | undefined

  constructor({
    message,
    code,
    detail,
    constraint,
  }: { message: string; code?: string; detail?: string; constraint?: string }) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
    this.detail = detail
    this.constraint = constraint
  }
}

/** True when a write met a row that is there already. */
export const isDuplicate = (thrown: unknown): boolean => (thrown as { code?: unknown } | null)?.code === '23505'
