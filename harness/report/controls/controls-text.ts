// What the console says about controls: a line for each, and at the end what was caught, by broken part.
import Table from 'cli-table3'
import { brokenParts, type Control } from '../../controls/control.ts'
import type { ControlResult } from '../../controls/caught.ts'
import { consoleText } from '../../core/console-text.ts'
import type { Paint } from '../console/paint.ts'

/** `✔ worker-outlives-its-wrapper  inconclusive, by fault-held` */
export function controlLine({ control, run, missed }: ControlResult, paint: Paint): string {
  const { verdict, check } = control.expected
  if (missed === null) {
    const how = check === undefined ? verdict : `${verdict}, by ${check}`
    return `${paint('green', '✔')} ${control.name}  ${how}  ${paint('dim', control.defect)}`
  }
  return `${paint('red', '✘')} ${control.name}  ${paint('dim', control.defect)}\n  ${consoleText(missed)}\n  record: ${run.folder}`
}

/** A row for each broken part: how many controls it has, and how many of them got their verdict. */
export function controlsTable(results: readonly ControlResult[]): string {
  const table = new Table({
    head: ['broken on purpose', 'controls', 'right verdict, right reason'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  })
  const rows = brokenParts.flatMap((part) => {
    const own = results.filter(({ control }) => control.breaks === part)
    const right = own.filter(({ missed }) => missed === null)
    return own.length === 0 ? [] : [[part, own.length, right.length]]
  })
  table.push(...rows)
  return table.toString()
}

/** For `--dry-run`: what would run. */
export function listControls(controls: readonly Control[]): string {
  return controls
    .map(({ name, breaks, defect, expected }) => {
      const reason = expected.check === undefined ? '' : `, by the check ${expected.check}`
      return `${name} (${breaks})\n  ${defect}\n  must be: ${expected.verdict}${reason}`
    })
    .join('\n')
}
