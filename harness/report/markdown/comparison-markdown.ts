// `compare.md`: a comparison in Markdown, which can be copied into a README.
import path from 'node:path'
import type { Comparison } from '../../result/comparison.ts'
import { writeAtomically } from '../files.ts'
import type { ComparisonReporter } from '../reporter.ts'
import { causeTexts, costTexts, figure, orDash } from '../comparison-texts.ts'

export function comparisonMarkdownReporter(folder: string): ComparisonReporter {
  return {
    onProfileFinished: async (comparison) =>
      writeAtomically(path.join(folder, 'compare.md'), comparisonMarkdown(comparison)),
  }
}

/** The text of `compare.md`: one table, then the source of its figures. */
export function comparisonMarkdown({ scenarios, comparison }: Comparison): string {
  const head = ['scenario', 'profile', 'passed', 'min', 'median', 'max', 'causes', 'costs']
  const rows = scenarios.flatMap(({ name, profiles }) =>
    profiles.map((compared) => {
      const { profile, required, passed, recovery } = compared
      return [
        name,
        `\`${profile}\``,
        `${passed}/${required}`,
        ...[recovery.minMs, recovery.medianMs, recovery.maxMs].map(figure),
        orDash(causeTexts(compared), '; '),
        orDash(costTexts(compared), '; '),
      ]
    }),
  )
  const alignment = head.map((title) => (['passed', 'min', 'median', 'max'].includes(title) ? '--:' : '---'))
  const table = [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `${table}\n\n${captionOf(comparison)}\n`
}

function captionOf({ runs, seed, versions, host }: Comparison['comparison']): string {
  const { server, postgres, sdk } = versions
  return [
    `Recovery of ${runs} runs each, campaign seed ${seed}`,
    `Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, TypeScript SDK ${sdk}`,
    `${host.cpus} cores, ${host.platform}.`,
  ].join('; ')
}
