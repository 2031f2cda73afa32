// A new seal for damaged files, as a harness would write it that recorded nonsense.
import { recordFiles, sealFile } from '../record/files.ts'
import type { RecordFiles } from '../record/read-files.ts'
import { lineNumberField, sealedFile, type Seal } from '../record/seal.ts'

/** Numbers the lines again, and seals all files. */
export function resealed(files: RecordFiles): RecordFiles {
  const { [sealFile]: _old, ...others } = files
  const numbered = Object.fromEntries(
    Object.entries(others).map(([name, content]) => [
      name,
      name.endsWith('.jsonl') ? renumbered(content) : content,
    ]),
  )
  const seal: Seal = {
    files: Object.fromEntries(Object.entries(numbered).map(([name, content]) => [name, sealedFile(content)])),
  }
  return { ...numbered, [sealFile]: Buffer.from(JSON.stringify(seal)) }
}

function renumbered(content: Buffer): Buffer {
  const start = new RegExp(`^\\{"${lineNumberField}":\\d+`)
  const lines = content.toString('latin1').split('\n')
  const numbered = lines.map((line, index) => line.replace(start, `{"${lineNumberField}":${index + 1}`))
  return Buffer.from(numbered.join('\n'), 'latin1')
}

export function isSealed(files: RecordFiles): boolean {
  return sealFile in files && recordFiles.header in files
}
