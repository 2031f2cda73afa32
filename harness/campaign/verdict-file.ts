// The verdict of a run, in the folder of its record.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunResult } from '../result/campaign-result.ts'

export const verdictFile = 'verdict.json'

export async function writeVerdict(folder: string, result: RunResult): Promise<void> {
  await writeFile(path.join(folder, verdictFile), verdictText(result))
}

export function verdictText(result: RunResult): string {
  return `${JSON.stringify(result, undefined, 2)}\n`
}
