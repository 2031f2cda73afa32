// Bundles workflows into one file, in a process of its own: bundling takes a second of CPU and 170 MB of memory.
// Usage: node bundle-child.ts <workflows entry> <bundle file> [<file that exports a dataConverter>]
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { DataConverter } from '@temporalio/common'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const [workflowsPath, bundleFile, converterFile] = process.argv.slice(2)
if (workflowsPath === undefined || bundleFile === undefined)
  throw new Error('needs an entry and a bundle file')

/** The parts of the converter that run inside of workflows. */
async function convertersIn(file: string): Promise<Omit<DataConverter, 'payloadCodecs' | 'externalStorage'>> {
  const { dataConverter } = (await import(pathToFileURL(file).href)) as { dataConverter: DataConverter }
  const { payloadConverterPath, failureConverterPath } = dataConverter
  return {
    ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
  }
}

const converters = converterFile === undefined ? {} : await convertersIn(converterFile)
const { code } = await bundleWorkflowCode({ workflowsPath, ...converters, logger: new DefaultLogger('WARN') })
await writeFile(bundleFile, code)
