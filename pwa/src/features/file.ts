/** Files that somebody takes out of the app or the console: fetched by it, for the address bar gets none of them. */

/** Names that tell nothing about whoever has the file. */
export type FileName = 'overblik.pdf' | 'overblik.json' | 'aftaler.csv'

/** Long enough for a slow phone to have taken the file over. */
const HELD_MS = 60_000

function offer(name: FileName, file: Blob): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), HELD_MS)
}

/** Fetches a file and hands it to the browser to keep. False: it did not come, and there is no file. */
export async function saveFile(name: FileName, fetchFile: () => Promise<Blob>): Promise<boolean> {
  try {
    offer(name, await fetchFile())
    return true
  } catch {
    return false
  }
}
