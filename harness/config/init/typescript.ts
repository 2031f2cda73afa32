// A worker in TypeScript or JavaScript.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { messagesBy, parametersAt, type Commands, type ReadLanguage } from './language.ts'
import { textOf, type SourceFile } from './source-files.ts'

const exported =
  /^export\s+(?:async\s+function\s+(\w+)\s*(?:<[^(]*>)?|const\s+(\w+)\s*=\s*async\s*(?:<[^(]*>)?)(?=\()/gm

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) })

export const typescript: ReadLanguage = {
  manifests: ['package.json'],
  sdk: /"@temporalio\/(?:worker|workflow|client)"/,
  endings: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs'],
  createsWorker: /\bWorker\.create\s*\(/,
  beforeQueue: /\btaskQueue\s*:\s*/g,
  workflowsIn: ({ path: file, text }) => {
    const isNamedSo = /\bworkflows?\b/i.test(file)
    if (!isNamedSo && !/(?:from|require\()\s*['"]@temporalio\/workflow['"]/.test(text)) return []
    return [...text.matchAll(exported)].map((match) => {
      const [whole, declared, assigned] = match
      const parameters = parametersAt(text, match.index + whole.length, /^$/)
      return { type: declared ?? assigned ?? '', parameters }
    })
  },
  messagesIn: (text) =>
    messagesBy(text, {
      signal: /\bdefineSignal\s*(?:<[^;]*?>)?\(\s*['"]([^'"]+)['"]/g,
      update: /\bdefineUpdate\s*(?:<[^;]*?>)?\(\s*['"]([^'"]+)['"]/g,
    }),
  commandsFor,
  replay: ['node', 'replay.js', '{{histories}}'],
}

async function commandsFor(folder: string, files: readonly SourceFile[]): Promise<Commands> {
  const scripts = scriptsIn(await textOf(path.join(folder, 'package.json')))
  const manager =
    ['pnpm', 'yarn'].find((name) => existsSync(path.join(folder, lockFiles[name] ?? ''))) ?? 'npm'
  const script = workerScript(scripts)
  const source = files.find(({ text }) => typescript.createsWorker.test(text))?.path
  if (script === undefined) {
    if (source === undefined) return {}
    return { worker: /\.[mc]?js$/.test(source) ? ['node', source] : ['npx', 'tsx', source] }
  }
  const content = scripts[script] ?? ''
  // Without a package manager between, the worker itself is what gets killed, and it is back sooner.
  const worker = /^node [\w./ =-]+$/.test(content) ? content.split(' ') : [manager, 'run', script]
  const isBuilt = 'build' in scripts && content.startsWith('node ') && !/\bsrc\//.test(content)
  return { worker, ...(isBuilt ? { build: [manager, 'run', 'build'] } : {}) }
}

const lockFiles: Readonly<Record<string, string>> = { pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock' }

function scriptsIn(text: string | undefined): Readonly<Record<string, string>> {
  try {
    return packageSchema.parse(JSON.parse(text ?? '{}')).scripts
  } catch {
    // Somebody else will tell the user that the file is broken.
    return {}
  }
}

/** One that watches files is not how a worker runs. */
function workerScript(scripts: Readonly<Record<string, string>>): string | undefined {
  const running = Object.entries(scripts).filter(
    ([name, content]) =>
      !/watch|nodemon|\bdev\b/.test(`${name} ${content}`) && !/^(?:pre|post)|build|test|lint/.test(name),
  )
  const [named] = running.find(([name]) => /worker/.test(name)) ?? []
  const [saying] = running.find(([name, content]) => name === 'start' && /worker/.test(content)) ?? []
  const [other] = running.find(([, content]) => /worker/.test(content)) ?? []
  return named ?? saying ?? other ?? running.find(([name]) => name === 'start')?.[0]
}
