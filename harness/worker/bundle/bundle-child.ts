// Bundles workflows into one file, in a process of its own: bundling takes a second of CPU and 170 MB of memory.
// Usage: node bundle-child.ts <workflows entry> <bundle file>
import { writeFile } from 'node:fs/promises'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const [workflowsPath, bundleFile] = process.argv.slice(2)
if (workflowsPath === undefined || bundleFile === undefined)
  throw new Error('needs an entry and a bundle file')
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
await writeFile(bundleFile, code)
