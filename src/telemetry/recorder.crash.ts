/** A process that settles requests until it is killed; it prints those that are older than the time said. For one test. */
import { sleep, systemClock } from '../kernel/time.ts'
import { createRecorder } from './recorder.ts'
import { example } from './settled.example.ts'

const recorder = await createRecorder({
  folder: process.argv[2] ?? '',
  clock: systemClock,
  insert: () => new Promise(() => {}),
  onIngested: () => {},
})
for (;;) {
  const event = example()
  recorder.settle(event)
  await sleep(2)
  while (recorder.status().queued > 0) await sleep(2)
  process.stdout.write(`${event.traceId}\n`)
}
