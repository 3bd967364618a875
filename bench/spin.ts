// SPIN in the same run, where it is installed with a C compiler: the yardstick for states a second, and the
// verdicts of the three ledgers, with the fewest misfortunes, to hold the reference system against.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Spun {
  readonly states: number
  readonly ms: number
  readonly broken: boolean
}

const MODEL = new URL('reference.pml', import.meta.url)
const LEDGERS = { none: 0, all: 1, last: 2 } as const
export type Ledger = keyof typeof LEDGERS

function run(folder: string, command: string, words: readonly string[]): string | null {
  const done = spawnSync(command, words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 })
  return done.error !== undefined || done.status !== 0 ? null : done.stdout
}

/** Null where SPIN or the compiler is missing. */
export function spin(ledger: Ledger, lost: number, crashes: number, fast = true): Spun | null {
  const folder = mkdtempSync(join(tmpdir(), 'spin-'))
  try {
    copyFileSync(MODEL, join(folder, 'reference.pml'))
    const defines = [`-DLEDGER=${LEDGERS[ledger]}`, `-DLOST=${lost}`, `-DCRASHES=${crashes}`]
    if (run(folder, 'spin', ['-a', ...defines, 'reference.pml']) === null) return null
    const search = fast ? ['-DNOREDUCE'] : ['-DBFS']
    const flags = ['-O2', '-w', '-DSAFETY', '-DMEMLIM=4096', ...search, '-o', 'pan', 'pan.c']
    if (run(folder, 'gcc', flags) === null) return null
    const from = performance.now()
    const told = run(folder, './pan', ['-m100000', '-w24'])
    const ms = performance.now() - from
    const states = Number(/([\d.e+]+) states, stored/.exec(told ?? '')?.[1] ?? Number.NaN)
    const errors = Number(/errors: (\d+)/.exec(told ?? '')?.[1] ?? Number.NaN)
    return Number.isNaN(states) ? null : { states, ms, broken: errors > 0 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How few misfortunes break this ledger by SPIN, up to one of each kind; null where none does. */
export function fewestBySpin(ledger: Ledger): number | null | undefined {
  const free = spin(ledger, 0, 0, false)
  if (free === null) return undefined
  if (free.broken) return 0
  return spin(ledger, 1, 0, false)?.broken || spin(ledger, 0, 1, false)?.broken ? 1 : null
}
