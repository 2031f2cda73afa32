// Programs of the harness that run in a process of their own.
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The file of a program beside a module: TypeScript in the checkout, JavaScript in the package.
 * @param name without an ending
 * @param moduleUrl the module's `import.meta.url`
 */
export function programBeside(name: string, moduleUrl: string): string {
  const url = new URL(moduleUrl)
  return fileURLToPath(new URL(`${name}${path.extname(url.pathname)}`, url))
}
