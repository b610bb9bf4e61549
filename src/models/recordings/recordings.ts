/** Every recording that was named, by name; one that cannot be read keeps its reason instead of stopping the start. */
import { messageOf } from '../../kernel/failure.ts'
import { readMtrag } from './mtrag.ts'
import { createRecording, RecordedAnswer, type Recording, type RecordingSource, readLines } from './recording.ts'

const READERS: Readonly<Record<RecordingSource['format'], (file: string) => RecordedAnswer[]>> = {
  conversations: (file) => readLines(file, RecordedAnswer),
  mtrag: readMtrag,
}

export type LoadedRecording =
  | { readonly kind: 'ready'; readonly recording: Recording }
  | { readonly kind: 'unreadable'; readonly source: RecordingSource; readonly reason: string }

/** By where it comes from: files of a recording do not change while a process runs, and each start asks for all. */
const known = new WeakMap<RecordingSource, LoadedRecording>()

export function loadRecordings(sources: readonly RecordingSource[]): Map<string, LoadedRecording> {
  return new Map(sources.map((source) => [source.name, loaded(source)]))
}

function loaded(source: RecordingSource): LoadedRecording {
  const recording = known.get(source) ?? load(source)
  known.set(source, recording)
  return recording
}

function load(source: RecordingSource): LoadedRecording {
  try {
    return { kind: 'ready', recording: createRecording(source, READERS[source.format](source.file)) }
  } catch (thrown) {
    return { kind: 'unreadable', source, reason: messageOf(thrown) }
  }
}
