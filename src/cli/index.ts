/** The commands, for whoever runs one in a process that is there already. */
export { runCommand } from './program.ts'
