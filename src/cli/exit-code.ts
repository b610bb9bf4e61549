/** Exit codes, so that scripts and CI can act on them. */
export const EXIT = {
  /** Open, passed, done. */
  ok: 0,
  /** At least one FAIL, worse, or a refused act. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** Held only by MISSING, STALE or INCONCLUSIVE, or undecided. */
  undecided: 3,
  /** It could not run: no server, no key, something broke. */
  broken: 4,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Of what was measured of data: nothing that is asked is nothing wrong. */
export const EXIT_OF_QUALITY = {
  PASS: EXIT.ok,
  NOT_APPLICABLE: EXIT.ok,
  FAIL: EXIT.failed,
  MISSING: EXIT.undecided,
  INCONCLUSIVE: EXIT.undecided,
} as const

/** What was typed cannot be meant: a template, folder or file that is not there. */
export class UsageError extends Error {}
