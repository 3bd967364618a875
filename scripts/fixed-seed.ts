// Loaded before every unit test: property tests draw the same cases each time, so that a failure is a fact
// about the change and not about the hour. FUZZ_SEED=random (or a number) draws others.
import fc from 'fast-check'

const asked = process.env['FUZZ_SEED']
if (asked !== 'random') fc.configureGlobal({ seed: asked === undefined ? 20261123 : Number(asked) })
