// How wide a word is, without a browser: advances of Inter at 15px (optical size 15, tabular figures) in
// thousandths of an em, measured once from the shipped font. Mono is 0.6 em for every sign.
import type { TextShape } from './types.ts'

const regular =
  '268 283 463 631 640 974 642 297 391 391 648 648 268 648 268 358 648 648 648 648 648 648 648 648 648 ' +
  '648 268 268 648 648 648 511 966 688 653 729 720 600 588 745 741 267 569 670 564 900 751 764 636 764 ' +
  '643 640 643 742 688 983 680 676 627 391 358 391 469 488 318 558 609 569 609 580 367 610 589 240 240 ' +
  '546 240 874 588 596 609 609 388 525 340 589 569 814 544 569 548 391 330 391 648'
const semibold =
  '269 317 520 643 650 999 661 323 391 391 647 647 269 647 269 378 647 647 647 647 647 647 647 647 647 ' +
  '647 269 269 647 647 647 544 999 726 658 736 721 605 588 748 745 276 578 701 565 920 757 768 645 772 ' +
  '652 650 658 734 726 1019 718 711 651 391 378 391 480 513 348 573 622 581 622 590 386 624 610 260 260 ' +
  '568 260 899 610 606 622 622 409 547 369 610 596 838 567 598 563 391 357 391 647'

const table = (text: string): readonly number[] => text.split(' ').map(Number)
const advances = { 400: table(regular), 600: table(semibold) }
/** Signs outside ASCII are taken as wide as a figure. */
const OTHER = 648

export function textWidth(
  text: string,
  size: number,
  weight: TextShape['weight'] = 400,
  family: TextShape['family'] = 'sans',
): number {
  if (family === 'mono') return [...text].length * size * 0.6
  const widths = advances[weight === 400 ? 400 : 600]
  let sum = 0
  for (const sign of text) sum += widths[sign.charCodeAt(0) - 32] ?? OTHER
  return (sum * size) / 1000
}

type Font = Partial<Pick<TextShape, 'size' | 'weight' | 'family'>>

/** The longest beginning of `text` that fits, with an ellipsis when something was left off. */
export function fitText(text: string, width: number, font: Font = {}): string {
  const { size = 15, weight = 400, family = 'sans' } = font
  const fits = (words: string) => textWidth(words, size, weight, family) <= width
  if (fits(text)) return text
  for (let length = text.length - 1; length > 0; length--) {
    const shorter = `${text.slice(0, length).trimEnd()}…`
    if (fits(shorter)) return shorter
  }
  return '…'
}

/** Words on as many lines as they need. */
export function wrap(
  text: string,
  width: number,
  weight: TextShape['weight'] = 400,
): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && textWidth(longer, 15, weight) <= width)
      lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
