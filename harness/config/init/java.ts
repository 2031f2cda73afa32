// A worker in Java, built by Maven or Gradle.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { messagesBy, parametersAt, type Commands, type ReadLanguage } from './language.ts'
import { textOf, type SourceFile } from './source-files.ts'

const annotated =
  '\\b(?:\\([^)]*?\\bname\\s*=\\s*"([^"]+)"[^)]*\\)|(?:\\([^)]*\\))?\\s*(?:public\\s+)?[\\w<>\\[\\], .?]+?\\s(\\w+)\\s*\\()'

export const java: ReadLanguage = {
  manifests: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  sdk: /\bio\.temporal\b/,
  endings: ['.java', '.kt'],
  createsWorker: /\.newWorker\s*\(/,
  beforeQueue: /\.newWorker\s*\(\s*|\.setTaskQueue\s*\(\s*/g,
  workflowsIn: ({ text }) =>
    [...text.matchAll(/@WorkflowInterface\b[^{]*?\binterface\s+(\w+)/g)].map((match) => {
      const [whole, name = ''] = match
      const body = text.slice(match.index + whole.length)
      const method = /@WorkflowMethod\b(\([^)]*\))?[^(;]*(?=\()/.exec(body)
      const parameters = method === null ? '' : parametersAt(body, method.index + method[0].length, /^$/)
      return { type: /\bname\s*=\s*"([^"]+)"/.exec(method?.[1] ?? '')?.[1] ?? name, parameters }
    }),
  messagesIn: (text) =>
    messagesBy(text, {
      signal: new RegExp(`@SignalMethod${annotated}`, 'g'),
      update: new RegExp(`@UpdateMethod${annotated}`, 'g'),
    }),
  commandsFor,
  replay: ['java', '-cp', 'target/test-classes:target/classes:target/lib/*', 'Replay', '{{histories}}'],
}

async function commandsFor(folder: string, files: readonly SourceFile[]): Promise<Commands> {
  const isProgram = ({ text }: SourceFile) => java.createsWorker.test(text) && /\bvoid\s+main\s*\(/.test(text)
  const file = files.find(isProgram)
  if (existsSync(path.join(folder, 'pom.xml'))) return file === undefined ? {} : byMaven(mainClass(file))
  return byGradle(folder)
}

/** `java` and not `mvn` starts the worker: what is killed is then the worker itself, and it is back sooner. */
function byMaven(main: string): Commands {
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=target/lib']
  return {
    build: ['mvn', '--batch-mode', '--quiet', 'compile', ...copy],
    worker: ['java', '-cp', 'target/classes:target/lib/*', main],
  }
}

async function byGradle(folder: string): Promise<Commands> {
  const [script, settings] = await Promise.all(
    ['build.gradle', 'settings.gradle'].map(
      async (name) =>
        (await textOf(path.join(folder, name))) ?? (await textOf(path.join(folder, `${name}.kts`))) ?? '',
    ),
  )
  if (!/\bapplication\b/.test(script ?? '')) return {}
  const gradle = existsSync(path.join(folder, 'gradlew')) ? './gradlew' : 'gradle'
  const name = /\brootProject\.name\s*=\s*['"]([^'"]+)['"]/.exec(settings ?? '')?.[1] ?? path.basename(folder)
  return { build: [gradle, '--quiet', 'installDist'], worker: [`build/install/${name}/bin/${name}`] }
}

function mainClass({ path: file, text }: SourceFile): string {
  const inPackage = /^\s*package\s+([\w.]+)/m.exec(text)?.[1]
  const name = path.posix
    .basename(file)
    .replace(/\.java$/, '')
    .replace(/\.kt$/, 'Kt')
  return inPackage === undefined ? name : `${inPackage}.${name}`
}
