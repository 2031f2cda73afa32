// Creates a folder and its parents, and reports why if this fails. Node's recursive mkdir reports every
// reason as ENOENT.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** @throws the file system's own error about the first folder that cannot be created */
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
