// The codec that a project declares, for the harness's own client. Workers have theirs.
import path from 'node:path'
import type { DataConverter, PayloadCodec } from '@temporalio/common'
import type { DeclaredCodec } from '../../config/project/codec-schema.ts'
import { UsageError } from '../../core/errors.ts'
import { loadDefault } from '../../core/load-default.ts'
import { openPayloadReader, type PayloadReader } from '../../temporal/payload-reader.ts'
import { remoteCodec } from '../../temporal/remote-codec.ts'

/** Opened for a namespace once the project's services run: a codec server may be one of them. */
export type ProjectCodec = (namespace: string) => Promise<PayloadReader>

/**
 * @param folder of the configuration
 * @throws UsageError `CHAOS_CONFIG_INVALID` if the variable or the module is not there or holds something else; by
 *   its function: ChaosError `CHAOS_CODEC_UNREACHABLE`, `CHAOS_CODEC_REFUSED`, `CHAOS_CODEC_FAILED`
 */
export async function projectCodec(
  declared: DeclaredCodec,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<ProjectCodec> {
  if (declared.kind === 'module') {
    const file = path.resolve(folder, declared.module)
    const converter = converterIn(await loadDefault(file, 'CHAOS_CONFIG_INVALID'), file)
    return () => openPayloadReader(converter, file)
  }
  const { endpoint, withinMs } = declared
  const authorization = authorizationOf(declared, env)
  return (namespace) => {
    const codec = remoteCodec({ endpoint, namespace, withinMs, ...authorization })
    return openPayloadReader({ payloadCodecs: [codec] }, endpoint)
  }
}

function authorizationOf(
  { authVariable: name }: Extract<DeclaredCodec, { readonly kind: 'endpoint' }>,
  env: NodeJS.ProcessEnv,
): { readonly authorization?: string } {
  if (name === undefined) return {}
  const authorization = env[name] ?? ''
  if (authorization !== '') return { authorization }
  throw new UsageError(
    `the variable ${name}, which is to hold the Authorization header for the codec, is not set`,
    'Set it, or correct `codec.authVariable` in your chaos.config.',
    'CHAOS_CONFIG_INVALID',
  )
}

function converterIn(exported: unknown, file: string): DataConverter {
  if (isCodec(exported)) return { payloadCodecs: [exported] }
  if (isConverter(exported)) return exported
  throw new UsageError(
    `${file} has no codec as its default export`,
    'Export a PayloadCodec, with the functions `encode` and `decode`, or a DataConverter of the TypeScript SDK.',
    'CHAOS_CONFIG_INVALID',
  )
}

function isCodec(value: unknown): value is PayloadCodec {
  return has(value, 'encode') && has(value, 'decode') && [value['encode'], value['decode']].every(isFunction)
}

function isConverter(value: unknown): value is DataConverter {
  const parts = ['payloadCodecs', 'payloadConverterPath', 'failureConverterPath']
  return parts.some((part) => has(value, part))
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}
