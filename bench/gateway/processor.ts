/** Processor time and memory of any process, as Linux tells; elsewhere nothing is measured. */
import { readFileSync } from 'node:fs'

/** A clock tick of Linux, in microseconds. */
const TICK = 10_000

/** Microseconds, of all threads. */
export function processorOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK
}

/** Resident, in megabytes. */
export const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
