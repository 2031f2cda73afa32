// JUnit's XML from plain data, in the form that CI systems agree on (test/support/junit.xsd). A library escapes
// the texts.
import { stripVTControlCharacters } from 'node:util'
import XmlBuilder from 'fast-xml-builder'
import { sum } from 'simple-statistics'

export type JunitProperty = readonly [name: string, value: string | number]

/** Why a case did not pass. */
export type JunitTrouble =
  | {
      readonly kind: 'failure' | 'error'
      readonly message: string
      readonly type: string
      readonly body?: string
    }
  | { readonly kind: 'skipped'; readonly message: string }

export interface JunitCase {
  readonly name: string
  readonly className: string
  readonly durationMs: number
  readonly properties?: readonly JunitProperty[]
  readonly trouble?: JunitTrouble
}

export interface JunitSuite {
  readonly name: string
  readonly properties?: readonly JunitProperty[]
  readonly cases: readonly JunitCase[]
}

/** Characters that XML 1.0 cannot carry, including halves of a surrogate pair. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Removes a terminal's colours, which mean nothing in a file. */
function legalText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(forbidden, '\uFFFD')
}

/** XML parsers read a line break in an attribute as a space, so an attribute becomes one line here. */
function legalAttribute(text: string): string {
  return legalText(text).replaceAll(/\s*[\r\n]\s*/g, ' ')
}

const xml = new XmlBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  tagValueProcessor: (_name, value) => legalText(String(value)),
  attributeValueProcessor: (_name, value) => legalAttribute(String(value)),
})

function seconds(ms: number): number {
  return Math.round(ms) / 1000
}

function counts(cases: readonly JunitCase[]): Record<string, number> {
  const count = (kind: JunitTrouble['kind']) => cases.filter(({ trouble }) => trouble?.kind === kind).length
  return {
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': seconds(sum(cases.map(({ durationMs }) => durationMs))),
  }
}

function propertiesElement(properties: readonly JunitProperty[] = []): object {
  if (properties.length === 0) return {}
  return { properties: { property: properties.map(([name, value]) => ({ '@name': name, '@value': value })) } }
}

function troubleElement(trouble: JunitTrouble | undefined): object {
  if (trouble === undefined) return {}
  const { kind, message } = trouble
  if (kind === 'skipped') return { skipped: { '@message': message } }
  return { [kind]: { '@message': message, '@type': trouble.type, '#text': trouble.body ?? '' } }
}

function caseElement({ name, className, durationMs, properties, trouble }: JunitCase): object {
  return {
    '@name': name,
    '@classname': className,
    '@time': seconds(durationMs),
    ...propertiesElement(properties),
    ...troubleElement(trouble),
  }
}

/**
 * The text of a report. A character that XML cannot carry becomes U+FFFD.
 * @param startedAt the timestamp of every suite, in UTC, since JUnit's schema has timestamps without a zone
 */
export function renderJunitXml(name: string, suites: readonly JunitSuite[], startedAt: Date): string {
  const timestamp = startedAt.toISOString().slice(0, 19)
  return xml.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': name,
      ...counts(suites.flatMap(({ cases }) => cases)),
      testsuite: suites.map(({ name: suite, properties, cases }) => ({
        '@name': suite,
        ...counts(cases),
        '@timestamp': timestamp,
        ...propertiesElement(properties),
        testcase: cases.map(caseElement),
      })),
    },
  })
}
