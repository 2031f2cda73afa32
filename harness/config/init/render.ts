// A draft as the text of a configuration, with comments that say what each part is for.
import type { Draft } from './draft.ts'
import {
  effectsOf,
  headOf,
  quoted,
  replayOf,
  scenariosOf,
  toml,
  typescript,
  workerOf,
  workloadOf,
} from './parts.ts'

export type Format = 'toml' | 'ts'

export interface RenderOptions {
  readonly format: Format
  /** Where the package lies, seen from the file: an editor finds its schema and its types. Undefined if it is not installed. */
  readonly installed: string | undefined
}

export function render(draft: Draft, options: RenderOptions): string {
  const lines = options.format === 'toml' ? tomlLines(draft, options) : typescriptLines(draft, options)
  return `${lines.join('\n')}\n`
}

function tomlLines(draft: Draft, { installed }: RenderOptions): string[] {
  const [note = '', where = '', replay = ''] = replayOf(draft, toml, installed)
  return [
    ...(installed === undefined ? [] : [`#:schema ${installed}/chaos.schema.json`]),
    ...headOf(toml, installed),
    '', ...scenariosOf(toml),
    ...(draft.build === undefined ? [] : ['', '# Runs once, before the worker is started.', '[build]', toml.field('command', toml.list(draft.build))]),
    '', '[worker]', ...workerOf(draft, toml),
    '', `[workloads.${draft.workload}]`, ...workloadOf(draft, toml),
    '', ...effectsOf(toml, installed),
    '', note, where, '# [replay]', replay,
  ] // prettier-ignore
}

function typescriptLines(draft: Draft, { installed }: RenderOptions): string[] {
  const inside = (depth: number, lines: readonly string[]) =>
    lines.map((line) => `${'  '.repeat(depth)}${line}`)
  const [note = '', where = '', replay = ''] = replayOf(draft, typescript, installed)
  return [
    ...(installed === undefined ? [] : ["import { defineConfig } from 'temporal-chaos/config'", '']),
    ...headOf(typescript, installed),
    installed === undefined ? 'export default {' : 'export default defineConfig({',
    ...(draft.build === undefined ? [] : ['  // Runs once, before the worker is started.', `  build: { command: ${typescript.list(draft.build)} },`]),
    ...inside(1, scenariosOf(typescript)),
    '  worker: {', ...inside(2, workerOf(draft, typescript)), '  },',
    '  workloads: {', `    ${/^[a-z]\w*$/.test(draft.workload) ? draft.workload : quoted(draft.workload)}: {`,
    ...inside(3, workloadOf(draft, typescript)), '    },', '  },',
    ...inside(1, effectsOf(typescript, installed)),
    `  ${note}`, `  ${where}`, `  // replay: { ${replay.replace('// ', '').replace(/,$/, '')} },`,
    installed === undefined ? '}' : '})',
  ] // prettier-ignore
}
