// A program that a chaos.config names, as it is started.
import path from 'node:path'
import type { ProjectProgram } from '../config/project/program-schema.ts'

/**
 * @param folder of the configuration: relative paths begin there
 * @param env the program's own variables are added to these
 */
export function declaredProgram(
  { command: [file = '', ...args], cwd, env: own }: ProjectProgram,
  folder: string,
  env: Readonly<Record<string, string>>,
) {
  return { file, args, place: { cwd: path.resolve(folder, cwd), env: { ...env, ...own } } }
}
