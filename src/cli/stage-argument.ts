/** The stage that a command is about: one that a gate stands before. */
import { Argument } from 'commander'

export const stageArgument = (): Argument => new Argument('<stage>').choices(['poc', 'pilot', 'production'])
