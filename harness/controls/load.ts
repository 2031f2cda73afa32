// Finds the controls of a folder: the default export of each file.
import path from 'node:path'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import { loadDefault, moduleName, sourceFiles } from '../core/load-default.ts'
import { didYouMean } from '../core/nearest.ts'
import type { Control } from './control.ts'

const unreadableCode = 'CHAOS_CONTROL_UNREADABLE'

/**
 * Every control of a folder, in the order of the files' names.
 * @throws UsageError `CHAOS_CONTROL_UNREADABLE` if the folder or a file cannot be loaded, `CHAOS_USAGE` if a
 *   file exports no control or one with another name than the file
 */
export async function loadControls(folder: string): Promise<Control[]> {
  return await Promise.all((await sourceFiles(folder, 'the controls', unreadableCode)).map(loadControl))
}

async function loadControl(file: string): Promise<Control> {
  const control = await loadDefault(file, unreadableCode)
  if (!isControl(control)) {
    throw new UsageError(
      `${file} has no control as its default export`,
      'Export what `defineControl` returns.',
    )
  }
  if (control.name === moduleName(file)) return control
  throw new UsageError(
    `${file} holds the control ${control.name}`,
    `Name the file ${control.name}${path.extname(file)}.`,
  )
}

function isControl(value: unknown): value is Control {
  if (typeof value !== 'object' || value === null) return false
  return ['name', 'breaks', 'defect', 'scenario', 'expected'].every((field) => field in value)
}

/**
 * The controls with these names, in the order of the list; all if none is named.
 * @throws UsageError `CHAOS_UNKNOWN_CONTROL` with the nearest name
 */
export function selectControls(all: readonly Control[], names: readonly string[]): Control[] {
  const known = all.map(({ name }) => name)
  for (const name of names) {
    if (known.includes(name)) continue
    throw new UsageError(
      `there is no control ${JSON.stringify(name)}`,
      didYouMean(name, known) ?? `See \`${commandName} controls --dry-run\`.`,
      'CHAOS_UNKNOWN_CONTROL',
    )
  }
  return names.length === 0 ? [...all] : all.filter(({ name }) => names.includes(name))
}
