// Our own images are built from a checkout. A hint in the package speaks only of the official ones.
import { isPackage } from '../../core/assets.ts'

/** @returns the text in the checkout, nothing in the package */
export function inCheckout(text: string): string {
  return isPackage ? '' : text
}
