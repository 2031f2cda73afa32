// A worker in Python.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { messagesBy, parametersAt, type Commands, type ReadLanguage } from './language.ts'
import type { SourceFile } from './source-files.ts'

const defined = /^@(?:\w+\.)?defn\b(?:\(([^)]*)\))?[^\n]*\n(?:@[^\n]*\n)*class\s+(\w+)/gm
const handler =
  '(?:\\([^)]*?name\\s*=\\s*[\'"]([^\'"]+)[\'"][^)]*\\)|(?:\\([^)]*\\))?\\s*(?:async\\s+)?def\\s+(\\w+))'

export const python: ReadLanguage = {
  manifests: ['pyproject.toml', 'requirements.txt', 'setup.py', 'setup.cfg', 'Pipfile'],
  sdk: /\btemporalio\b/,
  endings: ['.py'],
  createsWorker: /\bWorker\s*\(/,
  beforeQueue: /\btask_queue\s*=\s*/g,
  workflowsIn: ({ text }) => {
    if (!/\btemporalio\b/.test(text)) return []
    return [...text.matchAll(defined)].map((match) => {
      const [whole, options = '', className = ''] = match
      // Activities are functions, so a class with `defn` is a workflow.
      const body = text.slice(match.index + whole.length)
      const run = /@(?:\w+\.)?run\s+async\s+def\s+\w+\s*(?=\()/.exec(body)
      const parameters = run === null ? '' : parametersAt(body, run.index + run[0].length, /^self\b,?/)
      return { type: /\bname\s*=\s*['"]([^'"]+)['"]/.exec(options)?.[1] ?? className, parameters }
    })
  },
  messagesIn: (text) =>
    messagesBy(text, {
      signal: new RegExp(`@workflow\\.signal\\b${handler}`, 'g'),
      update: new RegExp(`@workflow\\.update\\b${handler}`, 'g'),
    }),
  commandsFor,
  replay: ['.venv/bin/python', 'replay.py', '{{histories}}'],
}

async function commandsFor(folder: string, files: readonly SourceFile[]): Promise<Commands> {
  const creating = files.filter(
    ({ text }) => python.createsWorker.test(text) && /temporalio\.worker|temporalio import worker/.test(text),
  )
  const isProgram = ({ text }: SourceFile) => /__name__\s*==|asyncio\.run\(/.test(text)
  const file = creating.find(isProgram) ?? creating[0]
  if (file === undefined) return {}
  const inPackage = existsSync(path.join(folder, path.dirname(file.path), '__init__.py'))
  const isModule = file.path.includes('/') && (inPackage || /^\s*from\s+\./m.test(file.text))
  const what = isModule ? ['-m', file.path.replace(/\.py$/, '').replaceAll('/', '.')] : [file.path]
  return { worker: [...interpreterFor(folder), ...what] }
}

function interpreterFor(folder: string): string[] {
  const own = ['.venv', 'venv', 'env'].find((name) => existsSync(path.join(folder, name, 'bin', 'python')))
  if (own !== undefined) return [`${own}/bin/python`]
  if (existsSync(path.join(folder, 'uv.lock'))) return ['uv', 'run', 'python']
  if (existsSync(path.join(folder, 'poetry.lock'))) return ['poetry', 'run', 'python']
  return ['python3']
}
