// What was seen of a workload without faults, kept in the report folder for the next command.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { replaceFile } from '../../core/atomic-file.ts'
import type { Project } from '../../config/project/project.ts'
import { ChaosError, messageOf } from '../../core/errors.ts'
import { exploredSchema, type Explored } from '../../scenario/generic/explored.ts'

/** @param out the folder of all reports */
export async function writeExplored(out: string, explored: Explored): Promise<void> {
  const file = fileOf(out, explored.workload)
  await mkdir(path.dirname(file), { recursive: true })
  const text = `${JSON.stringify(explored, null, 2)}\n`
  await replaceFile(file, (temporary) => writeFile(temporary, text))
}

/**
 * What an earlier campaign saw of a workload by the same configuration; undefined if none did.
 * @throws ChaosError `CHAOS_EXPLORED_UNREADABLE` if the file is damaged or cannot be read
 */
export async function readExplored(
  out: string,
  { version }: Pick<Project, 'version'>,
  workload: string,
): Promise<Explored | undefined> {
  const file = fileOf(out, workload)
  try {
    // JSON of another form was written by another version of the harness: it saw nothing that counts here.
    const { data } = exploredSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return data?.version === version ? data : undefined
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ChaosError(`what was seen of the workload ${workload} cannot be read: ${messageOf(thrown)}`, {
      code: 'CHAOS_EXPLORED_UNREADABLE',
      hint: `Remove ${file}. The next \`run\` looks at the workload once more and writes it anew.`,
      cause: thrown,
    })
  }
}

function fileOf(out: string, workload: string): string {
  return path.join(out, 'explored', `${workload}.json`)
}
