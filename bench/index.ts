// npm run bench: prints the figures of the project, each beside its target. It never fails a build: machines
// are noisy. Give names to run only some: past, play, flat, explore, canvas, bytes.

import { benchBytes } from './bytes.ts'
import { calibrate } from './calibrate.ts'
import { benchCanvas } from './canvas.ts'
import { benchExplore } from './explore.ts'
import { benchFlat, benchPast, benchPlay } from './play.ts'
import type { Row } from './rows.ts'

const benches: Readonly<Record<string, () => Promise<readonly Row[]> | readonly Row[]>> = {
  // First, while the heap holds nothing else.
  past: benchPast,
  play: benchPlay,
  flat: benchFlat,
  explore: benchExplore,
  canvas: benchCanvas,
  bytes: benchBytes,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(
    `No bench is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
  )
  process.exit(2)
}

const print = ({ what, figure, target }: Row) =>
  console.log(`${what.padEnd(58)}${figure.padStart(22)}   ${target}`)

print({ what: 'what', figure: 'measured', target: 'target' })
calibrate()
print({ what: 'calibration loop, million rounds/s', figure: calibrate().toFixed(2), target: '' })
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  for (const row of await bench()) print(row)
}
