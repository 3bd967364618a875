// An opened partition, as LOOK gives it: rows of nodes, one pole of the watermark, who is in sync.
import { describe, expect, test } from 'vitest'
import type { CardPart, Picture, ReplicaPart } from '../picture/types.ts'
import { broker, replica, tapeOf } from './fixtures/make.fixture.ts'
import { crowded, crowdedView, playgroundView } from './fixtures/pictures.fixture.ts'
import { failedOver, opened } from './fixtures/replicas.fixture.ts'
import { order } from './hit.ts'
import { planOf } from './plan.ts'
import { scene } from './scene.ts'
import type { Role } from './style.ts'
import type { BasicShape, PathShape, PlacedPart, Scene, Shape, TextShape } from './types.ts'

const drawn = scene(opened, crowdedView, 220)
const part = (of: Scene, id: string): PlacedPart => {
  const found = of.parts.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no part ${id}`)
  return found
}
const withRole = (shapes: readonly Shape[], role: Role): readonly BasicShape[] =>
  shapes.filter((shape): shape is BasicShape => shape.shape !== 'token' && shape.role === role)
const texts = (shapes: readonly Shape[]) =>
  shapes.filter((shape): shape is TextShape => shape.shape === 'text')
const words = (shapes: readonly Shape[]) => texts(shapes).map(({ text }) => text)
const pathsOf = (shapes: readonly Shape[], role: Role) =>
  withRole(shapes, role).map((shape) => (shape as PathShape).d)
const tokensOf = (one: PlacedPart) => one.shapes.filter((shape) => shape.shape === 'token')

describe('an opened partition', () => {
  const tape = part(drawn, 'orders/1')
  const [one, two, three] = [1, 2, 3].map((nth) => part(drawn, `broker-${nth}`)) as [
    PlacedPart,
    PlacedPart,
    PlacedPart,
  ]
  const ground = (of: PlacedPart) => {
    const [shape] = withRole(of.shapes, 'tape.ground')
    if (shape?.shape !== 'rect') throw new Error(`${of.id} has no ground`)
    return shape
  }

  test('has the leader as a full tape, followers 28 high with bare tokens of 7.5', () => {
    expect(ground(tape).height).toBe(48)
    expect([ground(two).height, ground(three).height]).toEqual([28, 28])
    expect(ground(two).x).toBe(ground(tape).x)
    expect(tokensOf(two).map((shape) => 'radius' in shape && shape.radius)).toEqual([
      7.5, 7.5, 7.5, 7.5,
    ])
    expect(tokensOf(three)).toHaveLength(3)
    expect(withRole(two.shapes, 'pip')).toHaveLength(0)
  })

  test('has boxes of 48 and 32, from 12 and 8 apart, and a badge on the leader’s', () => {
    const boxes = [one, two, three].map(({ box }) => [box.y - tape.box.y, box.height])
    expect(boxes).toEqual([
      [0, 48],
      [60, 32],
      [100, 32],
    ])
    expect(words(one.shapes)).toContain('leader')
    expect(words(two.shapes)).not.toContain('leader')
  })

  test('draws who is out of sync dashed in fault colours, with the word', () => {
    expect(withRole(three.shapes, 'box.paused')).toHaveLength(1)
    expect(withRole(two.shapes, 'box')).toHaveLength(1)
    const sync = drawn.lines.find(({ shapes }) => words(shapes).includes('ISR'))
    expect(words(sync?.shapes ?? [])).toEqual(['ISR', 'out'])
    const right = ground(tape).x + ground(tape).width
    const [leader, follower] = [ground(tape).y + 30, ground(two).y + 14]
    expect(pathsOf(sync?.shapes ?? [], 'bracket')).toEqual([
      `M${right + 8} ${leader}H${right + 16}M${right + 8} ${follower}H${right + 16}` +
        `M${right + 16} ${leader}V${follower}`,
    ])
  })

  test('has one pole of the watermark through all rows, and flags and offsets under the last', () => {
    const { x, y } = ground(tape)
    const bottom = ground(three).y + 28
    expect(pathsOf(tape.shapes, 'hw.pole')).toEqual([`M${x + 160} ${y - 22}V${bottom}`])
    expect(pathsOf(tape.shapes, 'flag.pole')).toEqual([`M${x + 160} ${bottom + 2}V${bottom + 48}`])
    expect(texts(tape.shapes).find(({ text }) => text === '0')?.y).toBe(bottom + 20)
  })

  test('names itself over its rows and says that it is opened; the others stand by their cells', () => {
    const name = texts(tape.shapes).find(({ text }) => text === 'P1')
    expect(name).toMatchObject({ x: one.box.x, y: tape.box.y - 14 })
    expect(words(tape.shapes)).toContain('opened')
    expect(part(drawn, 'orders/0').box.x).toBe(ground(tape).x - 40)
  })

  test('shows six offsets where the playground has 1080', () => {
    expect(ground(tape).width).toBe(240)
  })

  test('is reached by keyboard node by node, each with a name that says how it stands', () => {
    expect(order(drawn).slice(1, 9)).toEqual([
      'orders',
      'orders/0',
      'broker-1',
      'orders/1',
      'broker-2',
      'broker-3',
      'orders/2',
      'orders/+',
    ])
    expect(one).toMatchObject({ selectable: true })
    expect(one.label).toBe('broker-1, broker, leader of orders P1, in sync, log end 5')
    expect(three.label).toBe('broker-3, broker, follower of orders P1, out of the ISR, log end 3')
    expect(tape.label).toContain('high watermark 4')
  })
})

describe('which partition is opened', () => {
  const openedIn = (picture: Picture, view = {}) =>
    planOf(picture, { ...crowdedView, ...view })
      .streams.flatMap(({ tapes }) => tapes)
      .flatMap(({ part: { id }, replicas }) =>
        replicas.length === 0 ? [] : [[id, ...replicas.map(({ node }) => node.id)]],
      )
  const both: Picture = (() => {
    const tapes = crowded.parts.flatMap((each) => (each.kind === 'tape' ? [each] : []))
    const replicas = tapes.flatMap((tape) => [replica(tape, 1), replica(tape, 2, { leads: true })])
    return { ...crowded, parts: [...crowded.parts, broker(1), broker(2), ...replicas] }
  })()

  test('none where nothing has replicas', () => {
    expect(openedIn(crowded, { opened: 'orders/1' })).toEqual([])
  })
  test('the first that has any, else the one asked for; the leader’s row is the first', () => {
    expect(openedIn(opened)).toEqual([['orders/1', 'broker-1', 'broker-2', 'broker-3']])
    expect(openedIn(both)).toEqual([['orders/0', 'broker-2', 'broker-1']])
    expect(openedIn(both, { opened: 'orders/2' })).toEqual([['orders/2', 'broker-2', 'broker-1']])
    expect(openedIn(both, { opened: 'nothing' })).toEqual([['orders/0', 'broker-2', 'broker-1']])
  })
  test('one beyond the third stands in the third place, and the strip tells of the others', () => {
    const [stream] = planOf(both, { ...crowdedView, opened: 'orders/4' }).streams
    expect(stream?.tapes.map(({ part: { title } }) => title)).toEqual(['P0', 'P1', 'P4'])
    expect(stream?.folded.map(({ title }) => title)).toEqual(['P2', 'P3', 'P5'])
  })
})

describe('a leader that another has replaced', () => {
  const after = scene(failedOver, playgroundView, 11_800)
  const old = part(after, 'broker-1')

  test('says what it believes, dashed, and keeps what it wrote', () => {
    expect(words(old.shapes)).toContain('leads, epoch 0')
    expect(withRole(old.shapes, 'pill.believed')).toHaveLength(1)
    expect(withRole(part(after, 'broker-2').shapes, 'pill')).toHaveLength(1)
    expect(old.label).toContain('believes: leads, epoch 0')
    const labels = tokensOf(old).map((shape) => shape.shape === 'token' && shape.token.label)
    expect(labels.at(-1)).toBe('41')
  })

  test('is marked as not running by a bolt, its outline and the word at its row', () => {
    expect(withRole(old.shapes, 'bolt')).toHaveLength(1)
    expect(withRole(old.shapes, 'box.paused')).toHaveLength(1)
    const sync = after.lines.find(({ shapes }) => words(shapes).includes('ISR'))
    expect(words(sync?.shapes ?? [])).toContain('paused')
  })

  test('carries the letters of the groups whose coordinator fell with it', () => {
    expect(words(old.shapes)).toContain('pe')
    const four = failedOver.parts.map((each) =>
      'id' in each && each.id === 'broker-1' && each.kind === 'card'
        ? { ...each, holds: ['p', 'i', 'e', 'a'].map((letter) => ({ title: letter, letter })) }
        : each,
    )
    const crowded4 = scene({ ...failedOver, parts: four }, playgroundView, 11_800)
    expect(words(part(crowded4, 'broker-1').shapes)).toContain('pi+')
    // Its box keeps its width, wherever coordinators move to.
    expect(part(crowded4, 'broker-2').box).toEqual(part(after, 'broker-2').box)
    expect(words(part(after, 'broker-3').shapes)).toContain('a')
    expect(old.label).toContain('coordinator of payments')
  })
})

describe('who is in sync', () => {
  const picture = (inSync: readonly boolean[], cards: Partial<CardPart>[] = [{}, {}, {}]) => {
    const tape = tapeOf(0, [['41'], ['44']])
    const replicas = inSync.map(
      (each, i): ReplicaPart => replica(tape, i, { inSync: each, leads: i === 0 }),
    )
    const nodes = cards.map((each, i) => broker(i, each))
    const streams = [{ id: 'orders', title: 'orders', note: '' }]
    return { sinceMs: 0, parts: [tape, ...nodes, ...replicas], flights: [], streams, groups: [] }
  }
  const syncOf = (of: Picture) => {
    const shapes = scene(of, { width: 800, height: 400 }, 0).lines.at(-1)?.shapes ?? []
    const at = new Map(texts(shapes).map(({ text, x, y }) => [text, { x, y }]))
    return { words: words(shapes), at }
  }

  test('a word beside a row that stands between two in sync is right of their bracket', () => {
    const { at } = syncOf(picture([true, false, true]))
    expect(at.get('out')?.x).toBe(at.get('ISR')?.x ?? 0)
    expect(at.get('out')?.y).toBeGreaterThan((at.get('ISR')?.y ?? 0) + 16)
    const below = syncOf(picture([true, true, false])).at
    expect(below.get('out')?.x).toBe((below.get('ISR')?.x ?? 0) - 8)
  })
  test('alone in sync the leader has a bracket of one; nobody in sync has none', () => {
    expect(syncOf(picture([true, false, false])).words).toEqual(['ISR', 'out', 'out'])
    expect(syncOf(picture([false, false, false])).words).toEqual(['out', 'out', 'out'])
  })
  test('a node that does not run is down, also among those in sync', () => {
    const cards: Partial<CardPart>[] = [{}, { state: 'crashed' }, { state: 'crashed' }]
    const one = picture([true, true, false], cards)
    expect(syncOf(one).words).toEqual(['ISR', 'down', 'down'])
    expect(syncOf(one).at.get('down')?.x).toBe((syncOf(one).at.get('ISR')?.x ?? 0) - 8)
    const row = part(scene(one, { width: 800, height: 400 }, 0), 'broker-1')
    expect(withRole(row.shapes, 'box.crashed')).toHaveLength(1)
    expect(withRole(row.shapes, 'bolt')).toHaveLength(1)
  })
  test('one that runs and is cut off says so, with a bolt and a dashed outline', () => {
    const cut = picture([true, true, true], [{ ails: 'cut off' }, {}, {}])
    expect(syncOf(cut).words).toEqual(['ISR', 'cut off'])
    const row = part(scene(cut, { width: 800, height: 400 }, 0), 'broker-0')
    expect(withRole(row.shapes, 'box.paused')).toHaveLength(1)
    expect(withRole(row.shapes, 'bolt')).toHaveLength(1)
    expect(row.label).toContain('cut off')
  })
})

test('a follower that has not heard of its leader says so in words and not on its box', () => {
  const tape = tapeOf(0, [['41']])
  const replicas = [
    replica(tape, 0, { leads: true }),
    replica(tape, 1, { believes: 'follows nobody, epoch 0' }),
  ]
  const parts = [tape, broker(0), broker(1), ...replicas]
  const streams = [{ id: 'orders', title: 'orders', note: '' }]
  const of = { sinceMs: 0, parts, flights: [], streams, groups: [] }
  const row = part(scene(of, { width: 800, height: 400 }, 0), 'broker-1')
  expect(row.box.height).toBe(32)
  expect(row.label).toContain('believes: follows nobody, epoch 0')
  expect(withRole(row.shapes, 'pill.believed')).toHaveLength(0)
})

describe('the offsets shown of an opened partition', () => {
  const firstShown = (leader: number, watermark: number, other: number) => {
    const tape = tapeOf(
      0,
      Array.from({ length: leader }, () => ['41'] as const),
    )
    const long = tapeOf(
      0,
      Array.from({ length: other }, () => ['44'] as const),
    )
    const rows = [replica(tape, 0, { leads: true, watermark }), replica(long, 1)]
    const parts = [tape, broker(0), broker(1), ...rows]
    const streams = [{ id: 'orders', title: 'orders', note: '' }]
    const of = { sinceMs: 0, parts, flights: [], streams, groups: [] }
    const { shapes } = part(scene(of, { width: 390, height: 400 }, 0), 'orders/0')
    const [first] = words(shapes).flatMap((each) => /^…?(\d+)$/.exec(each)?.[1] ?? [])
    return Number(first)
  }
  // Five cells: the last four, and one that is free.
  test('are the leader’s last ones', () => {
    expect(firstShown(9, 9, 9)).toBe(5)
    expect(firstShown(9, 9, 7)).toBe(5)
  })
  test('go as far as another row, while the leader’s last record and watermark are in sight', () => {
    expect(firstShown(9, 9, 11)).toBe(7)
    expect(firstShown(9, 9, 30)).toBe(8)
    expect(firstShown(9, 8, 30)).toBe(7)
    expect(firstShown(9, 2, 30)).toBe(5)
    expect(firstShown(1, 1, 9)).toBe(0)
  })
})
