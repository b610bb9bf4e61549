/**
 * Files of the data folder, written beside their place, synced and renamed: whole or as they were, also after a crash
 * or a loss of power. Mode 0600. A name lasts only when its folder is synced too.
 */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

let drafts = 0

/** Writes the pieces, which need never be in memory together. Its folder is there. */
export async function writeWhole(path: string, pieces: Pieces): Promise<void> {
  const draft = `${path}.${process.pid}.${++drafts}.draft`
  try {
    await writeSynced(draft, pieces)
    await putInPlace(draft, path)
  } catch (thrown) {
    await rm(draft, { force: true })
    throw thrown
  }
}

/** The same at once, for a start and for what must stand before anybody goes on. Nobody else writes the file. */
export function writeWholeSync(path: string, text: string): void {
  const draft = `${path}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  putInPlaceSync(draft, path)
}

/** Writes a file where it is, for whoever puts it in its place later. */
export async function writeSynced(path: string, pieces: Pieces): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    for await (const piece of pieces) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Gives a synced file its name, for good. */
export async function putInPlace(draft: string, path: string): Promise<void> {
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** The same at once, also for folders. */
export function putInPlaceSync(draft: string, path: string): void {
  renameSync(draft, path)
  syncSync(dirname(path))
}

/** Makes the names in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  if (isWindows) return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a file, or the names in a folder, last. */
export function syncSync(path: string): void {
  if (isWindows) return
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes all that is below a folder last, and the folder itself. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncSync(path)
  }
  syncSync(folder)
}

/** It opens no folders, syncs nothing that was opened to be read, and keeps names by itself. */
const isWindows = process.platform === 'win32'
