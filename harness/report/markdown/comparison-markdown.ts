// `compare.md`: a comparison in Markdown, which can be put into a README as it is.
import type { Comparison } from '../../result/comparison.ts'
import { causeTexts, costTexts, figure, orDash } from '../comparison-texts.ts'

/** The text of `compare.md`: one table, then where its figures come from. */
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
