// Makes a folder and those above it. Node's own recursive mkdir reports every failure as ENOENT, and never
// returns from a folder like /proc.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** @throws the file system's own error about the first folder that cannot be made */
export async function makeFolder(folder: string): Promise<void> {
  if ((await made(folder)) || dirname(folder) === folder) return
  await makeFolder(dirname(folder))
  await mkdir(folder).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'EEXIST') throw thrown
  })
}

/** False if the folder above is missing. */
async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code !== 'EEXIST' && code !== 'ENOENT') throw thrown
    return code === 'EEXIST'
  }
}

function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException).code
}
