// The files of a stored record of schema 2, as today's harness would have written them: numbered and sealed.
import { fileURLToPath } from 'node:url'
import { resealed } from '../../harness/mutation/reseal.ts'
import { recordFiles } from '../../harness/record/files.ts'
import { readRecordFiles, type RecordFiles } from '../../harness/record/read-files.ts'
import { lineNumberField } from '../../harness/record/seal.ts'
import type { StoredRecord } from './stored-record.ts'

export async function sealedFiles(name: StoredRecord): Promise<RecordFiles> {
  const folder = fileURLToPath(new URL(`../../fixtures/records/${name}`, import.meta.url))
  const files = await readRecordFiles(folder)
  const numbered = Object.entries(files).map(([file, content]): [string, Buffer] => {
    const text = content.toString()
    if (file === recordFiles.header) return [file, Buffer.from(text.replace('"schema": 2', '"schema": 3'))]
    const isNumbered = file !== recordFiles.effects
    return [file, isNumbered ? Buffer.from(text.replaceAll(/^\{/gm, `{"${lineNumberField}":1,`)) : content]
  })
  return resealed(Object.fromEntries(numbered))
}
