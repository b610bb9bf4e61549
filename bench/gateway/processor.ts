/** Processor time and memory of any process, as Linux tells; elsewhere nothing is measured. */
import { readFileSync } from 'node:fs'

/** A clock tick of Linux, in microseconds. */
const TICK = 10_000

/** Microseconds of all threads: in the program, and in the system's calls for it. */
export type Times = { readonly user: number; readonly system: number }

export function timesOf(pid: number): Times {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest.split(' ')
  return { user: Number(fields[11]) * TICK, system: Number(fields[12]) * TICK }
}

/** Microseconds, of all threads. */
export function processorOf(pid: number): number {
  const { user, system } = timesOf(pid)
  return user + system
}

/** Resident, in megabytes. */
export const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
