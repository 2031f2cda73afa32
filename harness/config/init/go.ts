// A worker in Go.
import path from 'node:path'
import { messagesBy, parametersAt, type Commands, type FoundWorkflow, type ReadLanguage } from './language.ts'
import type { SourceFile } from './source-files.ts'

const functions = /^func\s+(?:\([^)]*\)\s*)?([A-Z]\w*)\s*(?=\(\s*\w+\s+workflow\.Context\b)/gm
const renamed = /\bRegisterWorkflowWithOptions\(\s*(?:\w+\.)*(\w+)\s*,[^)]*?\bName:\s*"([^"]+)"/g

export const go: ReadLanguage = {
  manifests: ['go.mod'],
  sdk: /\bgo\.temporal\.io\/sdk\b/,
  endings: ['.go'],
  createsWorker: /\bworker\.New\s*\(/,
  beforeQueue: /\bworker\.New\s*\(\s*[^,]+,\s*|\bTaskQueue:\s*/g,
  registers: /\bRegisterWorkflow(?:WithOptions\([^)]*?\bName:\s*"([^"]+)"|\(\s*(?:\w+\.)*(\w+))/g,
  workflowsIn: ({ text }) => {
    const declared = [...text.matchAll(functions)].map((match): FoundWorkflow => {
      const [whole, type = ''] = match
      const parameters = parametersAt(text, match.index + whole.length, /^\w+ workflow\.Context\s*,?/)
      return { type, parameters }
    })
    const named = [...text.matchAll(renamed)].map(([, , type = '']) => ({ type, parameters: '...' }))
    return [...named, ...declared]
  },
  messagesIn: (text) =>
    messagesBy(text, {
      signal: /\bGetSignalChannel(?:WithOptions)?\(\s*\w+\s*,\s*"([^"]+)"/g,
      update: /\bSetUpdateHandler(?:WithOptions)?\(\s*\w+\s*,\s*"([^"]+)"/g,
    }),
  commandsFor,
  replay: ['go', 'run', './replay', '{{histories}}'],
}

async function commandsFor(_folder: string, files: readonly SourceFile[]): Promise<Commands> {
  const isMain = ({ text }: SourceFile) => /^package main\b/m.test(text)
  const file = files.find((one) => isMain(one) && go.createsWorker.test(one.text))
  if (file === undefined) return {}
  const from = path.posix.dirname(file.path)
  // `go run` would put a process of its own between the harness and the worker.
  return {
    build: ['go', 'build', '-o', 'bin/worker', from === '.' ? '.' : `./${from}`],
    worker: ['bin/worker'],
  }
}
