import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from '@temporalio/worker'

interface Entry {
  file: string
  workflowId: string
  runId: string
}

async function main(folder: string): Promise<void> {
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  const entries: Entry[] = read('index.json')
  const histories = entries.map(({ file, workflowId }) => ({ workflowId, history: read(file) }))
  const results = Worker.runReplayHistories({ workflowsPath: require.resolve('./workflows') }, histories)
  for await (const { runId, error } of results) {
    const file = entries.find((entry) => entry.runId === runId)?.file
    console.log(JSON.stringify(error ? { file, ok: false, message: error.message } : { file, ok: true }))
  }
}

main(process.argv[2]).catch((error) => {
  console.error(error)
  process.exit(1)
})
