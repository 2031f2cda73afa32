// A draft as the text of a configuration, with comments that say what each part is for.
import type { Draft } from './draft.ts'
import { headOf, quoted, replayOf, toml, typescript, workerOf, workloadOf } from './parts.ts'

export type Format = 'toml' | 'ts'

export interface RenderOptions {
  readonly format: Format
  /** The package lies in the project, so that an editor finds its schema and its types. */
  readonly isInstalled: boolean
}

export function render(draft: Draft, options: RenderOptions): string {
  const lines = options.format === 'toml' ? tomlLines(draft, options) : typescriptLines(draft, options)
  return `${lines.join('\n')}\n`
}

function tomlLines(draft: Draft, { isInstalled }: RenderOptions): string[] {
  const [note = '', replay = ''] = replayOf(draft, toml)
  return [
    ...(isInstalled ? ['#:schema ./node_modules/temporal-chaos/chaos.schema.json'] : []),
    ...headOf(toml),
    ...(draft.build === undefined ? [] : ['', '# Runs once, before the worker is started.', '[build]', toml.field('command', toml.list(draft.build))]),
    '', '[worker]', ...workerOf(draft, toml),
    '', `[workloads.${draft.workload}]`, ...workloadOf(draft, toml),
    '', note, '# [replay]', replay,
  ] // prettier-ignore
}

function typescriptLines(draft: Draft, { isInstalled }: RenderOptions): string[] {
  const inside = (depth: number, lines: readonly string[]) =>
    lines.map((line) => `${'  '.repeat(depth)}${line}`)
  const [note = '', replay = ''] = replayOf(draft, typescript)
  return [
    ...(isInstalled ? ["import { defineConfig } from 'temporal-chaos/config'", ''] : []),
    ...headOf(typescript),
    isInstalled ? 'export default defineConfig({' : 'export default {',
    ...(draft.build === undefined ? [] : ['  // Runs once, before the worker is started.', `  build: { command: ${typescript.list(draft.build)} },`]),
    '  worker: {', ...inside(2, workerOf(draft, typescript)), '  },',
    '  workloads: {', `    ${/^[a-z]\w*$/.test(draft.workload) ? draft.workload : quoted(draft.workload)}: {`,
    ...inside(3, workloadOf(draft, typescript)), '    },', '  },',
    `  ${note}`, `  // replay: { ${replay.replace('// ', '').replace(/,$/, '')} },`,
    isInstalled ? '})' : '}',
  ] // prettier-ignore
}
