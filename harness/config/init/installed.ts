// Where the package lies, seen from a project: in its own node_modules, or in those of a folder above, as in a monorepo.
import { existsSync } from 'node:fs'
import path from 'node:path'

const inFolder = path.join('node_modules', 'temporal-chaos')

/** `./node_modules/temporal-chaos`, or the same with `../` before it. Undefined if it is not installed for this folder. */
export function installedPackage(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, inFolder, 'package.json'))) {
      const relative = path.relative(folder, path.join(at, inFolder)).split(path.sep).join('/')
      return relative.startsWith('../') ? relative : `./${relative}`
    }
    if (path.dirname(at) === at) return undefined
  }
}
