// A data converter by the file of its module: processes can be handed a file, but no functions.
import { pathToFileURL } from 'node:url'
import type { DataConverter } from '@temporalio/common'
import { ChaosError } from '../core/errors.ts'

/** What the module exports as `dataConverter`. @throws ChaosError `CHAOS_DATA_CONVERTER` */
export async function importDataConverter(file: string): Promise<DataConverter> {
  const { dataConverter } = await importModule(file)
  if (typeof dataConverter === 'object' && dataConverter !== null) return dataConverter
  throw new ChaosError(`${file} exports no dataConverter`, {
    code: 'CHAOS_DATA_CONVERTER',
    hint: 'Export a DataConverter of the TypeScript SDK by that name.',
  })
}

async function importModule(file: string): Promise<{ readonly dataConverter?: DataConverter | null }> {
  try {
    return (await import(pathToFileURL(file).href)) as { dataConverter?: DataConverter }
  } catch (cause) {
    throw new ChaosError(`the data converter ${file} cannot be loaded`, {
      code: 'CHAOS_DATA_CONVERTER',
      cause,
    })
  }
}
