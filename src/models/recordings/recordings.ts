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

export function loadRecordings(sources: readonly RecordingSource[]): Map<string, LoadedRecording> {
  return new Map(sources.map((source) => [source.name, load(source)]))
}

function load(source: RecordingSource): LoadedRecording {
  try {
    return { kind: 'ready', recording: createRecording(source, READERS[source.format](source.file)) }
  } catch (thrown) {
    return { kind: 'unreadable', source, reason: messageOf(thrown) }
  }
}
