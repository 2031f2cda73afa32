// A folder and those above it, with the reason where that fails: Node's own recursive mkdir reports any as ENOENT.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** @throws the file system's own error about the first folder that cannot be made */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw thrown
    await makeFolder(dirname(folder))
    await makeFolder(folder)
  }
}
