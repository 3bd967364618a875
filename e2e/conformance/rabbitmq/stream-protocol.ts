// As much of RabbitMQ's own stream protocol as a named publisher needs: log in, declare the publisher, publish
// under numbers of its own, hear the confirms. AMQP 0-9-1 has no field for such a number.
import { connect, type Socket } from 'node:net'

const KEY = {
  declarePublisher: 0x0001,
  publish: 0x0002,
  publishConfirm: 0x0003,
  publishError: 0x0004,
  peerProperties: 0x0011,
  saslHandshake: 0x0012,
  saslAuthenticate: 0x0013,
  tune: 0x0014,
  open: 0x0015,
} as const
/** The first bit of a key says that the frame is an answer. */
const ANSWER = 0x8000
const VERSION = 1
const OK = 1
const PATIENCE_MS = 5000

const u16 = (n: number) => Buffer.from([n >> 8, n & 255])
function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
function u64(n: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(n))
  return bytes
}
const text = (value: string) => Buffer.concat([u16(Buffer.byteLength(value)), Buffer.from(value)])
const bytes = (value: Buffer) => Buffer.concat([u32(value.length), value])

/** A message as streams keep it: one data section of AMQP 1.0. */
function dataSection(body: string): Buffer {
  const content = Buffer.from(body)
  return Buffer.concat([Buffer.from([0x00, 0x53, 0x75, 0xa0, content.length]), content])
}

interface Frame {
  readonly key: number
  /** What follows key and version. */
  readonly rest: Buffer
}

/** Frames as they come, and whoever waits for one. */
class Frames {
  readonly socket: Socket
  private buffered = Buffer.alloc(0)
  private readonly frames: Frame[] = []
  private wake: () => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.buffered = Buffer.concat([this.buffered, chunk])
      this.take()
    })
    socket.on('error', () => {})
  }

  private take(): void {
    while (this.buffered.length >= 4) {
      const size = this.buffered.readUInt32BE(0)
      if (this.buffered.length < 4 + size) break
      const frame = this.buffered.subarray(4, 4 + size)
      this.buffered = this.buffered.subarray(4 + size)
      this.frames.push({ key: frame.readUInt16BE(0), rest: frame.subarray(4) })
    }
    this.wake()
  }

  send(key: number, ...parts: readonly Buffer[]): void {
    const frame = Buffer.concat([u16(key), u16(VERSION), ...parts])
    this.socket.write(Buffer.concat([u32(frame.length), frame]))
  }

  /** The next frame of this key; those of other keys stay for whoever asks for them. */
  async next(...keys: readonly number[]): Promise<Frame> {
    const untilMs = performance.now() + PATIENCE_MS
    for (;;) {
      const at = this.frames.findIndex(({ key }) => keys.includes(key))
      if (at >= 0) return this.frames.splice(at, 1)[0] as Frame
      if (performance.now() > untilMs) throw new Error(`no frame of ${keys.join(', ')} came`)
      await new Promise<void>((resolve) => {
        this.wake = resolve
        setTimeout(resolve, 100)
      })
    }
  }

  /** Asks, and throws unless the answer's code is OK. */
  async ask(key: number, ...parts: readonly Buffer[]): Promise<void> {
    this.send(key, u32(1), ...parts)
    const { rest } = await this.next(key | ANSWER)
    const code = rest.readUInt16BE(4)
    if (code !== OK) throw new Error(`the stream protocol refused request ${key}: code ${code}`)
  }
}

async function loggedIn(port: number): Promise<Frames> {
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  const frames = new Frames(socket)
  await frames.ask(KEY.peerProperties, u32(0))
  await frames.ask(KEY.saslHandshake)
  await frames.ask(KEY.saslAuthenticate, text('PLAIN'), bytes(Buffer.from('\0guest\0guest')))
  await frames.next(KEY.tune)
  frames.send(KEY.tune | ANSWER, u32(0), u32(0))
  await frames.ask(KEY.open, text('/'))
  return frames
}

export interface Numbered {
  readonly id: number
  readonly body: string
}

const PUBLISHER = Buffer.from([0])

/** Which number was confirmed; null for one that was refused. */
function confirmedBy({ key, rest }: Frame): number | null {
  return key === KEY.publishConfirm ? Number(rest.readBigUInt64BE(1 + 4)) : null
}

/**
 * Over a connection of its own, one message after another, each confirmed before the next; then the process
 * dies. Without a name the publisher is anonymous.
 */
export async function publishNumbered(
  port: number,
  stream: string,
  publisher: string,
  messages: readonly Numbered[],
): Promise<readonly ('ack' | 'nack')[]> {
  const frames = await loggedIn(port)
  try {
    await frames.ask(KEY.declarePublisher, PUBLISHER, text(publisher), text(stream))
    const said: ('ack' | 'nack')[] = []
    for (const { id, body } of messages) {
      frames.send(KEY.publish, PUBLISHER, u32(1), u64(id), bytes(dataSection(body)))
      const confirmed = confirmedBy(await frames.next(KEY.publishConfirm, KEY.publishError))
      said.push(confirmed === id ? 'ack' : 'nack')
    }
    return said
  } finally {
    frames.socket.destroy()
  }
}
